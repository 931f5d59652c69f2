import { stringify } from 'flatted';
import type { INode } from 'n8n-workflow';

import { apiKeyOf } from '../../nodes/shared/api/credential';
import { KEYS } from '../simulator';
import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const CONTINUE = { onError: 'continueRegularOutput' as const };

const run = async (parameters: INode['parameters'], more = {}) =>
	await runGcore({ simulator: simulator(), parameters: { url: VIDEO, ...parameters }, ...more });

describe('the key stays hidden however it was pasted', () => {
	const { valid: key } = KEYS;

	test.each([
		`APIKey:${key}`,
		`${key}\u200b`,
		`\u200bAPIKey ${key}`,
		`APIKey\u200b ${key}`,
		`apikey ${key.slice(0, 9)}\n${key.slice(9)}`,
		`Authorization: APIKey ${key}`,
	])('%j', async (apiKey) => {
		expect(apiKeyOf(apiKey)).toBe(key);
		simulator().inject({
			does: 'answer',
			status: 400,
			body: { error: `bad header APIKey ${key}` },
			on: ({ method }: { method: string }) => method === 'POST',
		});
		const credential = { apiKey, baseUrl: simulator().url };
		const { run: data, error } = await run({}, { credential });
		expect(simulator().requests[0]?.headers['authorization']).toBe(`APIKey ${key}`);
		expect(error?.message).toContain('bad header APIKey ***');
		expect(stringify(data)).not.toContain(key);
	});
});

describe('an expression that fails', () => {
	test.each([
		['url', 'Video URL'],
		['audioLanguage', 'Audio Language'],
		['waitForCompletion', 'Wait for Completion'],
	])('of %s names the field', async (name, label) => {
		const { error } = await run({ [name]: "={{ $('Nope').item.json.url }}" });
		expect(error?.message).toMatch(new RegExp(`^'${label}': .* \\[item 0\\]$`));
		expect(error?.description).toMatch(/^Correct the expression/);
		expect(simulator().requests).toEqual([]);
	});
});

describe('a switch by expression', () => {
	test('that is the text "true" is on', async () => {
		const pair = { audioLanguage: 'eng', subtitlesLanguage: 'uzb' };
		const { error } = await run({ ...pair, options: { checkLanguagePair: '={{ "true" }}' } });
		expect(error?.message).toBe('Gcore cannot translate English to Uzbek [item 0]');
	});

	test('that is not set counts as its default', async () => {
		const pair = { audioLanguage: 'eng', subtitlesLanguage: 'uzb' };
		const { error } = await run({
			...pair,
			options: { checkLanguagePair: '={{ $json.missing }}' },
		});
		expect(error?.message).toBe('Gcore cannot translate English to Uzbek [item 0]');
	});

	test('that is something else is refused', async () => {
		const { error } = await run({ waitForCompletion: '={{ "yes" }}' });
		expect(error?.message).toBe("'Wait for Completion' is neither true nor false [item 0]");
	});
});

describe('a bad Request Timeout', () => {
	test('fails its item, and not the others', async () => {
		const { json } = await run(
			{ options: { requestTimeout: '={{ $json.seconds }}' } },
			{ items: [{ seconds: 5 }, { seconds: -1 }, { seconds: null }], settings: CONTINUE },
		);
		expect(json.map(({ task_id, error }) => error ?? typeof task_id)).toEqual([
			'string',
			"'Request Timeout (Seconds)' must be a number above 0 and at most 3600 [item 1]",
			'string',
		]);
	});
});

test('unsupported pairs are listed like other bad fields, and nothing is sent', async () => {
	const { error } = await run(
		{ audioLanguage: 'eng', subtitlesLanguage: '={{ $json.to }}' },
		{ items: ['uzb', 'ger', 'yid'].map((to) => ({ to })) },
	);
	expect(error?.message).toBe('2 of 3 items have a problem, so nothing was sent');
	expect(error?.description).toMatch(/Uzbek \[item 0\].*Yiddish \[item 2\]/);
	expect(simulator().tasks).toEqual([]);
});

test('a problem of one of several languages names it', async () => {
	simulator().options.queueLimit = 2;
	const { json } = await run(
		{ alsoTranslateTo: ['fre', 'ger', 'ita'], options: { whenQueueIsFull: 'fail' } },
		{ settings: CONTINUE },
	);
	const errors = json.flatMap(({ error }) => error ?? []);
	expect(errors).toHaveLength(2);
	for (const error of errors) expect(error).toMatch(/\(subtitles in [A-Za-z ]+\) \[item 0\]$/);
});

describe('odd results', () => {
	const ID = 'aafe70c6-0000-0000-0000-327b65f7670f';
	const task = { task_id: ID, status: 'SUCCESS' };

	const answerWith = (body: object) => simulator().inject({ does: 'answer', status: 200, body });

	test.each([[[7]], ['eng'], [{ code: 'eng' }], [null]])(
		'languages as %j do no harm',
		async (languages) => {
			answerWith({ ...task, result: { languages, concatenated_text: 'Hi.' } });
			const { json } = await run({ operation: 'getSubtitles', taskId: ID });
			expect(json[0]).toMatchObject({ language: null, files: [`${ID}.srt`] });
		},
	);

	test('a success without a result is no silence', async () => {
		answerWith(task);
		const { error } = await run({ operation: 'getSubtitles', taskId: ID });
		expect(error?.message).toBe(
			`Task ${ID} succeeded, but Gcore returned no result with it [item 0]`,
		);
	});

	test('a reason that is an object is reported as JSON', async () => {
		answerWith({ ...task, status: 'FAILURE', result: { error: { code: 7 } } });
		const { error } = await run({ operation: 'getSubtitles', taskId: ID });
		expect(error?.message).toBe(`Task ${ID} failed: {"code":7} [item 0]`);
	});

	test('a reason that holds an error code of Node.js keeps its words, which n8n would replace', async () => {
		const error = 'getaddrinfo ENOTFOUND cdn.example.com';
		answerWith({ ...task, status: 'FAILURE', result: { error } });
		const result = await run({ operation: 'getSubtitles', taskId: ID });
		expect(result.error?.message).toBe(`Task ${ID} failed: ${error} [item 0]`);
	});

	test('a raw task with an empty error is no failed item', async () => {
		answerWith({ ...task, error: null });
		const { json } = await run({ operation: 'get', taskId: ID, simplify: false });
		expect(json).toEqual([task]);
	});

	test('an ID in capitals is the same task', async () => {
		answerWith(task);
		await run({ operation: 'get', taskId: ID.toUpperCase() });
		expect(simulator().requests[0]?.path).toBe(`/streaming/ai/tasks/${ID}`);
	});

	test('a list that never ends is abandoned', async () => {
		const body = { results: [task], next: 'page=2' };
		simulator().inject({ does: 'answer', status: 200, body, times: Infinity });
		const { json } = await run({ operation: 'getMany', returnAll: true });
		expect(json).toHaveLength(1);
		expect(simulator().requests).toHaveLength(3);
	});
});
