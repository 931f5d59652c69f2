import { sleep } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { KEYS } from '../simulator';
import type { RecordedRequest } from '../simulator';
import type { CreateTask, Task } from '../simulator/task';
import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const UNKNOWN_ID = 'aafe70c6-0000-0000-0000-327b65f7670f';
const CONTINUE = { onError: 'continueRegularOutput' as const };

const run = async (operation: string, parameters: INode['parameters'], more = {}) =>
	await runGcore({ simulator: simulator(), parameters: { operation, ...parameters }, ...more });

/** Tasks at the simulator, one for each request; they end at once unless given a duration in ms. */
async function createTasks(requests: INode['parameters'][], durationMs = 1): Promise<string[]> {
	simulator().options.taskDurationMs = durationMs;
	const items = requests.map((request) => ({ url: VIDEO, ...request }));
	const fields = ['url', 'audioLanguage', 'subtitlesLanguage'].map((name) => [
		name,
		`={{ $json.${name} }}`,
	]);
	const clientEntityData = '={{ $json.clientEntityData }}';
	const { json } = await run(
		'create',
		{
			...Object.fromEntries(fields),
			options: { checkLanguagePair: false },
			clientMetadata: { clientEntityData },
		},
		{ items },
	);
	await sleep(5);
	simulator().requests.length = 0;
	return json.map(({ task_id }) => String(task_id));
}

const paths = () => simulator().requests.map(({ method, path }) => `${method} ${path}`);

describe('Get', () => {
	test('returns ten flat fields', async () => {
		const [taskId] = await createTasks([{ clientEntityData: 'mine' }]);
		const { json } = await run('get', { taskId: ` ${taskId}\n` });
		expect(json).toEqual([
			{
				task_id: taskId,
				status: 'SUCCESS',
				progress: 100,
				url: VIDEO,
				client_user_id: null,
				client_entity_data: 'mine',
				languages: ['eng'],
				text: expect.stringContaining('Where are we going?'),
				failure_reason: null,
				completed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			},
		]);
	});

	test("returns Gcore's own answer unless simplified", async () => {
		const [taskId] = await createTasks([{}]);
		const { json } = await run('get', { taskId, simplify: false });
		expect(json).toEqual([
			expect.objectContaining({
				task_data: expect.objectContaining({ client_id: 1234 }),
				result: expect.objectContaining({ vttContent: expect.stringMatching(/^WEBVTT/) }),
			}),
		]);
	});

	test('shows a failed task as it is, with the reason', async () => {
		const [taskId] = await createTasks([{ url: 'https://example.com/failure.mp4' }]);
		const { json } = await run('get', { taskId });
		expect(json).toEqual([
			expect.objectContaining({
				status: 'FAILURE',
				failure_reason: 'The file could not be downloaded',
			}),
		]);
	});

	test.each([
		['', /^'Task ID' is empty \[item 0\]$/],
		['={{ null }}', /^'Task ID' is empty/],
		['nonsense', /^'Task ID' is not the ID of a Gcore task \[item 0\]$/],
		[`${UNKNOWN_ID}0`, /^'Task ID' is not the ID/],
		['../../videos', /^'Task ID' is not the ID/],
		['={{ 42 }}', /^'Task ID' is not the ID/],
	])('refuses %p before any request', async (taskId, message) => {
		const { error } = await run('get', { taskId: taskId === '' ? '={{ "" }}' : taskId });
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain('use the task_id that Create returned');
		expect(paths()).toEqual([]);
	});

	test('says what a task that is not there may mean', async () => {
		const { error } = await run('get', { taskId: UNKNOWN_ID });
		expect(error?.message).toBe(`Gcore has no task ${UNKNOWN_ID} [item 0]`);
		expect(error?.description).toMatch(/older than a month: Gcore deletes results then/);
	});

	test.each([
		[{ task_id: 7 }, 'it is not a task'],
		[[], 'it is not a task'],
	])('does not take %j for a task', async (body, words) => {
		simulator().inject({ does: 'answer', status: 200, body, times: 3 });
		const { error } = await run('get', { taskId: UNKNOWN_ID });
		expect(error?.message).toBe(`Gcore returned an answer that cannot be read: ${words} [item 0]`);
	});
});

describe('Get Many', () => {
	const urls = (count: number) =>
		Array.from({ length: count }, (_, i) => ({ url: `https://example.com/${i}.mp4` }));

	const listRequests = () => simulator().requests.map(({ query }) => query);

	test('stops at the limit without asking for more', async () => {
		await createTasks(urls(30));
		const { json } = await run('getMany', { limit: 20 });
		expect(json).toHaveLength(20);
		expect(listRequests()).toEqual([{ task_name: 'transcription', page: '1', limit: '20' }]);
	});

	test('follows the pages to the end, though they have fewer rows than asked for', async () => {
		const taskIds = await createTasks(urls(45));
		simulator().options.pageSizeLimit = 20;
		const { json } = await run('getMany', { returnAll: true });
		expect(json.map(({ task_id }) => task_id).sort()).toEqual(taskIds.sort());
		expect(listRequests().map(({ page, limit }) => [page, limit])).toEqual([
			['1', '100'],
			['2', '100'],
			['3', '100'],
		]);
	});

	test('fills a limit over several pages', async () => {
		await createTasks(urls(45));
		simulator().options.pageSizeLimit = 20;
		expect((await run('getMany', { limit: 30 })).json).toHaveLength(30);
		expect(listRequests()).toHaveLength(2);
	});

	test('returns once a row that moves to the next page meanwhile', async () => {
		const taskIds = await createTasks(urls(30));
		simulator().options.pageSizeLimit = 20;
		const secondPage = ({ query }: RecordedRequest) => {
			if (query['page'] === '2' && simulator().tasks.length === 30) {
				const newest = Date.now() + 1000;
				const [first] = simulator().tasks;
				if (first) {
					const late = { ...first, id: UNKNOWN_ID, createdAt: newest };
					(simulator().tasks as unknown[]).push(late);
				}
			}
			return false;
		};
		simulator().inject({ does: 'silence', on: secondPage });
		const { json } = await run('getMany', { returnAll: true });
		expect(json.map(({ task_id }) => task_id).sort()).toEqual(taskIds.sort());
	});

	test('filters, sorts and returns raw rows', async () => {
		const [, wanted] = await createTasks([
			...urls(1),
			{ clientEntityData: 'Sommer "24"' },
			{ url: 'https://example.com/failure.mp4', clientEntityData: 'Sommer "24"' },
		]);
		const { json } = await run('getMany', {
			simplify: false,
			options: { sort: 'started_at' },
			filters: { status: 'SUCCESS', search: 'Sommer "24"' },
		});
		expect(json.map(({ task_id }) => task_id)).toEqual([wanted]);
		expect(json[0]).toHaveProperty('processing_time');
		expect(listRequests()).toEqual([
			expect.objectContaining({
				status: 'SUCCESS',
				search: 'Sommer "24"',
				ordering: 'started_at',
			}),
		]);
	});

	test.each([
		['status', ({ status }: IDataObject) => status],
		['task_id', ({ task_id }: IDataObject) => task_id],
		['started_at', ({ started_at }: IDataObject) => started_at],
	])('puts the lists of several statuses into one order, by %s', async (sort, keyOf) => {
		await createTasks([...urls(3), { url: 'https://example.com/failure.mp4' }, ...urls(2)]);
		const { json } = await run('getMany', {
			options: { sort },
			filters: { status: ['SUCCESS', 'FAILURE'] },
		});
		expect(new Set(json.map(({ status }) => status))).toEqual(new Set(['FAILURE', 'SUCCESS']));
		expect(json).toHaveLength(6);
		const keys = json.map((task) => String(keyOf(task)));
		expect(keys).toEqual([...keys].sort());
	});

	test.each([
		['RECEIVED', 'SUCCESS'],
		['SUCCESS', 'RECEIVED'],
	])('returns a task once that ends while the lists of %s and %s are read', async (...status) => {
		const [taskId] = await createTasks([{}], 60_000);
		const { json: rows } = await run('getMany', { simplify: false });
		const results = rows.map((row) => ({ ...row, status: 'SUCCESS' }));
		const on = ({ query }: RecordedRequest) => query['status'] === 'SUCCESS';
		simulator().inject({ does: 'answer', status: 200, body: { results, next: null }, on });
		const { json } = await run('getMany', { filters: { status } });
		expect(json).toEqual([expect.objectContaining({ task_id: taskId, status: 'SUCCESS' })]);
	});

	test.each([
		['There are no tasks yet', {}],
		['No task matches the filters', { search: 'nope' }],
		['No task matches the filters', { status: ['SUCCESS'] }],
	])('says of an empty account: %s', async (hint, filters) => {
		const { json, error, hints } = await run('getMany', { returnAll: true, filters });
		expect([json, error, hints]).toEqual([[], undefined, [hint]]);
	});

	test('refuses an invalid limit', async () => {
		const { error } = await run('getMany', { limit: '={{ 0.5 }}' });
		expect(error?.message).toBe("'Limit' must be a whole number above 0 [item 0]");
	});
});

describe('Cancel', () => {
	test('stops a running task', async () => {
		const [taskId] = await createTasks([{}], 60_000);
		const { json } = await run('cancel', { taskId });
		expect(json).toEqual([{ task_id: taskId, cancelled: true, result: 'Task was revoked' }]);
		expect((await run('get', { taskId })).json[0]?.['status']).toBe('REVOKED');
	});

	test('reports a task that had already ended', async () => {
		const [taskId] = await createTasks([{}]);
		const { error } = await run('cancel', { taskId });
		expect(error?.message).toBe(`Task ${taskId} had already ended (SUCCESS) [item 0]`);
		expect(error?.description).toMatch(/fetch its result/);
	});

	test('reports a task that does not exist', async () => {
		const { json } = await run('cancel', { taskId: UNKNOWN_ID }, { settings: CONTINUE });
		expect(json).toEqual([
			{ error: `Gcore has no task ${UNKNOWN_ID} [item 0]`, message: expect.any(String) },
		]);
	});

	test('looks at the task if the answer was lost', async () => {
		const [taskId] = await createTasks([{}], 60_000);
		simulator().inject({ does: 'answer', status: 502, processed: true });
		const { json } = await run('cancel', { taskId });
		expect(json).toEqual([expect.objectContaining({ cancelled: true })]);
	});

	test('of a task that an earlier try has cancelled succeeds, so that the retry can', async () => {
		const [first, second] = await createTasks([{}, {}], 60_000);
		const isSecond = ({ path }: RecordedRequest) => path.includes(String(second));
		simulator().inject({ does: 'answer', status: 400, body: { error: 'no' }, on: isSecond });
		const { json, error } = await run(
			'cancel',
			{ taskId: '={{ $json.taskId }}' },
			{
				items: [{ taskId: first }, { taskId: second }],
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(error).toBeUndefined();
		expect(json.map(({ cancelled }) => cancelled)).toEqual([true, true]);
	});

	test.each([
		['nothing', undefined],
		['no words', { result: null }],
	])('is done if Gcore accepts it with %s', async (_, body) => {
		const [taskId] = await createTasks([{}], 60_000);
		simulator().inject({ does: 'answer', status: 202, ...(body && { body }), processed: true });
		const { json } = await run('cancel', { taskId });
		expect(json).toEqual([expect.objectContaining({ task_id: taskId, cancelled: true })]);
		expect(json[0]?.['result']).not.toContain('"');
	});

	test('keeps the refusal of a task that is still running', async () => {
		const [taskId] = await createTasks([{}], 60_000);
		simulator().inject({ does: 'answer', status: 400, body: { error: 'not now' } });
		const { error } = await run('cancel', { taskId });
		expect(error?.message).toBe('Gcore refused the request (HTTP 400): not now [item 0]');
	});
});

describe('Check Support', () => {
	test.each([
		['en-US', 'de', true],
		['eng', 'uzb', false],
	])('%p to %p is %p', async (audioLanguage, subtitlesLanguage, supported) => {
		const parameters = { resource: 'language', audioLanguage, subtitlesLanguage };
		const { json } = await run('checkSupport', parameters);
		expect(json).toEqual([
			{
				audio_language: 'eng',
				audio_language_name: 'English',
				...{
					de: { subtitles_language: 'ger', subtitles_language_name: 'German' },
					uzb: { subtitles_language: 'uzb', subtitles_language_name: 'Uzbek' },
				}[subtitlesLanguage],
				supported,
			},
		]);
	});

	test.each([
		['audioLanguage', 'Audio Language'],
		['subtitlesLanguage', 'Subtitles Language'],
	])('needs %s', async (name, label) => {
		const languages = { audioLanguage: 'eng', subtitlesLanguage: 'ger', [name]: '={{ null }}' };
		const { error } = await run('checkSupport', { resource: 'language', ...languages });
		expect(error?.message).toBe(`'${label}' is empty [item 0]`);
	});
});

describe('Get Subtitles', () => {
	const FORMATS = ['vtt', 'srt', 'txt', 'cues'];

	const filesOf = (result: Awaited<ReturnType<typeof run>>) => {
		const { binary = {} } = result.outputs[0]?.[0] ?? {};
		return Object.fromEntries(
			Object.entries(binary).map(([field, { fileName, mimeType, data }]) => [
				field,
				{ fileName, mimeType, text: Buffer.from(data, 'base64').toString('utf8') },
			]),
		);
	};

	test('returns a file for each format, named after video and language', async () => {
		const [taskId] = await createTasks([{}]);
		const result = await run('getSubtitles', { taskId, formats: FORMATS });
		const name = 'spritefright-blender-cut30sec.eng';
		expect(filesOf(result)).toEqual({
			vtt: {
				fileName: `${name}.vtt`,
				mimeType: 'text/plain',
				text: expect.stringMatching(/^WEBVTT\n\n1\n00:00:00\.000 --> 00:00:02\.500\nCome on/),
			},
			srt: {
				fileName: `${name}.srt`,
				mimeType: 'text/plain',
				text: expect.stringMatching(/^1\n00:00:00,000 --> 00:00:02,500\nCome on, come on\.\n\n2\n/),
			},
			txt: {
				fileName: `${name}.txt`,
				mimeType: 'text/plain',
				text: expect.stringMatching(/^Come on, come on\. Where/),
			},
			cues: {
				fileName: `${name}.json`,
				mimeType: 'application/json',
				text: expect.stringContaining('"start_time": "00:00:03.000"'),
			},
		});
		expect(result.json[0]).toMatchObject({
			task_id: taskId,
			language: 'eng',
			speech_detected: true,
			cue_count: 3,
			files: ['vtt', 'srt', 'txt', 'json'].map((extension) => `${name}.${extension}`),
		});
	});

	test('names fields and files as asked', async () => {
		const [taskId] = await createTasks([{ subtitlesLanguage: 'de' }]);
		const options = { prefix: 'sub_', fileName: 'a/b' };
		const result = await run('getSubtitles', { taskId, formats: ['srt'], options });
		expect(filesOf(result)).toEqual({
			sub_srt: expect.objectContaining({ fileName: 'a_b.ger.srt' }),
		});
	});

	test('returns text in JSON if that is wanted', async () => {
		const [taskId] = await createTasks([{}]);
		const result = await run('getSubtitles', { taskId, formats: 'srt, cues', outputAs: 'json' });
		expect(filesOf(result)).toEqual({});
		expect(result.json[0]).toMatchObject({
			srt: expect.stringMatching(/^1\n/),
			cues: [
				{ start_time: '00:00:00.000', end_time: '00:00:02.500', text: 'Come on, come on.' },
				{},
				{},
			],
		});
		expect(result.json[0]).not.toHaveProperty('vtt');
	});

	test('returns valid empty files if nobody speaks', async () => {
		const [taskId] = await createTasks([{ url: 'https://example.com/no-speech.mp4' }]);
		const result = await run('getSubtitles', { taskId, formats: FORMATS });
		const texts = Object.values(filesOf(result)).map(({ text }) => text);
		expect(texts).toEqual(['WEBVTT\n', '', '', '[]']);
		expect(result.json[0]).toMatchObject({ speech_detected: false, cue_count: 0 });
	});

	test('reports a task that is not done yet, with status and progress', async () => {
		const [taskId] = await createTasks([{}], 60_000);
		const { error } = await run('getSubtitles', { taskId });
		expect(error?.message).toMatch(/^Task .* is not done yet: RECEIVED, 0 % \[item 0\]$/);
		expect(error?.description).toMatch(/^Turn on 'Wait for Completion'/);
	});

	test.each([
		[{ url: 'https://example.com/failure.mp4' }, /failed: The file could not be downloaded/],
		[
			{ audioLanguage: 'eng', subtitlesLanguage: 'uzb' },
			/failed \(English to Uzbek\): Language pair is not supported: eng => uzb/,
		],
	])('says why %j failed', async (request, message) => {
		const [taskId] = await createTasks([request]);
		expect((await run('getSubtitles', { taskId })).error?.message).toMatch(message);
	});

	test('reports a cancelled task', async () => {
		const [taskId] = await createTasks([{}], 60_000);
		await run('cancel', { taskId });
		const { error } = await run('getSubtitles', { taskId });
		expect(error?.message).toBe(`Task ${taskId} was cancelled [item 0]`);
	});

	test.each([
		['={{ [] }}', /^'Formats' is empty/],
		['docx', /^'Formats' has no "docx"/],
	])('refuses the formats %j', async (formats, message) => {
		const { error } = await run('getSubtitles', { taskId: UNKNOWN_ID, formats });
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain(
			'ass, cues, txt, srt, transcript, timedTranscript, ttml, vtt',
		);
	});
});

describe('odd answers about a task', () => {
	const ended = (shown: NonNullable<Task['shown']>, request: Partial<CreateTask> = {}) =>
		simulator().add({
			createdAt: Date.now() - 60_000,
			durationMs: 1,
			shown,
			request: { task_name: 'transcription', url: VIDEO, ...request },
		}).id;

	afterEach(() => {
		simulator().violations.length = 0;
	});

	test('a failure without a reason says so', async () => {
		const taskId = ended({ status: 'FAILURE', result: { error: '' } });
		const { error } = await run('getSubtitles', { taskId });
		expect(error?.message).toContain('failed: Gcore reports no reason');
	});

	test('a text without cues is speech', async () => {
		const taskId = ended({ result: { concatenated_text: 'Hello' } });
		const { json } = await run('getSubtitles', { taskId, formats: ['txt'], outputAs: 'json' });
		expect(json).toMatchObject([{ speech_detected: true, txt: 'Hello\n' }]);
	});

	test('an empty language is none', async () => {
		const result = { languages: ['eng'], concatenated_text: 'Hello' };
		const taskId = ended({ result }, { subtitles_language: '' });
		const { json } = await run('getSubtitles', { taskId, formats: ['txt'] });
		expect(json).toMatchObject([
			{ language: 'eng', files: ['spritefright-blender-cut30sec.eng.txt'] },
		]);
	});

	test('the key is hidden in an answer that succeeds, too', async () => {
		const words = `bad header APIKey ${KEYS.valid}`;
		const taskId = ended(
			{ status: 'FAILURE', result: { error: words } },
			{ client_entity_data: words },
		);
		for (const operation of ['get', 'getSubtitles', 'getMany']) {
			const { json, error } = await run(operation, { taskId });
			expect(JSON.stringify([json, error?.message])).toContain('***');
			expect(JSON.stringify([json, error])).not.toContain(KEYS.valid);
		}
	});
});
