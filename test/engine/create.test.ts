import type { INode } from 'n8n-workflow';

import { LANGUAGES } from '../../nodes/shared/languages';
import { KEYS } from '../simulator';
import { runGcore } from './engine';
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
				clientMetadata: { clientUserId: unset, clientEntityData: unset },
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
			{ clientMetadata: { clientEntityData: '={{ $json.value }}' } },
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
			{ clientMetadata: { clientUserId: '={{ $json.value }}' } },
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
	['an empty URL', { url: '={{ "" }}' }, /^'Video URL' is empty/],
	['a missing URL', { url: '={{ $json.nothing }}' }, /^'Video URL' is empty/],
	['a blank URL', { url: '={{ "  " }}' }, /^'Video URL' is empty/],
	['a URL that is an object', { url: '={{ ({a: 1}) }}' }, /^'Video URL' is not text/],
	['a path', { url: '/videos/a.mp4' }, /^'Video URL' is a file on a computer/],
	['FTP', { url: 'ftp://example.com/a.mp4' }, /^'Video URL' starts with "ftp:"/],
	['a password', { url: 'https://u:p4ss@example.com/a.mp4' }, /^'Video URL' carries a user name/],
	['localhost', { url: 'http://localhost/a.mp4' }, /^'Video URL' points to "localhost"/],
	['a private host', { url: 'http://0xa000001/a.mp4' }, /^'Video URL' points to "10\.0\.0\.1"/],
	[
		'an unknown language',
		{ audioLanguage: 'germn' },
		/^'Audio Language' "germn" is not a language Gcore knows/,
	],
	[
		'a language that is a list',
		{ subtitlesLanguage: '={{ ["de"] }}' },
		/^'Subtitles Language' is not text/,
	],
	[
		'a long Client User ID',
		{ clientMetadata: { clientUserId: 'x'.repeat(257) } },
		/^'Client User ID' has 257 characters/,
	],
	[
		'a Client User ID that is an object',
		{ clientMetadata: { clientUserId: '={{ ({a: 1}) }}' } },
		/^'Client User ID' is not text or a number/,
	],
	[
		'long Client Entity Data',
		{ clientMetadata: { clientEntityData: 'x'.repeat(4097) } },
		/^'Client Entity Data' has 4097 characters/,
	],
	[
		'a time-out of nothing',
		{ options: { requestTimeout: 0 } },
		/^'Request Timeout \(Seconds\)' must be a number above 0/,
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
		expect(error?.message).toBe('2 of 4 items have a problem, so nothing was sent');
		expect(error?.description).toContain('not on the internet [item 1]. Gcore downloads');
		expect(error?.description).toContain('not a full web address [item 3]. Enter');
		expect(stage().requests).toEqual([]);
	});

	test('a single bad item is named in the message itself', async () => {
		const { error } = await create({ url }, { items: items.slice(0, 2) });
		expect(error?.message).toBe(
			`'Video URL' points to "127.0.0.1", which is not on the internet [item 1]`,
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
				error: `'Video URL' points to "127.0.0.1", which is not on the internet [item 1]`,
				message: 'Gcore downloads the file itself: use an address that anyone can reach.',
			},
			expect.objectContaining({ url: 'nonsense' }),
		]);
	});
});

describe('a batch', () => {
	test('comes out in the order of the items, paired, at most 64 at once', async () => {
		stage().options.queueLimit = 200;
		stage().inject({ does: 'delay', ms: 60, times: 150, on: ({ method }) => method === 'POST' });
		const items = Array.from({ length: 200 }, (_, i) => ({ i }));
		const { outputs } = await create({ url: '=https://example.com/{{ $json.i }}.mp4' }, { items });
		const urls = outputs[0]?.map(({ json }) => json['url']);
		expect(urls).toEqual(items.map(({ i }) => `https://example.com/${i}.mp4`));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(stage().mostAtOnce()).toBe(64);
	});

	test('the same URL twice makes two tasks', async () => {
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
});
