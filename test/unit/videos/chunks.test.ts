import fc from 'fast-check';

import { chunksOf, skipBytes } from '../../../nodes/shared/videos/chunks';

async function* streamOf(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) yield piece;
}

async function gather(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const gathered: Buffer[] = [];
	for await (const piece of pieces) gathered.push(piece);
	return gathered;
}

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)));

describe('chunksOf', () => {
	test('keeps all bytes in their order, in chunks of one size but for the last', async () => {
		await fc.assert(
			fc.asyncProperty(pieces, fc.integer({ min: 1, max: 64 }), async (given, size) => {
				const chunks = await gather(chunksOf(streamOf(given), size));
				expect(Buffer.concat(chunks)).toEqual(Buffer.concat(given));
				for (const chunk of chunks.slice(0, -1)) expect(chunk).toHaveLength(size);
				for (const chunk of chunks.slice(-1)) {
					expect(chunk.length).toBeGreaterThan(0);
					expect(chunk.length).toBeLessThanOrEqual(size);
				}
			}),
		);
	});

	test('copies nothing if a piece holds whole chunks: files in one piece can be large', async () => {
		const file = Buffer.alloc(100);
		const chunks = await gather(chunksOf(streamOf([file]), 30));
		expect(chunks.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
		for (const chunk of chunks) expect(chunk.buffer).toBe(file.buffer);
	});

	test('reads no further than it is asked to, and closes what it reads', async () => {
		let taken = 0;
		let isClosed = false;
		async function* endless() {
			try {
				for (;;) {
					taken += 1;
					yield Buffer.alloc(10);
				}
			} finally {
				isClosed = true;
			}
		}
		for await (const chunk of chunksOf(skipBytes(endless(), 5), 20)) {
			expect(chunk).toHaveLength(20);
			break;
		}
		expect(taken).toBe(3);
		expect(isClosed).toBe(true);
	});
});

test('skipBytes leaves out the first bytes, and no others', async () => {
	await fc.assert(
		fc.asyncProperty(pieces, fc.nat(400), async (given, count) => {
			const left = await gather(skipBytes(streamOf(given), count));
			expect(Buffer.concat(left)).toEqual(Buffer.concat(given).subarray(count));
		}),
	);
});
