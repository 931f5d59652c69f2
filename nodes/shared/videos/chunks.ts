/**
 * Buffers of one size, each used again once its bytes have arrived. n8n's garbage collector goes through
 * all memory for every 64 MB of new buffers, which takes longer than their upload.
 */
export class ChunkBuffers {
	private readonly unused: Buffer[] = [];

	private users = 0;

	/** @param size in bytes */
	constructor(readonly size: number) {}

	/** Runs work that uses them. When none is left, they can be collected: a node may wait for hours. */
	async during<Result>(work: () => Promise<Result>): Promise<Result> {
		this.users += 1;
		try {
			return await work();
		} finally {
			if (--this.users === 0) this.unused.length = 0;
		}
	}

	take(): Buffer {
		return this.unused.pop() ?? Buffer.allocUnsafeSlow(this.size);
	}

	/** @param chunk a buffer of these, or the beginning of one, which nothing reads any more */
	giveBack(chunk: Buffer): void {
		this.unused.push(Buffer.from(chunk.buffer));
	}
}

/**
 * Cuts bytes into chunks as long as a buffer; only the last is shorter.
 *
 * @param pieces the bytes in pieces of any size: n8n's storage modes return anything from 64 KiB to the
 *   whole file
 */
export async function* chunksOf(
	pieces: AsyncIterable<Buffer>,
	buffers: ChunkBuffers,
): AsyncGenerator<Buffer> {
	let chunk: Buffer | undefined;
	let length = 0;
	for await (const piece of pieces) {
		for (let copied = 0; copied < piece.length;) {
			chunk ??= buffers.take();
			const count = piece.copy(chunk, length, copied);
			copied += count;
			length += count;
			if (length < buffers.size) continue;
			yield chunk;
			chunk = undefined;
			length = 0;
		}
	}
	if (chunk) yield chunk.subarray(0, length);
}

/** Leaves out the first bytes of a stream. */
export async function* skipBytes(
	pieces: AsyncIterable<Buffer>,
	count: number,
): AsyncGenerator<Buffer> {
	let left = count;
	for await (const piece of pieces) {
		if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece;
		left = Math.max(left - piece.length, 0);
	}
}

/** Reads the next value while the caller works on the last. */
export async function* oneAhead<Value>(values: AsyncGenerator<Value>): AsyncGenerator<Value> {
	try {
		let next = values.next();
		for (;;) {
			const { value, done } = await next;
			if (done) return;
			next = values.next();
			// Its failure is reported when its turn has come
			next.catch(() => undefined);
			yield value;
		}
	} finally {
		await values.return(undefined);
	}
}
