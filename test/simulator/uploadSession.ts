import { randomUUID } from 'node:crypto';

import { checksum } from './checksum';

/** One upload of a file, of which only the length and the checksum are kept. */
export class UploadSession {
	readonly id = randomUUID();

	/** How many bytes it has. */
	offset = 0;

	private sum = 0;

	private isFinished = false;

	/** The request that may add bytes. */
	private writer: object | undefined;

	constructor(
		readonly videoId: number,
		/** How many bytes the file has. */
		readonly length: number,
	) {}

	/** The file, once, as soon as it is whole. */
	finish(): { size: number; checksum: number } | undefined {
		if (this.isFinished || this.offset < this.length) return undefined;
		this.isFinished = true;
		return { size: this.length, checksum: this.sum };
	}

	/** Takes the bytes of a request until they end or another request comes, whose bytes would mix with them. */
	async take(writer: object, bytes: AsyncIterable<Buffer>): Promise<void> {
		this.writer = writer;
		for await (const piece of bytes) {
			if (this.writer !== writer) return;
			const taken = piece.subarray(0, this.length - this.offset);
			this.sum = checksum(taken, this.sum);
			this.offset += taken.length;
		}
	}
}
