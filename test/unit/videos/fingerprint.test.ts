import fc from 'fast-check';

import type { InputFile } from '../../../nodes/shared/inputFile';
import { fingerprintOf, hashOf } from '../../../nodes/shared/videos/fingerprint';

const HEAD_BYTES = 256 * 1024;

/** A file that is read in pieces of some size, and is said to be as large as `size`. */
function fileOf(bytes: Buffer, pieceSize = bytes.length || 1, size = bytes.length): InputFile {
	return {
		name: 'talk.mov',
		mimeType: 'video/quicktime',
		size: async () => size,
		async *read(offset) {
			for (let at = offset; at < bytes.length; at += pieceSize) {
				yield bytes.subarray(at, at + pieceSize);
			}
		},
	};
}

const bytes = fc.uint8Array({ maxLength: 2000 }).map((array) => Buffer.from(array));

test('is the same however the file is read', async () => {
	await fc.assert(
		fc.asyncProperty(bytes, fc.integer({ min: 1, max: 3000 }), async (content, pieceSize) => {
			expect(await fingerprintOf(fileOf(content, pieceSize))).toBe(
				await fingerprintOf(fileOf(content)),
			);
		}),
	);
	const long = Buffer.alloc(HEAD_BYTES + 1000, 'abc');
	const whole = await fingerprintOf(fileOf(long));
	expect(await fingerprintOf(fileOf(long, 1000))).toBe(whole);
	expect(await fingerprintOf(fileOf(long, HEAD_BYTES))).toBe(whole);
});

test('is 14 letters and digits', async () => {
	await fc.assert(
		fc.asyncProperty(bytes, async (content) => {
			expect(await fingerprintOf(fileOf(content))).toMatch(/^[0-9a-z]{14}$/);
		}),
	);
});

test('differs with any byte', async () => {
	await fc.assert(
		fc.asyncProperty(
			bytes.filter(({ length }) => length > 0),
			fc.nat(),
			fc.integer({ min: 1, max: 255 }),
			async (content, where, change) => {
				const other = Buffer.from(content);
				const at = where % content.length;
				other.writeUInt8(content.readUInt8(at) ^ change, at);
				expect(await fingerprintOf(fileOf(other))).not.toBe(await fingerprintOf(fileOf(content)));
			},
		),
	);
});

test('differs with the size, and in the last byte that counts', async () => {
	const long = Buffer.alloc(HEAD_BYTES, 'abc');
	const whole = await fingerprintOf(fileOf(long));
	expect(await fingerprintOf(fileOf(long, 1000, HEAD_BYTES + 1))).not.toBe(whole);
	const other = Buffer.from(long);
	other.writeUInt8(0, HEAD_BYTES - 1);
	expect(await fingerprintOf(fileOf(other))).not.toBe(whole);
});

test('reads no more of a file than counts', async () => {
	let read = 0;
	const file: InputFile = {
		...fileOf(Buffer.alloc(0)),
		async *read() {
			for (;;) {
				read += 64 * 1024;
				yield Buffer.alloc(64 * 1024);
			}
		},
	};
	await fingerprintOf(file);
	expect(read).toBe(HEAD_BYTES);
});

test('no two of many similar texts share a hash', () => {
	const hashes = new Set<string>();
	for (let i = 0; i < 50_000; i++) hashes.add(hashOf(`{"name":"video ${i}.mov"}`));
	expect(hashes.size).toBe(50_000);
});
