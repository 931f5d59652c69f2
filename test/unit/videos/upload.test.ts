import type { GcoreClient } from '../../../nodes/shared/api/client';
import { GcoreError } from '../../../nodes/shared/api/errors';
import type { UploadHost } from '../../../nodes/shared/api/uploadHost';
import type { InputFile } from '../../../nodes/shared/inputFile';
import { ChunkBuffers } from '../../../nodes/shared/videos/chunks';
import { hostVideo, UploadError } from '../../../nodes/shared/videos/hosting';
import { CHUNK_BYTES } from '../../../nodes/shared/videos/upload';

afterEach(() => jest.useRealTimers());

const LENGTH = 9 * 1024 ** 2;

/**
 * Hosts a file with a Gcore that takes everything, but loses some answers to chunks first.
 *
 * @returns what was called, and the error
 */
async function host(
	file: Partial<InputFile>,
	{ remove = async () => {}, lost = 0, chunkBuffers = new ChunkBuffers(CHUNK_BYTES) } = {},
) {
	const calls: string[] = [];
	let taken = 0;
	const called = <Result>(name: string, result: Result) => {
		calls.push(name);
		return result;
	};
	const videos = {
		create: async () => called('create', { id: 1 }),
		uploadTarget: async () => ({ hosts: ['host'], token: 'token', clientId: '7' }),
		delete: async () => called('delete', await remove()),
	};
	const uploadHost = {
		open: async () => called('open', 'https://host/upload/1'),
		append: async (_: string, offset: number, chunk: Buffer) => {
			called('append', (taken = offset + chunk.length));
			if (lost-- > 0) throw new GcoreError('connectionLost');
			return taken;
		},
		offset: async () => taken,
	};
	const whole: InputFile = {
		name: 'talk.mov',
		mimeType: 'video/quicktime',
		size: async () => LENGTH,
		async *read(offset) {
			yield Buffer.alloc(LENGTH - offset);
		},
		...file,
	};
	const error: unknown = await hostVideo(
		{
			client: { videos } as unknown as GcoreClient,
			uploadHost: uploadHost as unknown as UploadHost,
			chunkBuffers,
			cancelSignal: undefined,
			isOver: () => false,
		},
		{
			request: { name: 'talk.mov', auto_transcribe_audio_language: 'disable' },
			file: whole,
		},
	).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	return { calls, error };
}

test('a whole file is sent in chunks', async () => {
	expect(await host({})).toEqual({
		calls: ['create', 'open', 'append', 'append'],
		error: undefined,
	});
});

test.each([
	[0, 2],
	[1, 0],
])('with %i lost answers, %i buffers of 2 are used again', async (lost, count) => {
	jest.useFakeTimers();
	const chunkBuffers = new ChunkBuffers(CHUNK_BYTES);
	const giveBack = jest.spyOn(chunkBuffers, 'giveBack');
	const hosted = host({}, { lost, chunkBuffers });
	await jest.advanceTimersByTimeAsync(5_000);
	expect(await hosted).toMatchObject({ error: undefined });
	expect(giveBack).toHaveBeenCalledTimes(count);
});

test('a file whose size cannot be read makes no video', async () => {
	const size = async () => await Promise.reject(new Error('gone'));
	const { calls, error } = await host({ size });
	expect(calls).toEqual([]);
	expect(error).toEqual(new Error('gone'));
});

const UNREADABLE: Array<[string, InputFile['read'], string]> = [
	[
		'cannot be read to its end',
		async function* () {
			yield Buffer.alloc(8 * 1024 ** 2);
			throw new Error('ENOENT');
		},
		'ENOENT',
	],
	[
		'ends too early',
		async function* () {
			yield Buffer.alloc(1000);
		},
		`The file ends after 1000 of its ${LENGTH} bytes`,
	],
	['is empty after all', async function* () {}, `The file ends after 0 of its ${LENGTH} bytes`],
	[
		'goes on after its end',
		async function* () {
			yield Buffer.alloc(LENGTH + 1);
		},
		`The file goes on after its ${LENGTH} bytes`,
	],
];

describe.each(UNREADABLE)('a file that %s', (_, read, message) => {
	test('leaves no video', async () => {
		const { calls, error } = await host({ read });
		expect(error).toMatchObject({ reason: new Error(message), emptyVideoId: undefined });
		expect(calls.at(-1)).toBe('delete');
	});

	test('names the video that it leaves', async () => {
		const refuse = async () => await Promise.reject(new GcoreError('forbidden'));
		const { error } = await host({ read }, { remove: refuse });
		expect(error).toBeInstanceOf(UploadError);
		expect(error).toMatchObject({ reason: new Error(message), emptyVideoId: 1 });
	});
});
