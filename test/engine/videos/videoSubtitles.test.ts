import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../../simulator';
import type { Task } from '../../simulator/task';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage, VIDEO } from '../stage';

const simulator = setStage();

const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHallo Österreich\n';
const SRT = '1\n00:00:00,000 --> 00:00:01,000\nHallo\n';
const CONTINUE = { onError: 'continueRegularOutput' as const };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const run = async (
	operation: string,
	parameters: INode['parameters'] = {},
	rest: Partial<GcoreRun> = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { resource: 'subtitle', operation, videoId: '1', ...parameters },
		...rest,
	});

const add = async (parameters: INode['parameters'], rest: Partial<GcoreRun> = {}) =>
	await run('add', parameters, rest);

const addText = async (parameters: INode['parameters'] = {}, rest: Partial<GcoreRun> = {}) =>
	await add({ source: 'text', text: VTT, language: 'ger', ...parameters }, rest);

/** A task that has ended, unless told otherwise. */
const task = (request: Partial<Task['request']> = {}, details: Partial<Task> = {}) =>
	simulator().add({
		createdAt: Date.now() - 60_000,
		durationMs: 1,
		request: { task_name: 'transcription', url: VIDEO, ...request },
		...details,
	}).id;

const attached = () => simulator().videos[0]?.subtitles;

const isWrite =
	(method: string) =>
	(request: RecordedRequest): boolean =>
		request.method === method && request.path.includes('/subtitles');

const writes = () =>
	simulator()
		.requests.filter(({ method, path }) => method !== 'GET' && path.includes('/subtitles'))
		.map(({ method }) => method);

/** Nothing was sent to the subtitles' address. */
const expectNothingSent = () =>
	expect(simulator().requests.filter(({ path }) => path.includes('/subtitles'))).toEqual([]);

beforeEach(() => {
	simulator().addVideo({ name: 'Talk' });
});

describe('Add', () => {
	test('from a task: with its language, and named after that', async () => {
		const taskId = task({ subtitles_language: 'ger' });
		const { json } = await add({ taskId });
		expect(json).toEqual([
			{
				subtitle_id: 1,
				video_id: 1,
				language: 'ger',
				language_name: 'German',
				name: 'German',
				text: expect.stringMatching(/^WEBVTT\n\n1\n/),
				replaced: false,
			},
		]);
		expect(attached()).toEqual([
			{ id: 1, language: 'ger', name: 'German', vtt: expect.stringContaining('the forest!') },
		]);
	});

	test('from a task: with another language and name', async () => {
		await add({ taskId: task(), videoId: 'Talk', taskLanguage: 'en', name: 'For the deaf' });
		expect(attached()).toMatchObject([{ language: 'eng', name: 'For the deaf' }]);
	});

	test.each([
		['WebVTT', VTT],
		['SRT', SRT],
		['SRT after blank lines', `\n\n${SRT.replaceAll('\n', '\r\n')}`],
	])('from text: %s', async (_, text) => {
		const { json, error } = await addText({ text: `={{ ${JSON.stringify(text)} }}` });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ language: 'ger', name: 'German', text, replaced: false }]);
		expect(attached()).toMatchObject([{ language: 'ger', name: 'German', vtt: text }]);
	});

	test('from a file', async () => {
		const binaries = [{ subs: binaryOf(`\uFEFF${VTT}`, 'talk.vtt', 'text/vtt') }];
		const parameters = { source: 'file', binaryPropertyName: 'subs', language: 'deu' };
		const { json } = await add(parameters, { binaries });
		expect(json).toMatchObject([{ language: 'ger', text: `\uFEFF${VTT}` }]);
		expect(attached()).toMatchObject([{ vtt: `\uFEFF${VTT}` }]);
	});
});

describe('Add twice', () => {
	test.each([true, false])('replaces, if the answer has an ID: %p', async (patchAnswersId) => {
		simulator().options.patchAnswersId = patchAnswersId;
		await addText();
		const { json } = await addText({ text: SRT });
		expect(json).toMatchObject([{ subtitle_id: 1, text: SRT, name: 'German', replaced: true }]);
		expect(attached()).toEqual([{ id: 1, language: 'ger', name: 'German', vtt: SRT }]);
		expect(writes()).toEqual(['POST', 'PATCH']);
	});

	test('in one run replaces too, by the name of the video as by its ID', async () => {
		const items = ['1', 'Talk', '1', 'Talk'].map((video) => ({ video }));
		const { json } = await addText({ videoId: '={{ $json.video }}' }, { items });
		expect(json.map(({ replaced }) => replaced).sort()).toEqual([false, true, true, true]);
		expect(attached()).toHaveLength(1);
	});

	test.each([{ language: 'fre', name: 'German' }, { name: 'Other' }])(
		'with %j adds',
		async (parameters) => {
			await addText();
			expect((await addText(parameters)).json).toMatchObject([{ subtitle_id: 2, replaced: false }]);
			expect(attached()).toHaveLength(2);
		},
	);

	test('without Replace Existing adds a second', async () => {
		const options = { replaceExisting: false };
		await addText({ options });
		expect((await addText({ options })).json).toMatchObject([{ subtitle_id: 2, replaced: false }]);
		expect(attached()).toHaveLength(2);
	});

	test('because of Retry On Fail adds once', async () => {
		const isBad = ({ method, body }: RecordedRequest) =>
			method === 'POST' && JSON.stringify(body).includes('bad');
		simulator().inject({ does: 'answer', status: 422, body: { error: 'no' }, on: isBad });
		const { json, error } = await addText(
			{ name: '={{ $json.name }}', options: { replaceExisting: false } },
			{ items: [{ name: 'good' }, { name: 'bad' }], settings: RETRY },
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ name: 'good' }, { name: 'bad' }]);
		expect(attached()?.map(({ name }) => name)).toEqual(['good', 'bad']);
	});
});

describe('Add refuses before anything is sent', () => {
	const BIG = `${VTT}${'ö'.repeat(2_500_000)}`;

	test.each([
		['a text of another kind', 'Hello', "'Text' is neither WebVTT nor SRT [item 0]"],
		['a page', '<html>WEBVTT', "'Text' is neither WebVTT nor SRT [item 0]"],
		['a text that is too large, in bytes', BIG, "'Text' is larger than 5 MB [item 0]"],
		['nothing', '', "'Text' is empty [item 0]"],
		['blanks', ' '.repeat(4_000_000), "'Text' is neither WebVTT nor SRT [item 0]"],
	])('%s', async (_, text, message) => {
		const { error } = await addText({ text: '={{ $json.text }}' }, { items: [{ text }] });
		expect(error?.message).toBe(message);
		expect(simulator().requests).toEqual([]);
	});

	test('a bad text after a good one, with nothing sent for either', async () => {
		const items = [{ text: VTT }, { text: 'Hello' }];
		const { error } = await addText({ text: '={{ $json.text }}' }, { items });
		expect(error?.message).toBe("'Text' is neither WebVTT nor SRT [item 1]");
		expect(simulator().requests).toEqual([]);
	});

	test('takes a text of just 5 MB', async () => {
		const text = VTT.padEnd(5_000_000 - 1);
		const { error } = await addText({ text: '={{ $json.text }}' }, { items: [{ text }] });
		expect(error).toBeUndefined();
	});

	test.each([
		[
			'of another kind',
			binaryOf('Hello', 'a.txt', 'text/plain'),
			'"a.txt" is neither WebVTT nor SRT',
		],
		['that is too large', binaryOf(BIG, 'a.vtt', 'text/vtt'), '"a.vtt" is larger than 5 MB'],
		[
			'in another encoding',
			binaryOf(Buffer.from(SRT.replace('Hallo', 'Hallö'), 'latin1'), 'a.srt'),
			'"a.srt" is not encoded as UTF-8',
		],
		[
			'in UTF-16',
			binaryOf(Buffer.from(`\uFEFF${SRT}`, 'utf16le'), 'a.srt'),
			'"a.srt" is not encoded as UTF-8',
		],
		['that is empty', binaryOf('', 'a.srt'), '"a.srt" is neither WebVTT nor SRT'],
	])('a file %s', async (_, data, message) => {
		const { error } = await add({ source: 'file', language: 'ger' }, { binaries: [{ data }] });
		expect(error?.message).toBe(`${message} [item 0]`);
		expectNothingSent();
	});

	test.each([
		['text', { source: 'text', text: VTT }],
		['file', { source: 'file' }],
	])('a %s without a language', async (_, parameters) => {
		const language = '={{ "" }}';
		const { error } = await add(
			{ ...parameters, language },
			{ binaries: [{ data: binaryOf(VTT, 'a.vtt') }] },
		);
		expect(error?.message).toBe("'Subtitles Language' is empty [item 0]");
		expect(error?.description).toMatch(/^Choose a language from the list/);
		expect(simulator().requests).toEqual([]);
	});

	test('a language that Gcore does not know', async () => {
		const { error } = await addText({ language: 'xx' });
		expect(error?.message).toBe(`'Subtitles Language' "xx" is not a language Gcore knows [item 0]`);
		expect(simulator().requests).toEqual([]);
	});

	test.each([
		['not done', {}, { durationMs: 3_600_000 }, /^Task .* is not done yet: STARTED|RECEIVED/],
		['failed', { url: 'https://example.com/failure.mp4' }, {}, /failed: The file could not be/],
		['cancelled', {}, { cancelledAt: Date.now() }, /was cancelled/],
		[
			'no transcription',
			{ task_name: 'content-moderation' as const },
			{},
			/is a content-moderation task/,
		],
		['done without a result', {}, { shown: { result: null } }, /returned no result with it/],
		[
			'without a language',
			{},
			{ shown: { result: { speech_detected: false, languages: [] } } },
			/^'Subtitles Language' is empty/,
		],
	])('a task that is %s', async (_, request, details, message) => {
		const { error } = await add({ taskId: task(request, details) });
		expect(error?.message).toMatch(message);
		expect(error?.description).not.toMatch(/Wait for Completion/);
		expectNothingSent();
		simulator().violations.length = 0;
	});

	test('a task that is not there', async () => {
		const { error } = await add({ taskId: 'aafe70c6-0000-0000-0000-327b65f7670f' });
		expect(error?.message).toMatch(/^Gcore has no task/);
		expectNothingSent();
	});

	test('a video that is not there', async () => {
		const { error } = await addText({ videoId: '77' });
		expect(error?.message).toBe('Gcore has no video 77 [item 0]');
		expectNothingSent();
	});
});

describe('Add, if something goes wrong', () => {
	test.each(['plain', 'withStatus'] as const)(
		'says what Gcore does not like, %s',
		async (subtitleErrors) => {
			const error = 'Language "ger" is not supported';
			const body = subtitleErrors === 'plain' ? { error } : { status: 422, error };
			simulator().inject({ does: 'answer', status: 422, body, on: isWrite('POST') });
			const { json } = await addText({}, { settings: CONTINUE });
			expect(json).toMatchObject([
				{ error: `Gcore refused the request (HTTP 422): ${error} [item 0]` },
			]);
		},
	);

	const LOST = [{ does: 'reset' as const }, { does: 'answer' as const, status: 500 }];

	test.each(LOST)('finds the subtitles of a lost answer: %j', async (fault) => {
		await addText();
		simulator().inject({ ...fault, processed: true, on: isWrite('POST') });
		const { json } = await addText({ options: { replaceExisting: false } });
		expect(json).toMatchObject([{ subtitle_id: 2, replaced: false }]);
		expect(attached()).toHaveLength(2);
	});

	test.each(LOST)(
		'reports a request that was lost, and does not send it twice: %j',
		async (fault) => {
			await addText();
			simulator().inject({ ...fault, on: isWrite('POST') });
			const { error } = await addText({ options: { replaceExisting: false } });
			expect(error?.message).toMatch(/before it answered|internal problem/);
			expect(attached()).toHaveLength(1);
		},
	);

	test('reports a lost answer, not that the list fails after it', async () => {
		simulator().inject({ does: 'reset', processed: true, on: isWrite('POST') });
		const isSecondList = ({ method }: RecordedRequest) =>
			method === 'GET' && attached()?.length === 1;
		simulator().inject({ does: 'answer', status: 403, on: isSecondList });
		const { error } = await addText();
		expect(error?.message).toMatch(/before it answered/);
	});

	test.each([true, false])(
		'replaces again after a lost answer, carried out: %p',
		async (processed) => {
			await addText();
			simulator().inject({ does: 'reset', processed, on: isWrite('PATCH') });
			expect((await addText({ text: SRT })).json).toMatchObject([
				{ subtitle_id: 1, replaced: true },
			]);
			expect(attached()).toMatchObject([{ vtt: SRT }]);
		},
	);

	test('adds subtitles that were deleted before they could be replaced', async () => {
		await addText();
		const on = (request: RecordedRequest) => {
			if (isWrite('PATCH')(request)) attached()?.splice(0);
			return false;
		};
		simulator().inject({ does: 'silence', on });
		expect((await addText()).json).toMatchObject([{ subtitle_id: 2, replaced: false }]);
	});

	test('goes on with the other items, each paired with its own', async () => {
		const items = [{ text: VTT }, { text: 'Hello' }, { text: SRT }];
		const { outputs } = await addText(
			{ text: '={{ $json.text }}', name: '={{ $itemIndex }}' },
			{ items, settings: CONTINUE },
		);
		expect(outputs[0]).toMatchObject([
			{ json: { name: '0' }, pairedItem: { item: 0 } },
			{ json: { error: expect.stringMatching(/neither/) }, pairedItem: { item: 1 } },
			{ json: { name: '2' }, pairedItem: { item: 2 } },
		]);
	});
});

describe('Get Many', () => {
	test('returns an item for each', async () => {
		await addText();
		await addText({ language: 'fre', text: SRT });
		const { outputs } = await run('getMany');
		expect(outputs[0]).toEqual([
			{
				json: {
					subtitle_id: 1,
					video_id: 1,
					language: 'ger',
					language_name: 'German',
					name: 'German',
					text: VTT,
				},
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ subtitle_id: 2, text: SRT }), pairedItem: { item: 0 } },
		]);
	});

	test('says so if there are none', async () => {
		const { json, hints } = await run('getMany');
		expect([json, hints]).toEqual([[], ['The video has no subtitles']]);
	});

	test('reports a video that is not there, and goes on', async () => {
		await addText();
		const { json } = await run(
			'getMany',
			{ videoId: '={{ $json.id }}' },
			{ items: [{ id: 77 }, { id: 1 }], settings: CONTINUE },
		);
		expect(json).toMatchObject([{ error: 'Gcore has no video 77 [item 0]' }, { subtitle_id: 1 }]);
	});

	test('leaves out rows that are not subtitles', async () => {
		const body = [{ id: 'x' }, null, { id: 3, language: 'zzz' }];
		const on = ({ path }: RecordedRequest) => path.endsWith('/subtitles');
		simulator().inject({ does: 'answer', status: 200, body, on });
		const { json } = await run('getMany');
		expect(json).toMatchObject([{ subtitle_id: 3, language_name: 'zzz', name: null, text: null }]);
	});
});

describe('Delete', () => {
	test('deletes the subtitles', async () => {
		await addText();
		await addText({ language: 'fre' });
		const { json } = await run('delete', { videoId: 'Talk', subtitleId: ' 1 ' });
		expect(json).toEqual([{ subtitle_id: 1, video_id: 1, deleted: true }]);
		expect(attached()?.map(({ id }) => id)).toEqual([2]);
	});

	test('reports those that are not there', async () => {
		const { error } = await run('delete', { subtitleId: 5 });
		expect(error?.message).toBe('Video 1 has no subtitles 5 [item 0]');
	});

	test.each([
		['={{ "" }}', "'Subtitle ID' is empty [item 0]"],
		['abc', `'Subtitle ID' "abc" is not an ID [item 0]`],
		['0x10', `'Subtitle ID' "0x10" is not an ID [item 0]`],
		['1e3', `'Subtitle ID' "1e3" is not an ID [item 0]`],
		['={{ -1 }}', `'Subtitle ID' "-1" is not an ID [item 0]`],
		['0', `'Subtitle ID' "0" is not an ID [item 0]`],
		['9007199254740993', `'Subtitle ID' "9007199254740993" is not an ID [item 0]`],
		['={{ true }}', `'Subtitle ID' "true" is not an ID [item 0]`],
	])('refuses the ID %p', async (subtitleId, message) => {
		const { error } = await run('delete', { subtitleId });
		expect(error?.message).toBe(message);
		expect(simulator().requests).toEqual([]);
	});

	test.each([true, false])(
		'looks at them if the answer was lost, carried out: %p',
		async (processed) => {
			await addText();
			simulator().inject({ does: 'reset', processed, on: isWrite('DELETE') });
			const { json, error } = await run('delete', { subtitleId: 1 });
			if (processed) expect(json).toMatchObject([{ deleted: true }]);
			else expect(error?.message).toMatch(/before it answered/);
		},
	);

	test('of those that an earlier try has deleted succeeds, so that the retry can', async () => {
		await addText();
		await addText({ language: 'fre' });
		const on = (request: RecordedRequest) =>
			isWrite('DELETE')(request) && request.path.endsWith('/2');
		simulator().inject({ does: 'answer', status: 400, body: { error: 'no' }, on });
		const { json, error } = await run(
			'delete',
			{ subtitleId: '={{ $json.id }}' },
			{ items: [{ id: 1 }, { id: 2 }], settings: RETRY },
		);
		expect(error).toBeUndefined();
		expect(json.map(({ deleted }) => deleted)).toEqual([true, true]);
	});
});
