/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own logger is in it */

import { Logger } from '@n8n/backend-common';
import { sleep } from 'n8n-workflow';

import { LONGEST_WAIT_MS } from '../../../nodes/shared/videos/upload';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { checksum } from '../../simulator';
import { setStage } from '../stage';
import type { RecordedRequest } from '../../simulator';
import type { UploadFault } from '../../simulator/faults';

const simulator = setStage();

const MIB = 1024 ** 2;
const MINUTE = 60_000;

/** A file of two chunks, no two kilobytes of them alike. */
function fileOf(size: number): Buffer {
	const file = Buffer.alloc(size);
	for (let at = 0; at + 4 <= size; at += 1024) file.writeUInt32LE(at, at);
	return file;
}

const FILE = fileOf(9 * MIB);
const CHECKSUM = checksum(FILE);
const BINARY = { data: binaryOf(FILE) };

const run = async (rest: Partial<GcoreRun> = {}, parameters: GcoreRun['parameters'] = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries: [BINARY],
		...rest,
	});

const isPatch = ({ method }: RecordedRequest) => method === 'PATCH';
const isHead = ({ method }: RecordedRequest) => method === 'HEAD';
const isOpen = ({ method }: RecordedRequest) => method === 'POST';
const isSecondChunk = (request: RecordedRequest) =>
	isPatch(request) && request.headers['upload-offset'] === String(8 * MIB);

const isCreateVideo = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path === '/streaming/videos';
const isCreateTask = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path.endsWith('/ai/tasks');
const isDeleteVideo = ({ method }: RecordedRequest) => method === 'DELETE';

const calls = (isWanted: (request: RecordedRequest) => boolean) =>
	simulator().requests.filter(isWanted).length;
const uploads = (isWanted: (request: RecordedRequest) => boolean) =>
	simulator().uploads.requests.filter(isWanted).length;

/** One video that is whole, and one task. */
function expectWhole() {
	expect(simulator().videos).toMatchObject([{ checksum: CHECKSUM, size: FILE.length }]);
	expect(simulator().tasks).toHaveLength(1);
	expect(calls(isCreateVideo)).toBe(1);
}

const TIMES = 3;
const UPLOAD_FAULTS: Array<[string, UploadFault]> = [
	[
		'a chunk is cut and its bytes taken',
		{ does: 'cut', afterBytes: 5 * MIB, processed: true, on: isPatch },
	],
	['a chunk is cut and its bytes lost', { does: 'cut', afterBytes: 5 * MIB, on: isPatch }],
	[
		'each chunk is cut once',
		{ does: 'cut', afterBytes: 2 * MIB, processed: true, on: isPatch, times: TIMES },
	],
	['the answer to the first chunk is lost', { does: 'reset', processed: true, on: isPatch }],
	['the answer to the last chunk is lost', { does: 'reset', processed: true, on: isSecondChunk }],
	[
		'the last chunk is answered by 502',
		{ does: 'answer', status: 502, processed: true, on: isSecondChunk },
	],
	['there is a 409', { does: 'answer', status: 409, on: isSecondChunk, times: 2 }],
	['there is a 429 that names no time', { does: 'answer', status: 429, on: isPatch, times: TIMES }],
	[
		'there is a 429 that does',
		{ does: 'answer', status: 429, headers: { 'Retry-After': '7' }, on: isPatch },
	],
	['there are 503s', { does: 'answer', status: 503, on: isPatch, times: TIMES }],
	['there are 500s about nothing', { does: 'answer', status: 500, on: isPatch, times: TIMES }],
	['there is silence', { does: 'silence', on: isPatch }],
	['there is silence about the offset', { does: 'silence', on: isHead }],
	['an upload is not opened', { does: 'answer', status: 503, on: isOpen, times: TIMES }],
	[
		'the answer of an upload that was opened is lost',
		{ does: 'reset', processed: true, on: isOpen },
	],
	['there is silence at the opening', { does: 'silence', on: isOpen }],
	['the upload is gone', { does: 'answer', status: 404, on: isSecondChunk }],
	['the offset of the upload is gone', { does: 'answer', status: 404, on: isHead }],
	['the upload is locked', { does: 'answer', status: 423, on: isPatch, times: TIMES }],
	['the offset is locked', { does: 'answer', status: 423, on: isHead, times: TIMES }],
	[
		'there is a conflict, as a page says',
		{ does: 'answer', status: 409, body: '<html><title>Conflict</title></html>', on: isPatch },
	],
	[
		'the upload is gone, as a page says',
		{ does: 'answer', status: 404, body: '<html><title>Not found</title></html>', on: isPatch },
	],
];

describe('the file arrives whole, once, if', () => {
	test.each(UPLOAD_FAULTS)('%s', async (_, fault) => {
		// The offset is only asked for after a failure
		if (fault.on === isHead) {
			simulator().uploads.inject({
				does: 'cut',
				afterBytes: 3 * MIB,
				processed: true,
				on: isPatch,
			});
		}
		simulator().uploads.inject(fault);
		const { json, error } = await run();
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 1, task_id: simulator().tasks[0]?.id }]);
		expectWhole();
	});

	test('a chunk is not answered, for five minutes', async () => {
		simulator().uploads.inject({ does: 'silence', on: isPatch });
		const from = Date.now();
		await run();
		expectWhole();
		expect(Date.now() - from).toBeGreaterThanOrEqual(5 * MINUTE);
		expect(Date.now() - from).toBeLessThan(6 * MINUTE);
	});

	test.each([0, 8_000])('a complete upload is gone, which shows after %i ms', async (afterMs) => {
		simulator().uploads.inject({ does: 'reset', processed: true, on: isSecondChunk });
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video && isHead(request)) video.uploadedAt = Date.now() + afterMs;
			return isHead(request);
		};
		simulator().uploads.inject({ does: 'answer', status: 404, on });
		expect((await run()).error).toBeUndefined();
		expectWhole();
		expect(uploads(isOpen)).toBe(1);
	});

	test('the first server is not active', async () => {
		simulator().options.uploadServers = 'firstInactive';
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('the place to upload is named relatively, and the video alone', async () => {
		Object.assign(simulator().options, { uploadLocation: 'relative', videoAnswer: 'object' });
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('Gcore does not say for a while where to upload', async () => {
		const isTarget = ({ path }: RecordedRequest) => path.endsWith('/upload');
		simulator().inject({ does: 'answer', status: 503, on: isTarget, times: 5 });
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('a server asks for a second again and again', async () => {
		const headers = { 'Retry-After': '1' };
		simulator().uploads.inject({
			does: 'answer',
			status: 429,
			headers,
			on: isPatch,
			times: Infinity,
		});
		const from = Date.now();
		simulator().uploads.inject({ does: 'silence', on: () => false });
		const { error } = await run();
		expect(error?.message).toMatch(/^The upload of "talk.mov" failed: /);
		expect(Date.now() - from).toBeGreaterThan(MINUTE);
	});
});

describe('an upload that fails for good', () => {
	const FOR_GOOD: Array<[string, UploadFault]> = [
		[
			'the token is invalid',
			{ does: 'answer', status: 500, body: 'token invalid (unknown)', on: isOpen },
		],
		['chunks are refused', { does: 'answer', status: 400, on: isPatch }],
		['chunks are lost', { does: 'reset', on: isPatch }],
		['chunks are not answered', { does: 'silence', on: isPatch }],
		['the server knows no upload', { does: 'answer', status: 404, on: isPatch }],
		[
			'the server takes nothing',
			{ does: 'answer', status: 204, headers: { 'Upload-Offset': '0' }, on: isPatch },
		],
		['uploads are not opened', { does: 'answer', status: 503, on: isOpen }],
		['nothing says where to upload', { does: 'answer', status: 201, on: isOpen }],
	];

	test.each(FOR_GOOD)('leaves nothing if %s', async (_, fault) => {
		simulator().uploads.inject({ ...fault, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/^The upload of "talk.mov" failed: /);
		expect(error?.description).toMatch(/Nothing of it is left at Gcore/);
		expect(simulator().videos).toEqual([]);
		expect(simulator().tasks).toEqual([]);
		expect(simulator().uploads.requests.length).toBeLessThan(40);
	});

	test('ends at once if the token is invalid', async () => {
		const body = { error: 'token invalid (expired)' };
		simulator().uploads.inject({ does: 'answer', status: 500, body, on: isOpen, times: Infinity });
		await run();
		expect(simulator().uploads.requests).toHaveLength(1);
	});

	test('does not show the token, though the answer to a chunk repeats it', async () => {
		const on = (request: RecordedRequest) => {
			const metadata = String(request.headers['upload-metadata']);
			const [, token = ''] = /\btoken ([^,]+)/.exec(metadata) ?? [];
			const error = `token ${Buffer.from(token, 'base64').toString()} has expired`;
			simulator().uploads.inject({ does: 'answer', status: 400, body: { error }, on: isPatch });
			return false;
		};
		simulator().uploads.inject({ does: 'silence', on });
		expect((await run()).error?.message).toContain('token *** has expired');
	});

	test('ends at once if the server asks for more than five minutes', async () => {
		const headers = { 'Retry-After': String(LONGEST_WAIT_MS / 1000 + 1) };
		simulator().uploads.inject({ does: 'answer', status: 503, headers, on: isPatch });
		const from = Date.now();
		expect((await run()).error?.message).toMatch(/^The upload of "talk.mov" failed: /);
		expect(Date.now() - from).toBeLessThan(MINUTE);
	});

	test('is tried for some minutes if no server is active', async () => {
		simulator().options.uploadServers = 'noneActive';
		const from = Date.now();
		const { error } = await run();
		expect(error?.message).toMatch(/no upload server is active/);
		expect(Date.now() - from).toBeLessThan(10 * MINUTE);
		expect(simulator().videos).toEqual([]);
	});

	test('names the empty video if that cannot be deleted', async () => {
		simulator().uploads.inject({ does: 'answer', status: 400, on: isPatch });
		simulator().inject({ does: 'answer', status: 403, on: isDeleteVideo, times: Infinity });
		const { error } = await run();
		expect(error?.description).toMatch(/The empty video 1 is left at Gcore/);
		expect(error?.context).toMatchObject({ videoId: 1 });
	});

	test('does not name a video that somebody else has deleted', async () => {
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (isSecondChunk(request) && video) simulator().deleteVideo(video);
			return false;
		};
		simulator().uploads.inject({ does: 'silence', on });
		const { error } = await run();
		expect(error?.description).toMatch(/Nothing of it is left at Gcore/);
		expect(simulator().tasks).toEqual([]);
	});

	test('is not reported if the error of another item ended it', async () => {
		simulator().uploads.inject({ does: 'delay', ms: 20_000, on: isPatch, times: 1 });
		const isOther = (request: RecordedRequest) =>
			isCreateVideo(request) && JSON.stringify(request.body).includes('other.mov');
		simulator().inject({
			does: 'answer',
			status: 422,
			on: isOther,
			body: { errors: { name: ['is odd'] } },
		});
		const { error } = await run({ binaries: [BINARY, { data: binaryOf('abc', 'other.mov') }] });
		expect(error?.message).toMatch(/is odd.*\[item 1\]$/);
		expect(simulator().videos).toEqual([]);
	});
});

describe('Stop', () => {
	const warn = () => jest.spyOn(Logger.prototype, 'warn').mockImplementation();

	/** Stops a run after so long. @returns what was logged */
	const stopAfter = async (ms: number, rest: Partial<GcoreRun> = {}) => {
		const logged = warn();
		let stoppedAt = Infinity;
		const onStart = (execution: { cancel(): void }) =>
			void sleep(ms).then(() => {
				stoppedAt = Date.now();
				execution.cancel();
			});
		await run({ onStart, ...rest });
		expect(Date.now() - stoppedAt).toBeGreaterThanOrEqual(0);
		expect(Date.now() - stoppedAt).toBeLessThanOrEqual(1000);
		const texts = logged.mock.calls.map(([message]) => message);
		logged.mockRestore();
		const sent = simulator().requests.length + simulator().uploads.requests.length;
		await sleep(10 * MINUTE);
		expect(simulator().requests.length + simulator().uploads.requests.length).toBe(sent);
		expect(simulator().tasks).toEqual([]);
		return texts;
	};

	const LEFT = [expect.stringMatching(/^Gcore: stopped\. .*The empty video 1 is left at Gcore/)];

	test.each<[string, UploadFault]>([
		['a chunk', { does: 'silence', on: isPatch }],
		['the opening', { does: 'silence', on: isOpen }],
	])('ends %s that is not answered, and logs the empty video', async (_, fault) => {
		simulator().uploads.inject(fault);
		expect(await stopAfter(5000)).toEqual(LEFT);
	});

	test('ends a pause, and logs the empty video', async () => {
		simulator().uploads.inject({ does: 'answer', status: 503, on: isPatch, times: Infinity });
		expect(await stopAfter(20_000)).toEqual(LEFT);
	});

	test('after the upload logs the whole video', async () => {
		simulator().options.videoProcessingMs = 60 * MINUTE;
		expect(await stopAfter(20_000)).toEqual([
			'Gcore: stopped. Videos made so far in Gcore video hosting: 1',
		]);
	});

	test('says nothing about files that were not begun', async () => {
		simulator().uploads.inject({ does: 'silence', on: isPatch, times: Infinity });
		const binaries = Array.from({ length: 8 }, (_, i) => ({ data: binaryOf(`file ${i}`) }));
		expect(await stopAfter(5000, { binaries })).toHaveLength(3);
		expect(simulator().videos).toHaveLength(3);
	});

	test('while the video is made says that there may be one', async () => {
		simulator().inject({ does: 'silence', on: isCreateVideo, processed: true });
		expect(await stopAfter(5000)).toEqual([
			expect.stringMatching(/^Gcore: stopped\. .*an empty video named "talk.mov"/),
		]);
	});
});

describe('a lost answer to the making of a video', () => {
	const LOSSES = [
		{ does: 'reset' as const },
		{ does: 'answer' as const, status: 502 },
		{ does: 'silence' as const },
		{ does: 'answer' as const, status: 200, body: [] },
	];

	test.each(LOSSES)('makes no second one if it is there: %j', async (fault) => {
		simulator().inject({ ...fault, processed: true, on: isCreateVideo });
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('makes one if it is not there', async () => {
		simulator().inject({ does: 'reset', on: isCreateVideo });
		expect((await run()).error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ checksum: CHECKSUM }]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('is asked for three times in all', async () => {
		simulator().inject({ does: 'reset', on: isCreateVideo, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/connection to Gcore was lost/);
		expect(calls(isCreateVideo)).toBe(3);
	});

	test('makes no second one if the list cannot be read, and says so', async () => {
		simulator().inject({ does: 'reset', processed: true, on: isCreateVideo });
		const isList = ({ method, path }: RecordedRequest) =>
			method === 'GET' && path === '/streaming/videos' && calls(isCreateVideo) > 0;
		simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/connection to Gcore was lost/);
		expect(error?.description).toMatch(/may have made an empty video named "talk.mov"/);
		expect(calls(isCreateVideo)).toBe(1);
	});

	test('does not take the video of another item with the same file', async () => {
		simulator().inject({ does: 'reset', processed: true, on: isCreateVideo });
		simulator().uploads.inject({ does: 'delay', ms: 20_000, on: isPatch });
		const { error } = await run({ binaries: [BINARY, BINARY] });
		expect(error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ checksum: CHECKSUM }, { checksum: CHECKSUM }]);
		expect(
			simulator()
				.uploads.sessions.map(({ videoId }) => videoId)
				.sort(),
		).toEqual([1, 2]);
		expect(simulator().tasks).toHaveLength(2);
	});
});

test('two items with the same file have a video each, though the answer for one is lost and the other late', async () => {
	simulator().inject({ does: 'reset', on: isCreateVideo });
	simulator().inject({ does: 'delay', ms: 10_000, on: isCreateVideo });
	const { json } = await run({ binaries: [BINARY, BINARY] });
	expect(json.map(({ video_id }) => video_id).sort()).toEqual([1, 2]);
	expect(simulator().videos).toMatchObject([{ checksum: CHECKSUM }, { checksum: CHECKSUM }]);
});

describe('where the sources conflict', () => {
	test.each(['/upload', '/upload/'])(
		'an upload host that knows only %s takes the file',
		async (path) => {
			simulator().options.uploadPaths = [path];
			expect((await run()).error).toBeUndefined();
			expectWhole();
		},
	);

	test('a list of videos that has the oldest first finds the video of a lost answer', async () => {
		simulator().options.oldVideosFirst = true;
		simulator().addVideo({ name: 'talk.mov', createdAt: Date.now() - 48 * 60 * MINUTE });
		simulator().inject({ does: 'reset', processed: true, on: isCreateVideo });
		expect((await run()).error).toBeUndefined();
		expect(calls(isCreateVideo)).toBe(1);
		expect(await run()).toMatchObject({ json: [{ video_id: 2 }] });
		expect(simulator().videos).toHaveLength(2);
	});
});

describe('an upload server that is wrong', () => {
	const offset = (bytes: number) => ({ 'Upload-Offset': String(bytes) });

	test.each<[string, UploadFault]>([
		[
			'has more than it was sent',
			{ does: 'answer', status: 204, headers: offset(9 * MIB), on: isPatch, times: 2 },
		],
		[
			'claims more than the whole file',
			{ does: 'answer', status: 200, headers: offset(99 * MIB), on: isHead, times: 2 },
		],
	])('about its offset and %s is asked again', async (_, fault) => {
		if (fault.on === isHead) simulator().uploads.inject({ does: 'reset', on: isSecondChunk });
		simulator().uploads.inject(fault);
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('in each answer leaves no video that is said to be complete', async () => {
		simulator().uploads.inject({
			does: 'answer',
			status: 200,
			headers: offset(99 * MIB),
			on: () => true,
			times: Infinity,
		});
		simulator().uploads.inject({ does: 'reset', on: isPatch, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/^The upload of "talk.mov" failed/);
		expect(simulator().videos).toEqual([]);
	});

	test('for a moment, with an error that has the word token in it, is asked again', async () => {
		const body = 'SyntaxError: Unexpected token < in JSON';
		simulator().uploads.inject({ does: 'answer', status: 500, body, on: isPatch });
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('about where it is does not blame the Base URL', async () => {
		const headers = { Location: 'https://elsewhere.example' };
		simulator().uploads.inject({ does: 'answer', status: 302, headers, on: isOpen });
		const { error } = await run();
		expect(error?.message).toMatch(/upload server refused the upload/);
		expect(`${error?.message} ${error?.description}`).not.toContain('Base URL');
	});
});

describe('nothing is uploaded or created twice', () => {
	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };

	test('by Retry On Fail, if a task was refused', async () => {
		simulator().inject({ does: 'answer', status: 400, on: isCreateTask, times: 2 });
		expect((await run({ settings: RETRY })).error).toBeUndefined();
		expectWhole();
	});

	test('by Retry On Fail, if the state of the video could not be read', async () => {
		const isLookUp = ({ path }: RecordedRequest) => /\/videos\/\d+$/.test(path);
		simulator().inject({ does: 'answer', status: 403, on: isLookUp });
		expect((await run({ settings: RETRY })).error).toBeUndefined();
		expectWhole();
	});

	test('by Retry On Fail, if an upload failed', async () => {
		simulator().uploads.inject({ does: 'answer', status: 400, on: isSecondChunk });
		expect((await run({ settings: RETRY })).error).toBeUndefined();
		expect(simulator().videos).toMatchObject([{ checksum: CHECKSUM }]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('by Retry On Fail, if another item failed', async () => {
		simulator().inject({
			does: 'answer',
			status: 422,
			body: { errors: { name: ['is odd'] } },
			on: (request) => isCreateVideo(request) && JSON.stringify(request.body).includes('other'),
		});
		const binaries = [BINARY, { data: binaryOf('abc', 'other.mov') }];
		const { json, error } = await run({ binaries, settings: RETRY });
		expect(error).toBeUndefined();
		const ids = new Map(simulator().videos.map(({ name, id }) => [name, id]));
		expect(json.map(({ video_id }) => video_id)).toEqual([
			ids.get('talk.mov'),
			ids.get('other.mov'),
		]);
		expect(simulator().videos).toHaveLength(2);
		expect(simulator().tasks).toHaveLength(2);
	});

	test('by Retry On Fail, if the answer to a task was lost at last', async () => {
		simulator().inject({ does: 'answer', status: 503, on: isCreateTask, times: 2 });
		simulator().inject({ does: 'answer', status: 503, on: isCreateTask, processed: true });
		const isList = ({ method, path }: RecordedRequest) =>
			method === 'GET' && path.endsWith('/ai/tasks') && simulator().tasks.length > 0;
		simulator().inject({ does: 'answer', status: 403, on: isList, times: 3 });
		expect((await run({ settings: RETRY })).error).toBeUndefined();
		expectWhole();
	});

	test('by a second execution, if the first was stopped after the upload', async () => {
		simulator().options.videoProcessingMs = MINUTE;
		await run({
			onStart: (execution) => void sleep(10_000).then(() => execution.cancel()),
		});
		expect(simulator().tasks).toEqual([]);
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('by a second execution, if the first could not create the task', async () => {
		simulator().inject({ does: 'answer', status: 400, on: isCreateTask });
		expect((await run()).error?.description).toMatch(/stays in Gcore video hosting as video 1/);
		expect((await run()).error).toBeUndefined();
		expectWhole();
	});

	test('by a second execution, if the first did not wait for its task', async () => {
		const [first] = (await run()).json;
		const { json } = await run();
		expect(json).toMatchObject([{ task_id: first?.['task_id'], video_id: 1, reused: true }]);
		expectWhole();
	});
});

describe('many files', () => {
	test('are uploaded three at once, while earlier ones are processed', async () => {
		Object.assign(simulator().options, { latencyMs: 500, videoProcessingMs: 10_000 });
		const binaries = Array.from({ length: 12 }, (_, i) => ({
			data: binaryOf(`file ${i}`, `${i}.mov`),
		}));
		const { json, error } = await run({ binaries });
		expect(error).toBeUndefined();
		expect(simulator().tasks).toHaveLength(12);
		expect(new Set(json.map(({ task_id }) => task_id)).size).toBe(12);
		expect(simulator().videos).toHaveLength(12);
		expect(simulator().uploads.mostAtOnce()).toBe(3);
		const lastUpload = simulator().uploads.requests.at(-1)?.at ?? 0;
		const firstUpload = simulator().uploads.requests.find(isPatch)?.at ?? 0;
		// Twelve after one another, each with its 10 seconds, would take two minutes
		expect(lastUpload - firstUpload).toBeLessThan(10_000);
		for (const [index, item] of json.entries()) {
			const video = simulator().videos.find(({ id }) => id === item['video_id']);
			expect(video?.name).toBe(`${index}.mov`);
		}
	});
});

test('a file in base64 with line breaks, as code may make it, has its true size', async () => {
	const data = binaryOf('abc'.repeat(200));
	data.data = data.data.replace(/.{76}/g, '$&\r\n');
	expect((await run({ binaries: [{ data }] })).error).toBeUndefined();
	expect(simulator().videos).toMatchObject([{ size: 600 }]);
});

test('a lost answer to the task of a file names a text by which the task would be found', async () => {
	simulator().inject({ does: 'reset', on: isCreateTask, times: Infinity });
	const { error } = await run();
	const [, searchText] = /"([^"]+)" as 'Search Text'/.exec(String(error?.description)) ?? [];
	expect(searchText).toMatch(new RegExp(`^/.*_${simulator().videos[0]?.slug}/$`));
});
