/**
 * Cuts bytes into chunks of one size; only the last is shorter.
 *
 * @param pieces the bytes in pieces of any size: n8n's storage modes return anything from 64 KiB to the
 *   whole file
 * @param size of a chunk, in bytes
 */
export async function* chunksOf(
	pieces: AsyncIterable<Buffer>,
	size: number,
): AsyncGenerator<Buffer> {
	let gathered: Buffer[] = [];
	let length = 0;
	for await (const piece of pieces) {
		let rest = piece;
		while (length + rest.length >= size) {
			const missing = size - length;
			yield joined([...gathered, rest.subarray(0, missing)]);
			rest = rest.subarray(missing);
			gathered = [];
			length = 0;
		}
		if (rest.length > 0) gathered.push(rest);
		length += rest.length;
	}
	if (length > 0) yield joined(gathered);
}

/** One buffer is passed on without a copy. */
function joined(buffers: Buffer[]): Buffer {
	const [first] = buffers.filter(({ length }) => length > 0);
	return first && buffers.every((buffer) => buffer === first || buffer.length === 0)
		? first
		: Buffer.concat(buffers);
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
