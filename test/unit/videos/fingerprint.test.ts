import fc from 'fast-check';

import type { InputFile } from '../../../nodes/shared/inputFile';
import { fingerprintOf, hashOf } from '../../../nodes/shared/videos/fingerprint';

const KIB = 1024;
const HEAD = 256 * KIB;

/** @param pieceSize how n8n's storage hands it out */
function fileOf(bytes: Buffer, pieceSize = bytes.length): InputFile {
	return {
		name: 'talk.mov',
		mimeType: 'video/quicktime',
		size: async () => bytes.length,
		async *read(offset) {
			for (let at = offset; at < bytes.length; at += pieceSize) {
				yield bytes.subarray(at, at + pieceSize);
			}
		},
	};
}

const withByteAt = (bytes: Buffer, at: number) => {
	const changed = Buffer.from(bytes);
	changed[at] = (changed[at] ?? 0) ^ 1;
	return changed;
};

const BYTES = Buffer.alloc(2 * HEAD, 'video');

test('a file has the same fingerprint, in whatever pieces it is read', async () => {
	const whole = await fingerprintOf(fileOf(BYTES));
	for (const pieceSize of [1, 1000, 64 * KIB, HEAD - 1, HEAD, HEAD + 1]) {
		expect(await fingerprintOf(fileOf(BYTES, pieceSize))).toBe(whole);
	}
	expect(whole).toMatch(/^[0-9a-z]{14}$/);
});

test('another size, and another byte among the first 256 KiB, give another one', async () => {
	const whole = await fingerprintOf(fileOf(BYTES));
	expect(await fingerprintOf(fileOf(BYTES.subarray(1)))).not.toBe(whole);
	expect(await fingerprintOf(fileOf(BYTES.subarray(0, -1)))).not.toBe(whole);
	for (const at of [0, 1000, HEAD - 1]) {
		expect(await fingerprintOf(fileOf(withByteAt(BYTES, at)))).not.toBe(whole);
	}
});

test('it reads no more than it needs, however large the file is', async () => {
	let read = 0;
	const file = fileOf(BYTES, 64 * KIB);
	await fingerprintOf({
		...file,
		async *read(offset) {
			for await (const piece of file.read(offset)) {
				read += piece.length;
				yield piece;
			}
		},
	});
	expect(read).toBe(HEAD);
});

test('a few thousand texts that differ little have hashes of their own', () => {
	const texts = Array.from({ length: 5000 }, (_, i) => `{"name":"clip ${i}.mp4"}`);
	expect(new Set(texts.map(hashOf)).size).toBe(texts.length);
});

test('two texts have the same hash only if they are the same', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (a, b) => (hashOf(a) === hashOf(b)) === (a === b)),
	);
});
