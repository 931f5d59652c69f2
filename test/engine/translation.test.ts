import type { INode } from 'n8n-workflow';

import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const CONTINUE = { onError: 'continueRegularOutput' as const };

const run = async (parameters: INode['parameters'], more = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { url: VIDEO, ...parameters },
		...more,
	});

const languagesSent = () =>
	simulator().tasks.map(({ request }) => request.subtitles_language ?? 'same');
const pairsAsked = () =>
	simulator()
		.requests.filter(({ path }) => path.endsWith('/info'))
		.map(({ query }) => `${query['audio_language']} ${query['subtitles_language']}`);

describe('Also Translate To', () => {
	test('makes a task and an output item for each language, paired with the source', async () => {
		const items = [{}, {}];
		const { outputs } = await run({ alsoTranslateTo: ['ger', 'fre', 'spa', 'ita'] }, { items });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map((item) => ({ item })),
		);
		expect(outputs[0]?.slice(0, 5).map(({ json }) => json['subtitles_language'])).toEqual([
			undefined,
			'ger',
			'fre',
			'spa',
			'ita',
		]);
		expect(simulator().tasks).toHaveLength(10);
	});

	test.each([
		['a list', '={{ ["de", "fr-CA", "ES"] }}', ['same', 'ger', 'fre', 'spa']],
		['text with commas', 'de, fr , es', ['same', 'ger', 'fre', 'spa']],
		['null', '={{ null }}', ['same']],
		['nothing', '={{ [] }}', ['same']],
		['duplicates', ['ger', 'ger', 'fre'], ['same', 'ger', 'fre']],
	])('takes %s', async (_, alsoTranslateTo, languages) => {
		await run({ alsoTranslateTo });
		expect(languagesSent().sort()).toEqual([...languages].sort());
	});

	test('drops what the main task makes already, and keeps the audio language', async () => {
		await run({
			audioLanguage: 'eng',
			subtitlesLanguage: 'ger',
			alsoTranslateTo: ['eng', 'de', 'fre'],
		});
		expect(languagesSent().sort()).toEqual(['eng', 'fre', 'ger']);
	});

	test('refuses an unknown language', async () => {
		const { error } = await run({ alsoTranslateTo: 'de, klingon' });
		expect(error?.message).toBe(
			`'Also Translate To' "klingon" is not a language Gcore knows [item 0]`,
		);
		expect(simulator().requests).toEqual([]);
	});

	test('waits for all of them', async () => {
		simulator().options.taskDurationMs = 10_000;
		const { json } = await run({ alsoTranslateTo: ['ger', 'fre'], waitForCompletion: true });
		expect(json.map(({ language }) => language)).toEqual(['eng', 'ger', 'fre']);
	});
});

describe('Check Language Pair First', () => {
	const items = Array.from({ length: 20 }, (_, i) => ({ i }));

	test('asks once for each pair, before anything is submitted', async () => {
		await run(
			{ audioLanguage: 'eng', subtitlesLanguage: 'ger', alsoTranslateTo: ['fre'] },
			{ items },
		);
		expect(pairsAsked().sort()).toEqual(['eng fre', 'eng ger']);
		const paths = simulator().requests.map(({ path }) => path);
		expect(paths.slice(0, 2).every((path) => path.endsWith('/info'))).toBe(true);
		expect(simulator().tasks).toHaveLength(40);
	});

	test.each([
		[{ audioLanguage: 'eng' }],
		[{ subtitlesLanguage: 'uzb' }],
		[{ audioLanguage: 'eng', subtitlesLanguage: 'eng' }],
		[{ audioLanguage: 'eng', subtitlesLanguage: 'uzb', options: { checkLanguagePair: false } }],
	])('does not ask for %j', async (parameters) => {
		await run(parameters);
		expect(pairsAsked()).toEqual([]);
		expect(simulator().tasks).toHaveLength(1);
	});

	const REFUSED = 'Gcore cannot translate English to Uzbek [item 0]';

	test('an unsupported pair fails its own output item only', async () => {
		const { json } = await run(
			{ audioLanguage: 'eng', alsoTranslateTo: ['uzb', 'ger'] },
			{ settings: CONTINUE },
		);
		expect(json.map(({ task_id, error }) => error ?? typeof task_id)).toEqual([
			'string',
			REFUSED,
			'string',
		]);
		expect(languagesSent().sort()).toEqual(['ger', 'same']);
	});

	test('or stops the node before anything is sent', async () => {
		const { error } = await run({ audioLanguage: 'eng', alsoTranslateTo: ['uzb', 'ger'] });
		expect(error?.message).toBe(REFUSED);
		expect(error?.description).toMatch(/Nothing was sent/);
		expect(simulator().tasks).toEqual([]);
	});

	test('is asked for again in a loop, as only answers are remembered', async () => {
		const isInfo = ({ path }: { path: string }) => path.endsWith('/info');
		simulator().inject({ does: 'answer', status: 500, times: 3, on: isInfo });
		const { error } = await runGcore({
			simulator: simulator(),
			parameters: { url: VIDEO, audioLanguage: 'eng', subtitlesLanguage: 'uzb' },
			runs: 2,
		});
		// The first run creates its task unchecked, the second knows better
		expect(error?.message).toBe(REFUSED);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('is asked for again in a retry, whose hint is not lost', async () => {
		const isInfo = ({ path }: { path: string }) => path.endsWith('/info');
		simulator().inject({ does: 'answer', status: 500, times: 6, on: isInfo });
		simulator().inject({ does: 'answer', status: 400, on: ({ method }) => method === 'POST' });
		const { json, hints } = await run(
			{ audioLanguage: 'eng', subtitlesLanguage: 'uzb' },
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(json).toHaveLength(1);
		expect(hints).toEqual([expect.stringMatching(/did not say .* English to Uzbek/)]);
	});

	test('a check without an answer leads to a hint, and the task is created', async () => {
		simulator().inject({
			does: 'answer',
			status: 500,
			times: 3,
			on: ({ path }) => path.endsWith('/info'),
		});
		const { json, hints } = await run({ audioLanguage: 'eng', subtitlesLanguage: 'uzb' });
		expect(json).toHaveLength(1);
		expect(hints).toEqual([expect.stringMatching(/did not say .* English to Uzbek/)]);
	});
});
