/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own logger is in it */
import { Logger } from '@n8n/backend-common';
import { sleep } from 'n8n-workflow';
import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';

import { checksum } from '../../simulator';
import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';
import { useStoredFiles } from './storedFiles';

const simulator = setStage();
const stored = useStoredFiles();

const MIB = 1024 ** 2;
const CONTINUE = { onError: 'continueRegularOutput' as const };
const ERROR_OUTPUT = { onError: 'continueErrorOutput' as const };

/** A file of two chunks and a piece, no two kilobytes of it alike. */
const FILE = Buffer.alloc(17 * MIB + 123);
for (let at = 0; at + 4 <= FILE.length; at += 1024) FILE.writeUInt32LE(at, at);

const run = async (
	binaries: IBinaryKeyData[],
	rest: Partial<GcoreRun> = {},
	parameters: GcoreRun['parameters'] = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries,
		...rest,
	});

const expectNothingSent = () => {
	expect(simulator().requests).toEqual([]);
	expect(simulator().uploads.requests).toEqual([]);
};

const isPatch = ({ method }: RecordedRequest) => method === 'PATCH';

describe('a file that n8n keeps on the disk', () => {
	test('arrives whole, in chunks of 8 MiB', async () => {
		const data = await stored().store(FILE);
		const { json, error } = await run([{ data }]);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 1 }]);
		expect(simulator().videos).toMatchObject([{ checksum: checksum(FILE), size: FILE.length }]);
		const chunks = simulator().uploads.requests.filter(isPatch);
		expect(chunks.map(({ headers }) => Number(headers['content-length']))).toEqual([
			8 * MIB,
			8 * MIB,
			MIB + 123,
		]);
	});

	test.each([0, 1])('that hangs at reading %i does not keep a stopped node', async (reading) => {
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		const data = await stored().store(FILE);
		stored().hangAfter(reading);
		let stoppedAt = Infinity;
		const onStart = (execution: { cancel(): void }) =>
			void sleep(20_000).then(() => {
				stoppedAt = Date.now();
				execution.cancel();
			});
		await run([{ data }], { onStart });
		expect(Date.now() - stoppedAt).toBeLessThanOrEqual(1000);
		await sleep(1000);
		expect(stored().open()).toBe(0);
		// The first reading is before the video is made
		const left = reading === 0 ? '' : 'The empty video 1 is left at Gcore';
		expect(logged.mock.calls.join()).toContain(left);
		logged.mockRestore();
	});

	test.each([1, 3 * MIB, 8 * MIB - 1])('arrives whole if %i bytes of a chunk arrive', async (n) => {
		const data = await stored().store(FILE);
		simulator().uploads.inject({
			does: 'cut',
			afterBytes: n,
			processed: true,
			on: isPatch,
			times: 4,
		});
		const { error } = await run([{ data }]);
		expect(error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ checksum: checksum(FILE) }]);
	});

	test('is found again by a second run, whatever its storage', async () => {
		await run([{ data: await stored().store(FILE) }]);
		const { json } = await run([{ data: binaryOf(FILE) }]);
		expect(json).toMatchObject([{ video_id: 1, reused: true }]);
		expect(simulator().videos).toHaveLength(1);
	});

	test('is one of three that are open at once, and is closed in the end', async () => {
		const binaries = await Promise.all(
			Array.from({ length: 7 }, async (_, i) => ({
				data: await stored().store(Buffer.alloc(MIB / 2, `file ${i}`), `${i}.mov`),
			})),
		);
		const { error } = await run(binaries);
		expect(error).toBeUndefined();
		expect(simulator().videos).toHaveLength(7);
		// Each takes the memory of a chunk
		expect(stored().mostOpen()).toBe(3);
	});

	test('is refused over 30 GB', async () => {
		const data = await stored().store(Buffer.from('abc'));
		await stored().stretch(data, 30 * 1024 ** 3 + 1);
		const { error } = await run([{ data }]);
		expect(error?.message).toBe('"talk.mov" is larger than 30 GB [item 0]');
		expect(error?.description).toMatch(/Nothing was sent/);
		expectNothingSent();
	});

	test('is refused if it is empty', async () => {
		const { error } = await run([{ data: await stored().store(Buffer.alloc(0)) }]);
		expect(error?.message).toBe('"talk.mov" is empty [item 0]');
		expectNothingSent();
	});

	test('leaves no video at Gcore if n8n has lost it', async () => {
		const data = await stored().store(Buffer.from('abc'));
		await stored().lose(data);
		const { json } = await run([{ data }, { data: binaryOf('abc') }], { settings: CONTINUE });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/\[item 0\]$/) });
		expect(json[1]).toHaveProperty('task_id');
		expect(simulator().videos).toHaveLength(1);
	});
});

describe('refused before anything is sent', () => {
	const mp3 = () => binaryOf('abc', 'talk.mp3', 'audio/mpeg');

	test.each<[string, IBinaryKeyData, RegExp, RegExp]>([
		[
			'a binary field that is not there',
			{ video: binaryOf('abc'), subtitles: binaryOf('abc', 'a.srt') },
			/^'Input Binary Field': the item has no binary field "data" \[item 0\]$/,
			/Use one of those that it has: video, subtitles\./,
		],
		['an item without files', {}, /has no binary field "data"/, /It has none at all/],
		['an empty file', { data: binaryOf('') }, /^"talk.mov" is empty/, /Look at the node/],
		['an mp3', { data: mp3() }, /"talk.mp3" is sound without a picture/, /put the sound into/],
		...[
			['a wav', 'talk.WAV', 'application/octet-stream'],
			['an m4a', 'talk.m4a', 'audio/mp4'],
			['an ac3', 'talk.ac3', 'application/octet-stream'],
			['a sound without a name', '', 'audio/mpeg'],
			['a sound whose type is in capitals', 'talk', 'AUDIO/MPEG'],
		].map(([label = '', name = '', type]): [string, IBinaryKeyData, RegExp, RegExp] => [
			label,
			{ data: binaryOf('abc', name, type) },
			new RegExp(`"${name || 'file'}" is sound without a picture`),
			/MP4 with a still picture/,
		]),
		[
			'a document',
			{ data: binaryOf('abc', 'talk.pdf', 'application/pdf') },
			/"talk.pdf" is not a video/,
			/Use a binary field with a video file/,
		],
		...['talk.pdf', 'talk.DOCX', 'talk.srt'].map(
			(name): [string, IBinaryKeyData, RegExp, RegExp] => [
				`${name} of an unknown type`,
				{ data: binaryOf('abc', name, 'application/octet-stream') },
				/"talk\.\w+" is not a video/,
				/Use a binary field with a video file/,
			],
		),
		[
			'a file without data',
			{ data: { fileName: 'talk.mov' } as IBinaryData },
			/has no binary field "data"/,
			/Use one/,
		],
		[
			'a web page in place of a download',
			{ data: binaryOf('abc', 'view', 'text/html') },
			/"view" is not a video/,
			/Use a binary field with a video file/,
		],
	])('%s', async (_, binary, message, description) => {
		const { error } = await run([binary]);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expectNothingSent();
	});

	test.each(['={{ "" }}', '={{ null }}'])('the field name %s', async (binaryPropertyName) => {
		const { error } = await run([{ data: binaryOf('abc') }], {}, { binaryPropertyName });
		expect(error?.message).toBe("'Input Binary Field' is empty [item 0]");
		expectNothingSent();
	});

	const MIXED = (): IBinaryKeyData[] => [
		{ data: binaryOf('abc', 'a.mov') },
		{ data: mp3() },
		{ data: binaryOf('', 'c.mov') },
		{ video: binaryOf('abc', 'd.mov') },
		{ data: binaryOf('abc', 'e.mov') },
	];

	test('all of the bad ones at once, though others are good', async () => {
		const { error } = await run(MIXED());
		expect(error?.message).toBe('2 of 5 items have a problem, so nothing was sent');
		expect(error?.description).toMatch(/\[item 1\].*\[item 3\]/);
		expectNothingSent();
	});

	test('though the others go on with On Error: Continue, each paired with its item', async () => {
		const { outputs, json } = await run(MIXED(), { settings: CONTINUE });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(json.map(({ error }) => error)).toEqual([
			undefined,
			expect.stringMatching(/sound without a picture \[item 1\]$/),
			'"c.mov" is empty [item 2]',
			expect.stringMatching(/no binary field "data" \[item 3\]$/),
			undefined,
		]);
		for (const [index, name] of [[0, 'a.mov'] as const, [4, 'e.mov'] as const]) {
			const video = simulator().videos.find(({ id }) => id === json[index]?.['video_id']);
			expect(video?.name).toBe(name);
		}
		expect(simulator().videos).toHaveLength(2);
	});

	test('and sent to the error output if there is one', async () => {
		const { outputs, error } = await run(MIXED(), { settings: ERROR_OUTPUT });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json['video_id'])).toHaveLength(2);
		expect(outputs[1]?.map(({ json }) => json['error'])).toEqual([
			expect.stringMatching(/\[item 1\]$/),
			expect.stringMatching(/\[item 2\]$/),
			expect.stringMatching(/\[item 3\]$/),
		]);
	});
});

describe('the name of the video', () => {
	test.each([
		['talk.mov', 'video/quicktime', 'talk.mov'],
		['', 'video/mp4', 'file'],
		['Größe & Höhe – 3 %.mkv', 'video/x-matroska', 'Größe & Höhe – 3 %.mkv'],
	])('of the file %j is %j', async (fileName, mimeType, name) => {
		const { json, error } = await run([{ data: binaryOf('abc', fileName, mimeType) }]);
		expect(error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ name }]);
		expect(json).toHaveLength(1);
	});

	test.each([
		[' ', 'file.mov'],
		[null, 'file.mov'],
		[2024, '2024'],
	])('that a Code node has set to %j is %j', async (fileName, name) => {
		const data = { ...binaryOf('abc'), fileName: fileName as string };
		const { error } = await run([{ data }]);
		expect(error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ name }]);
	});

	test('of a file without one has its extension, as far as n8n knows it', async () => {
		await run([{ data: { ...binaryOf('abc', '', 'video/mp4'), fileExtension: 'mp4' } }]);
		expect(simulator().videos).toMatchObject([{ name: 'file.mp4' }]);
	});
});

describe('the binary field', () => {
	test('may be another one for each item', async () => {
		const binaries = [{ a: binaryOf('abc', 'a.mov') }, { b: binaryOf('abc', 'b.mov') }];
		const { error } = await run(
			binaries,
			{},
			{ binaryPropertyName: '={{ Object.keys($binary)[0] }}' },
		);
		expect(error).toBeUndefined();
		expect(
			simulator()
				.videos.map(({ name }) => name)
				.sort(),
		).toEqual(['a.mov', 'b.mov']);
	});
});

test('a file is not refused for a task that is to be reused: that is for other sources', async () => {
	const isList = ({ method, path }: RecordedRequest) =>
		method === 'GET' && path.endsWith('/ai/tasks');
	simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
	// A workflow whose source was a URL before keeps this option
	const options = { reuseExistingTask: true };
	const { json, error } = await run([{ data: binaryOf('abc') }], {}, { options });
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ video_id: 1 }]);
	expect(json[0]).not.toHaveProperty('reused');
});
