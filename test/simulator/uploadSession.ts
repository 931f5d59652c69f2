/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import { createHash, randomUUID } from 'node:crypto';

/** One upload of a file, of which only the length and the hash are kept. */
export class UploadSession {
	readonly id = randomUUID();

	/** How many bytes it has. */
	offset = 0;

	private readonly hash = createHash('sha256');

	/** The request that may add bytes. */
	private writer: object | undefined;

	constructor(
		readonly videoId: number,
		/** How many bytes the file has. */
		readonly length: number,
	) {}

	/** Whether it has the whole file. */
	get isComplete(): boolean {
		return this.offset === this.length;
	}

	/** The hash of the whole file; to be asked for once. */
	sha256(): string {
		return this.hash.digest('hex');
	}

	/** Takes the bytes of a request until they end or another request comes, whose bytes would mix with them. */
	async take(writer: object, bytes: AsyncIterable<Buffer>): Promise<void> {
		this.writer = writer;
		for await (const piece of bytes) {
			if (this.writer !== writer) return;
			const taken = piece.subarray(0, this.length - this.offset);
			this.hash.update(taken);
			this.offset += taken.length;
		}
	}
}
