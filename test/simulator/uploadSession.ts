import { createHash, randomUUID } from 'node:crypto';

/** One upload of a file, of which only the length and the hash are kept. */
export class UploadSession {
	readonly id = randomUUID();

	/** How many bytes it has. */
	offset = 0;

	private readonly hash = createHash('sha256');

	private isFinished = false;

	/** The request that may add bytes. */
	private writer: object | undefined;

	constructor(
		readonly videoId: number,
		/** How many bytes the file has. */
		readonly length: number,
	) {}

	/** The file, once, as soon as it is whole. */
	finish(): { size: number; sha256: string } | undefined {
		if (this.isFinished || this.offset < this.length) return undefined;
		this.isFinished = true;
		return { size: this.length, sha256: this.hash.digest('hex') };
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
