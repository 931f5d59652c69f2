import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { ChunkBuffers, chunksOf, oneAhead, skipBytes } from '../../../nodes/shared/videos/chunks';

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)));

async function* streamOf(buffers: readonly Buffer[]): AsyncGenerator<Buffer> {
	yield* buffers;
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const all: Buffer[] = [];
	for await (const buffer of stream) all.push(buffer);
	return all;
}

describe('chunksOf', () => {
	test('keeps all bytes in their order, in chunks of one size but for the last', async () => {
		await fc.assert(
			fc.asyncProperty(pieces, fc.integer({ min: 1, max: 50 }), async (buffers, size) => {
				const chunks = await collected(chunksOf(streamOf(buffers), new ChunkBuffers(size)));
				const whole = Buffer.concat(buffers);
				expect(Buffer.concat(chunks).equals(whole)).toBe(true);
				expect(chunks).toHaveLength(Math.ceil(whole.length / size));
				for (const chunk of chunks.slice(0, -1)) expect(chunk).toHaveLength(size);
				expect(chunks.every(({ length }) => length > 0)).toBe(true);
			}),
		);
	});

	test('reuses a buffer that was given back, even from a shorter chunk', async () => {
		const buffers = new ChunkBuffers(4);
		const memories = new Set<ArrayBufferLike>();
		for (const content of ['abcdefghij', 'klm', 'nopq']) {
			for await (const chunk of chunksOf(streamOf([Buffer.from(content)]), buffers)) {
				expect(content).toContain(chunk.toString());
				memories.add(chunk.buffer);
				buffers.giveBack(chunk);
			}
		}
		expect(memories.size).toBe(1);
	});

	test('keeps no buffer once nothing uses it', async () => {
		const buffers = new ChunkBuffers(4);
		const first = buffers.take();
		await buffers.during(async () => {
			await buffers.during(async () => buffers.giveBack(first));
			expect(buffers.take().buffer).toBe(first.buffer);
			buffers.giveBack(first);
		});
		expect(buffers.take().buffer).not.toBe(first.buffer);
	});

	test('does not take a buffer that was not given back', async () => {
		const chunks = await collected(
			chunksOf(streamOf([Buffer.from('abcdefghij')]), new ChunkBuffers(4)),
		);
		expect(chunks.map(String)).toEqual(['abcd', 'efgh', 'ij']);
	});

	test('reads no further than to the chunk that is asked for', async () => {
		let read = 0;
		async function* counted() {
			for (;;) {
				read += 1;
				yield Buffer.from('ab');
			}
		}
		for await (const chunk of chunksOf(counted(), new ChunkBuffers(4))) {
			expect(chunk.toString()).toBe('abab');
			break;
		}
		expect(read).toBe(2);
	});
});

describe('skipBytes', () => {
	test('leaves out exactly the first bytes', async () => {
		await fc.assert(
			fc.asyncProperty(pieces, fc.nat(300), async (buffers, count) => {
				const rest = Buffer.concat(await collected(skipBytes(streamOf(buffers), count)));
				expect(rest.equals(Buffer.concat(buffers).subarray(count))).toBe(true);
			}),
		);
	});
});

describe('oneAhead', () => {
	/** Counts the values that were asked for, and whether the source was closed. */
	function source(values: readonly number[], last?: Error) {
		const state = { asked: 0, isClosed: false };
		async function* generate() {
			try {
				for (const value of values) {
					state.asked += 1;
					yield value;
				}
				if (last) throw last;
			} finally {
				state.isClosed = true;
			}
		}
		return { state, values: generate() };
	}

	test('returns all values, and asks for the next while one is worked on', async () => {
		const { state, values } = source([1, 2, 3]);
		const seen: Array<[value: number, asked: number]> = [];
		for await (const value of oneAhead(values)) {
			await sleep(0);
			seen.push([value, state.asked]);
		}
		expect(seen).toEqual([
			[1, 2],
			[2, 3],
			[3, 3],
		]);
	});

	test('closes the source if the caller wants no more', async () => {
		const { state, values } = source([1, 2, 3]);
		for await (const value of oneAhead(values)) {
			expect(value).toBe(1);
			break;
		}
		expect(state).toEqual({ asked: 2, isClosed: true });
	});

	test('reports a failure after the values before it', async () => {
		const { values } = source([1, 2], new Error('The disk is gone'));
		const seen: number[] = [];
		const all = async () => {
			for await (const value of oneAhead(values)) {
				await sleep(0);
				seen.push(value);
			}
		};
		await expect(all()).rejects.toThrow('The disk is gone');
		expect(seen).toEqual([1, 2]);
	});
});
