import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../simulator';
import { runGcore } from './engine';
import { setStage } from './stage';

const simulator = setStage();

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
const CONTINUE = { ...RETRY, onError: 'continueRegularOutput' as const };

const URL_OF_ITEM = '=https://example.com/{{ $json.name }}.mp4';

const named = (...names: string[]) => names.map((name) => ({ name }));

const run = async (
	items: Array<{ name: string }>,
	parameters: INode['parameters'] = {},
	settings: Partial<INode> = RETRY,
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { url: URL_OF_ITEM, ...parameters },
		items,
		settings,
	});

const isPost = ({ method }: RecordedRequest) => method === 'POST';
const isFor =
	(name: string) =>
	({ body }: RecordedRequest) =>
		JSON.stringify(body ?? '').includes(`/${name}.mp4`);
const refuse = (name: string, times: number) =>
	simulator().inject({ does: 'answer', status: 400, on: isFor(name), times });

const namesOfTasks = () =>
	simulator()
		.tasks.map(({ request }) => /([^/]+)\.mp4$/.exec(request.url)?.[1])
		.sort();

describe('Retry On Fail', () => {
	test.each(['a', 'b', 'c'])('sends only what is missing if %s failed', async (bad) => {
		refuse(bad, 2);
		const { json, error } = await run(named('a', 'b', 'c'));
		expect(error).toBeUndefined();
		expect(namesOfTasks()).toEqual(['a', 'b', 'c']);
		expect(json.map(({ url }) => url)).toEqual(
			['a', 'b', 'c'].map((name) => `https://example.com/${name}.mp4`),
		);
		const ids = new Map(simulator().tasks.map(({ id, request }) => [request.url, id]));
		expect(json.map(({ task_id }) => task_id)).toEqual(json.map(({ url }) => ids.get(String(url))));
	});

	test.each(['a', 'b'])('does so with On Error: Continue too if %s failed', async (bad) => {
		refuse(bad, 1);
		await run(named('a', 'b', 'c'), {}, CONTINUE);
		const others = ['a', 'b', 'c'].filter((name) => name !== bad);
		expect(namesOfTasks().filter((name) => name !== bad)).toEqual(others);
		expect(namesOfTasks().filter((name) => name === bad).length).toBeLessThanOrEqual(1);
	});

	test('does so if the first item cannot be read', async () => {
		const url =
			'={{ $json.name === "bad" ? "nonsense" : `https://example.com/${$json.name}.mp4` }}';
		await run(named('bad', 'b', 'c'), { url }, CONTINUE);
		expect(namesOfTasks()).toEqual(['b', 'c']);
	});

	test('makes as many tasks as there are items with the same video', async () => {
		refuse('a', 1);
		const { json } = await run(named('a', 'a', 'a', 'b'));
		expect(namesOfTasks()).toEqual(['a', 'a', 'a', 'b']);
		expect(new Set(json.map(({ task_id }) => task_id)).size).toBe(4);
	});

	test('reports the tasks of all tries if the last one fails', async () => {
		refuse('b', 3);
		const { error } = await run(named('a', 'b', 'c'));
		const told = error?.context?.['createdTaskIds'] as string[];
		expect([...told].sort()).toEqual(
			simulator()
				.tasks.map(({ id }) => id)
				.sort(),
		);
		expect(namesOfTasks()).toEqual(['a', 'c']);
	});

	test('does not create again the tasks of a wait that failed', async () => {
		simulator().options.taskDurationMs = 10_000;
		const { error } = await run(named('a', 'failure'), { waitForCompletion: true });
		expect(error?.message).toMatch(/failed: The file could not be downloaded/);
		expect(namesOfTasks()).toEqual(['a', 'failure']);
	});

	test('finds in the next try the task of an answer that was lost in the last', async () => {
		// The lists of the first try show nothing, as if Gcore were slow to list tasks
		const isList = ({ method }: RecordedRequest) => method === 'GET';
		const body = { count: 0, next: null, previous: null, results: [] };
		simulator().inject({ does: 'answer', status: 200, body, on: isList, times: 3 });
		simulator().inject({ does: 'answer', status: 500, on: isList, times: 3 });
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		const { json, error } = await run(named('a'));
		expect(error).toBeUndefined();
		expect(namesOfTasks()).toEqual(['a']);
		expect(json[0]?.['task_id']).toBe(simulator().tasks[0]?.id);
	});
});

test('a node that runs twice in an execution, as in a loop, creates twice', async () => {
	const { run: data } = await runGcore({
		simulator: simulator(),
		parameters: { url: URL_OF_ITEM },
		items: named('a'),
		runs: 2,
	});
	expect(data.data.resultData.runData['Gcore']).toHaveLength(2);
	expect(namesOfTasks()).toEqual(['a', 'a']);
});

describe('an answer that is lost while another item ends the node', () => {
	/** Gcore lists the task of `a` only after three looks. */
	const lose = () => {
		simulator().inject({ does: 'reset', processed: true, on: isFor('a') });
		const isLook = ({ method }: RecordedRequest) =>
			method === 'GET' && simulator().tasks.length > 0;
		const body = { count: 0, next: null, previous: null, results: [] };
		simulator().inject({ does: 'answer', status: 200, body, times: 3, on: isLook });
	};

	test('is looked for by the next try', async () => {
		lose();
		refuse('b', 1);
		const { error } = await run(named('a', 'b', 'c'));
		expect(error).toBeUndefined();
		expect(namesOfTasks()).toEqual(['a', 'b', 'c']);
	});

	test('is reported if there is no next try', async () => {
		lose();
		refuse('b', 1);
		const { error } = await run(named('a', 'b', 'c'), {}, {});
		expect(error?.message).toMatch(/\[item 1\]/);
		expect(error?.description).toMatch(
			/Answers that were lost for other items: 1\. Look for their tasks/,
		);
	});
});

test('a pair that is refused in a retry does not hide the tasks of earlier tries', async () => {
	const isInfo = ({ path }: RecordedRequest) => path.endsWith('/info');
	simulator().inject({ does: 'answer', status: 500, times: 6, on: isInfo });
	simulator().inject({ does: 'answer', status: 400, on: isFor('b') });
	const { error } = await run(named('a', 'b'), {
		audioLanguage: 'eng',
		subtitlesLanguage: '={{ $json.name === "b" ? "uzb" : "ger" }}',
	});
	expect(error?.message).toBe('Gcore cannot translate English to Uzbek [item 1]');
	expect(error?.description).toMatch(/1 task was created before it/);
	expect(error?.description).not.toMatch(/Nothing was sent/);
	expect(error?.context?.['createdTaskIds']).toEqual([simulator().tasks[0]?.id]);
});
