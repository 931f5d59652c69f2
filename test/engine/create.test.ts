import { stringify } from 'flatted';
import type { INode } from 'n8n-workflow';

import { LANGUAGES } from '../../nodes/shared/languages';
import { GATEWAY_PAGE, KEYS } from '../simulator';
import type { Fault } from '../simulator/faults';
import { runGcore } from './engine';
import type { GcoreResult } from './engine';
import { setStage, VIDEO } from './stage';

const TASK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const stage = setStage();

const create = async (
	parameters: INode['parameters'],
	run: Partial<Parameters<typeof runGcore>[0]> = {},
) => await runGcore({ simulator: stage(), parameters: { url: VIDEO, ...parameters }, ...run });

const sentBodies = () =>
	stage()
		.requests.filter(({ method }) => method === 'POST')
		.map(({ body }) => body);

describe('the four modes of the create page', () => {
	test.each([
		['auto-detection', {}, {}],
		['from German', { audioLanguage: 'ger' }, { audio_language: 'ger' }],
		['from any language to English', { subtitlesLanguage: 'eng' }, { subtitles_language: 'eng' }],
		[
			'from German to English',
			{ audioLanguage: 'ger', subtitlesLanguage: 'eng' },
			{ audio_language: 'ger', subtitles_language: 'eng' },
		],
	])('%s sends exactly the body shown there', async (_, parameters, languages) => {
		const { json, error } = await create(parameters);
		const body = { task_name: 'transcription', url: VIDEO, ...languages };
		expect(error).toBeUndefined();
		expect(sentBodies()).toEqual([body]);
		expect(json).toEqual([{ task_id: expect.stringMatching(TASK_ID), ...body }]);
		expect(json[0]?.['task_id']).toBe(stage().tasks[0]?.id);
	});
});

describe('fields', () => {
	test('null, empty and missing are the same', async () => {
		for (const unset of [null, '', '={{ undefined }}', '={{ null }}']) {
			await create({
				audioLanguage: unset,
				subtitlesLanguage: unset,
				additionalFields: { clientUserId: unset, clientEntityData: unset },
			});
		}
		expect(sentBodies()).toEqual(Array(4).fill({ task_name: 'transcription', url: VIDEO }));
	});

	test.each(['de', 'deu', 'ger', 'DE', 'de-AT', ' de_CH '])(
		'the language %p by expression becomes ger',
		async (code) => {
			await create({ audioLanguage: '={{ $json.code }}' }, { items: [{ code }] });
			expect(sentBodies()).toEqual([expect.objectContaining({ audio_language: 'ger' })]);
		},
	);

	test('every language of the dropdown is one that Gcore takes', async () => {
		const items = LANGUAGES.map(({ code }) => ({ code }));
		const language = '={{ $json.code }}';
		const { error } = await create(
			{ audioLanguage: language, subtitlesLanguage: language },
			{ items },
		);
		expect(error).toBeUndefined();
		expect(stage().tasks).toHaveLength(99);
	});

	test.each([
		['text', 'a\n"b"', 'a\n"b"'],
		['a number', 42, '42'],
		['zero', 0, '0'],
		['a JSON object', { video: { id: 7 } }, '{"video":{"id":7}}'],
	])('Client Entity Data takes %s', async (_, value, sent) => {
		await create(
			{ additionalFields: { clientEntityData: '={{ $json.value }}' } },
			{ items: [{ value }] },
		);
		expect(sentBodies()).toEqual([expect.objectContaining({ client_entity_data: sent })]);
	});

	test.each([
		['text', 'customer-42', 'customer-42'],
		['a number', 42, '42'],
		['256 characters', '€'.repeat(255) + '😀', '€'.repeat(255) + '😀'],
	])('Client User ID takes %s', async (_, value, sent) => {
		await create(
			{ additionalFields: { clientUserId: '={{ $json.value }}' } },
			{ items: [{ value }] },
		);
		expect(sentBodies()).toEqual([expect.objectContaining({ client_user_id: sent })]);
	});

	test('a signed link is sent to the letter', async () => {
		const url = "https://cdn.example.com/v/a%20b.mp4?X-Sig=a%2Fb+c==&e='1'";
		await create({ url: ` ${url}\n` });
		expect(sentBodies()).toEqual([expect.objectContaining({ url })]);
	});
});

const REFUSED: Array<[what: string, parameters: INode['parameters'], error: RegExp]> = [
	['an empty URL', { url: '={{ "" }}' }, /^Video URL is empty/],
	['a missing URL', { url: '={{ $json.nothing }}' }, /^Video URL is empty/],
	['a blank URL', { url: '={{ "  " }}' }, /^Video URL is empty/],
	['a URL that is an object', { url: '={{ ({a: 1}) }}' }, /^Video URL is not text/],
	['a path', { url: '/videos/a.mp4' }, /^Video URL is not a full web address/],
	['FTP', { url: 'ftp://example.com/a.mp4' }, /^Video URL starts with "ftp:"/],
	['a password', { url: 'https://u:p4ss@example.com/a.mp4' }, /^Video URL carries a user name/],
	['localhost', { url: 'http://localhost/a.mp4' }, /^Video URL points to "localhost"/],
	['a private host', { url: 'http://0xa000001/a.mp4' }, /^Video URL points to "10\.0\.0\.1"/],
	['an unknown language', { audioLanguage: 'germn' }, /^Audio Language "germn" is no language/],
	[
		'a language that is a list',
		{ subtitlesLanguage: '={{ ["de"] }}' },
		/^Subtitles Language is not text/,
	],
	[
		'a long Client User ID',
		{ additionalFields: { clientUserId: 'x'.repeat(257) } },
		/^Client User ID has 257 characters/,
	],
	[
		'a Client User ID that is an object',
		{ additionalFields: { clientUserId: '={{ ({a: 1}) }}' } },
		/^Client User ID is not text or a number/,
	],
	[
		'long Client Entity Data',
		{ additionalFields: { clientEntityData: 'x'.repeat(4097) } },
		/^Client Entity Data has 4097 characters/,
	],
	[
		'a time-out of nothing',
		{ options: { requestTimeout: 0 } },
		/^Request Timeout \(Seconds\) is not usable/,
	],
];

describe('refused before any request', () => {
	test.each(REFUSED)('%s', async (_, parameters, message) => {
		const { error } = await create(parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(`${error?.message} ${error?.description}`).not.toContain('p4ss');
		expect(stage().requests).toEqual([]);
	});

	test('the nearest languages are named', async () => {
		const { error } = await create({ audioLanguage: 'germn' });
		expect(error?.description).toContain('Did you mean German (ger)');
	});

	const items = [
		{ url: VIDEO },
		{ url: 'http://127.0.0.1/a.mp4' },
		{ url: VIDEO },
		{ url: 'nonsense' },
	];
	const url = '={{ $json.url }}';

	test('all items are checked first, and one error lists the bad ones', async () => {
		const { error } = await create({ url }, { items });
		expect(error?.message).toBe('2 of 4 items cannot be sent, so nothing was sent');
		expect(error?.description).toContain('not on the internet [item 1]. Gcore downloads');
		expect(error?.description).toContain('not a full web address [item 3]. Give');
		expect(stage().requests).toEqual([]);
	});

	test('a single bad item is named in the message itself', async () => {
		const { error } = await create({ url }, { items: items.slice(0, 2) });
		expect(error?.message).toBe(
			'Video URL points to "127.0.0.1", which is not on the internet [item 1]',
		);
		expect(error?.context?.['itemIndex']).toBe(1);
	});

	test('with Continue On Fail the bad ones fail and the good ones are sent', async () => {
		const { outputs } = await create(
			{ url },
			{ items, settings: { onError: 'continueRegularOutput' } },
		);
		expect(outputs[0]?.map(({ json }) => Object.keys(json))).toEqual([
			['task_id', 'task_name', 'url'],
			['error', 'message'],
			['task_id', 'task_name', 'url'],
			['error', 'message'],
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(stage().tasks).toHaveLength(2);
	});

	test('with the error output the bad ones go there, with their input', async () => {
		const { outputs } = await create(
			{ url },
			{ items, settings: { onError: 'continueErrorOutput' } },
		);
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[1]?.map(({ json }) => json)).toEqual([
			{
				url: 'http://127.0.0.1/a.mp4',
				error: 'Video URL points to "127.0.0.1", which is not on the internet [item 1]',
				message: 'Gcore downloads the file itself: use an address that anyone can reach.',
			},
			expect.objectContaining({ url: 'nonsense' }),
		]);
	});
});

const MAY_EXIST = /Gcore may have created the task all the same/;

interface Failure {
	what: string;
	fault?: Fault;
	key?: string;
	message: RegExp;
	advice: RegExp;
}

const FAILURES: Failure[] = [
	{
		what: 'a wrong key',
		key: '1234$wrong',
		message: /does not accept the API key \(HTTP 401\): Authorization failed \[item 0\]$/,
		advice: /^Check the API Key in the Gcore API credential/,
	},
	{
		what: 'a key without access',
		key: KEYS.forbidden,
		message: /does not let this API key use AI tasks \(HTTP 403\)/,
		advice: /token with access to Streaming/,
	},
	{
		what: 'an account without AI',
		key: KEYS.noAi,
		message: /AI is not enabled for this Gcore account \(HTTP 422\)/,
		advice: /Ask Gcore support/,
	},
	{
		what: 'a full queue',
		fault: {
			does: 'answer',
			status: 400,
			body: { error: 'Queue limit reached (100), try later.' },
		},
		message: /queue is full \(HTTP 400\): Queue limit reached \(100\), try later\./,
		advice: /Run this item again when some have ended\. No task was created/,
	},
	{
		what: 'a bad request',
		fault: { does: 'answer', status: 400, body: { error: { url: ['is too long'] } } },
		message: /refused the request \(HTTP 400\): \{"url":\["is too long"\]\}/,
		advice: /Correct the fields/,
	},
	{
		what: 'a 422 about something else',
		fault: { does: 'answer', status: 422, body: { detail: 'url is too long' } },
		message: /refused the request \(HTTP 422\): url is too long/,
		advice: /Correct the fields/,
	},
	{
		what: 'nothing there',
		fault: { does: 'answer', status: 404, body: { message: 'no route' } },
		message: /found nothing at this address \(HTTP 404\): no route/,
		advice: /Check the Base URL/,
	},
	{
		what: 'too many requests',
		fault: { does: 'answer', status: 429, headers: { 'Retry-After': '30' } },
		message: /too many came at once \(HTTP 429\)\. It asks to wait 30 s/,
		advice: /Wait a minute/,
	},
	{
		what: 'an internal error',
		fault: { does: 'answer', status: 500, body: { error: 'oops' }, processed: true },
		message: /internal error \(HTTP 500\): oops/,
		advice: MAY_EXIST,
	},
	{
		what: 'a gateway page',
		fault: { does: 'answer', status: 502, body: GATEWAY_PAGE },
		message: /A web page came back .*\(HTTP 502\): 502 Bad Gateway \[item 0\]$/,
		advice: MAY_EXIST,
	},
	{
		what: 'a gateway page that says 200',
		fault: { does: 'answer', status: 200, body: '<!DOCTYPE html><title>Log in</title>' },
		message: /A web page came back .*\(HTTP 200\)/,
		advice: MAY_EXIST,
	},
	{
		what: 'a redirect',
		fault: { does: 'answer', status: 301, headers: { Location: 'https://example.com/' } },
		message: /sent the request on to another address \(HTTP 301\): https:\/\/example\.com\//,
		advice: /Correct the Base URL/,
	},
	{
		what: 'a 201 without a task_id',
		fault: { does: 'answer', status: 201, body: { ok: true }, processed: true },
		message: /cannot be read: it holds no task_id/,
		advice: MAY_EXIST,
	},
	{
		what: 'a 201 with an empty task_id',
		fault: { does: 'answer', status: 201, body: { task_id: '' }, processed: true },
		message: /it holds no task_id/,
		advice: MAY_EXIST,
	},
	{
		what: 'a 201 that is not JSON',
		fault: { does: 'answer', status: 201, body: 'task created', processed: true },
		message: /cannot be read \(HTTP 201\): it is not JSON/,
		advice: MAY_EXIST,
	},
	{
		what: 'an empty 201',
		fault: { does: 'answer', status: 201, processed: true },
		message: /cannot be read \(HTTP 201\): it is not JSON/,
		advice: MAY_EXIST,
	},
	{
		what: 'a lost connection',
		fault: { does: 'reset', processed: true },
		message: /The connection to Gcore was lost before it answered/,
		advice: MAY_EXIST,
	},
	{
		what: 'silence',
		fault: { does: 'silence' },
		message: /did not answer in time/,
		advice: /Raise "Request Timeout \(Seconds\)" under Options.*Gcore may have created/,
	},
];

describe('errors by what happened', () => {
	const options = { requestTimeout: 0.3 };

	test.each(FAILURES)('$what', async ({ fault, key = KEYS.valid, message, advice }) => {
		if (fault) stage().inject(fault);
		const credential = { apiKey: key, baseUrl: stage().url };
		const { error } = await create({ options }, { credential });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
		expect(stage().requests).toHaveLength(1);
	});

	test.each(FAILURES)('$what, with Continue On Fail', async ({ fault, key, message, advice }) => {
		if (fault) stage().inject(fault);
		const credential = { apiKey: key ?? KEYS.valid, baseUrl: stage().url };
		const settings = { onError: 'continueRegularOutput' as const };
		const { json } = await create({ options }, { credential, settings });
		expect(json).toEqual([
			{ error: expect.stringMatching(message), message: expect.stringMatching(advice) },
		]);
	});

	test('no connection', async () => {
		const credential = { apiKey: KEYS.valid, baseUrl: 'http://127.0.0.1:1' };
		const { error } = await create({}, { credential });
		expect(error?.message).toBe('Gcore could not be reached [item 0]');
		expect(error?.description).toMatch(/Check the Base URL .* Nothing was sent\.$/);
	});

	test('a run that ends early tells which tasks exist', async () => {
		stage().inject({
			does: 'answer',
			status: 500,
			on: ({ body }) => JSON.stringify(body).includes('bad'),
		});
		const items = Array.from({ length: 40 }, (_, i) => ({ name: i === 5 ? 'bad' : `v${i}` }));
		const url = '=https://example.com/{{ $json.name }}.mp4';
		const { error } = await create({ url }, { items });
		expect(error?.message).toMatch(/internal error \(HTTP 500\) \[item 5\]$/);
		const created = stage().tasks.map(({ id }) => id);
		expect(created.length).toBeGreaterThanOrEqual(5);
		expect(created.length).toBeLessThan(20);
		for (const id of created) expect(error?.description).toContain(id);
		expect([...(error?.context?.['createdTaskIds'] as string[])].sort()).toEqual(created.sort());
	});
});

describe('a batch', () => {
	test('comes out in the order of the items, paired, at most 10 requests at once', async () => {
		stage().inject({ does: 'delay', ms: 30, times: 50 });
		stage().inject({ does: 'delay', ms: 5, times: 50 });
		const items = Array.from({ length: 60 }, (_, i) => ({ i }));
		const { outputs } = await create({ url: '=https://example.com/{{ $json.i }}.mp4' }, { items });
		const urls = outputs[0]?.map(({ json }) => json['url']);
		expect(urls).toEqual(items.map(({ i }) => `https://example.com/${i}.mp4`));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(stage().mostAtOnce()).toBe(10);
	});

	test('the same URL twice gives two tasks', async () => {
		await create({}, { items: [{}, {}] });
		expect(stage().tasks).toHaveLength(2);
	});

	test('URLs that do not end in .mp4 get one hint a run, with their count', async () => {
		const items = ['a.mp4', 'b.MP4?token=1', 'c', 'd.mov'].map((name) => ({ name }));
		const { hints } = await create({ url: '=https://example.com/{{ $json.name }}' }, { items });
		expect(hints).toEqual([
			'2 video URLs do not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.',
		]);
	});

	test('URLs that do end in .mp4 get none', async () => {
		expect((await create({})).hints).toEqual([]);
	});
});

describe('the credential', () => {
	const [key] = [KEYS.valid];

	test.each([
		['as it is', key],
		['with its scheme', `APIKey ${key}`],
		['with its scheme in lower case', `apikey ${key}`],
		['with the whole header', `Authorization: APIKey ${key}`],
		['with spaces', `  ${key} `],
		['with a line break after it', `${key}\n`],
		['with a line break in it', `${key.slice(0, 9)}\r\n${key.slice(9)}`],
		['with a zero-width space', `\u200b${key}`],
	])('works with a key pasted %s', async (_, apiKey) => {
		const { error } = await create({}, { credential: { apiKey, baseUrl: stage().url } });
		expect(error).toBeUndefined();
		expect(stage().requests[0]?.headers['authorization']).toBe(`APIKey ${key}`);
	});

	test.each([
		(url: string) => ` ${url}/ `,
		(url: string) => `${url}//`,
		(url: string) => `\n${url}`,
	])('works with a Base URL with spaces or slashes at its ends (%#)', async (typed) => {
		const credential = { apiKey: key, baseUrl: typed(stage().url) };
		expect((await create({}, { credential })).error).toBeUndefined();
	});

	test('its key is nowhere in a run, whatever Gcore answers', async () => {
		const echo = { error: `Bad header: APIKey ${key}` };
		const settings = { onError: 'continueRegularOutput' as const };
		const faults: Fault[] = FAILURES.flatMap(({ fault }) => fault ?? []);
		for (const status of [400, 401, 403, 429, 500]) {
			faults.push({ does: 'answer', status, body: echo });
		}
		for (const mode of [{}, { settings }]) {
			for (const fault of faults) {
				stage().inject(fault);
				const result: GcoreResult = await create({ options: { requestTimeout: 0.2 } }, mode);
				expect(stringify(result.run)).not.toContain(key);
				expect(stringify({ ...result.error })).not.toContain(key);
			}
		}
	});
});
