import { sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const MINUTE = 60_000;

const CONTINUE = { onError: 'continueRegularOutput' as const };

const run = async (parameters: INode['parameters'], more = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: {
			url: VIDEO,
			waitForCompletion: true,
			formats: operationOf(parameters) === 'create' ? [] : ['srt'],
			...parameters,
			options: { maxWait: 240, ...(parameters['options'] as object) },
		},
		...more,
	});

const operationOf = ({ operation = 'create' }: INode['parameters']) => operation;

const numbered = (count: number) => Array.from({ length: count }, (_, i) => ({ i }));
const URL_OF_ITEM = '=https://example.com/{{ $json.name ?? $json.i }}.mp4';

const requestsTo = (pattern: RegExp) =>
	simulator().requests.filter(({ method, path }) => pattern.test(`${method} ${path}`));
const LIST = /^GET .*\/tasks$/;
/** Creating tasks still works: there is something to wait for. */
const GCORE_IS_DOWN = {
	does: 'answer' as const,
	status: 500,
	times: Infinity,
	on: ({ method }: { method: string }) => method === 'GET',
};

const GET = /^GET .*\/tasks\/./;
const POST = /^POST .*\/tasks$/;

/** How often the wait has asked: each of its rounds begins with the first page of the whole list. */
const rounds = () => {
	const { requests } = simulator();
	const waited = requests.slice(requests.findLastIndex(({ method }) => method === 'POST') + 1);
	return waited.filter(
		({ path, query }) => path.endsWith('/tasks') && query['page'] === '1' && !query['status'],
	).length;
};

describe('Create with Wait for Completion', () => {
	test('returns the task when it is done, with the request', async () => {
		simulator().options.taskDurationMs = 40_000;
		const { json, hints } = await run({ audioLanguage: 'eng' });
		expect(json).toEqual([
			expect.objectContaining({
				task_id: simulator().tasks[0]?.id,
				status: 'SUCCESS',
				url: VIDEO,
				audio_language: 'eng',
				text: expect.stringContaining('Come on'),
			}),
		]);
		expect(hints).toEqual([]);
	});

	test('submits all before it waits, and 100 tasks cost 3 requests a round at most', async () => {
		simulator().options.taskDurationMs = 5 * MINUTE;
		const { json, messages } = await run({ url: URL_OF_ITEM }, { items: numbered(100) });
		expect(json.map(({ url }) => url)).toEqual(
			numbered(100).map(({ i }) => `https://example.com/${i}.mp4`),
		);
		expect(json.every(({ status }) => status === 'SUCCESS')).toBe(true);

		const requests = simulator().requests.map(({ method, path }) => `${method} ${path}`);
		const firstPost = requests.findIndex((request) => POST.test(request));
		const sent = requests.slice(firstPost, firstPost + 100);
		expect(sent.every((request) => POST.test(request))).toBe(true);
		expect(requestsTo(GET)).toHaveLength(100);
		const rounds = messages.length;
		expect(rounds).toBeGreaterThanOrEqual(4);
		expect(requestsTo(LIST).length).toBeLessThanOrEqual(3 * rounds);
		expect(messages[0]).toMatch(/^Gcore: 0 of 100 tasks done, \d+ % on average$/);
	});

	test('backs off from 5 to 30 seconds', async () => {
		simulator().options.taskDurationMs = 4 * MINUTE;
		await run({});
		const times = requestsTo(GET).map(({ at }) => at);
		const pauses = times.slice(1).map((at, i) => (at - (times[i] ?? 0)) / 1000);
		expect(pauses[0]).toBeGreaterThanOrEqual(5);
		expect(pauses[0]).toBeLessThanOrEqual(6);
		expect(Math.max(...pauses)).toBeGreaterThanOrEqual(30);
		// The jitter adds a fifth
		expect(Math.max(...pauses)).toBeLessThanOrEqual(36);
	});

	test('asks by ID for a task that the list does not hold', async () => {
		simulator().options.taskDurationMs = 20_000;
		const hide = { does: 'answer' as const, status: 200, times: Infinity };
		const body = { count: 0, next: null, previous: null, results: [] };
		simulator().inject({ ...hide, body, on: ({ path, method }) => LIST.test(`${method} ${path}`) });
		const { json } = await run({ url: URL_OF_ITEM }, { items: numbered(5) });
		expect(json.every(({ status }) => status === 'SUCCESS')).toBe(true);
	});

	test.each([
		['shows ten rows a page', { pageSizeLimit: 10 }, 14],
		['shows queued tasks last', { queuedLast: true }, 5],
	])('spends little if the list %s', async (_, options, mostRequestsARound) => {
		// Tasks of the past, which the list shows before queued ones
		simulator().options.taskDurationMs = 1;
		await run({ url: URL_OF_ITEM, waitForCompletion: false }, { items: numbered(100) });
		simulator().requests.length = 0;

		Object.assign(simulator().options, options, { taskDurationMs: 5 * MINUTE });
		const { messages } = await run({ url: URL_OF_ITEM }, { items: numbered(100) });
		const requests = simulator().requests.map(({ method, path }) => `${method} ${path}`);
		// Before the first task is created the node reads which are there
		const before = requests.findIndex((request) => POST.test(request));
		const asked = requestsTo(LIST).length - before + requestsTo(GET).length - 100;
		expect(messages.length).toBeGreaterThan(3);
		expect(asked).toBeLessThanOrEqual(mostRequestsARound * rounds());
	});

	test('finds queued tasks that the list shows behind those of the past', async () => {
		simulator().options.taskDurationMs = 1;
		await run({ url: URL_OF_ITEM, waitForCompletion: false }, { items: numbered(100) });
		simulator().requests.length = 0;

		// In these ten minutes they are received and queued, but not started
		Object.assign(simulator().options, { queuedLast: true, taskDurationMs: 100 * MINUTE });
		const { messages } = await run(
			{ url: URL_OF_ITEM, options: { maxWait: 10, whenTimeIsUp: 'passOn' } },
			{ items: numbered(100) },
		);
		expect(messages.length).toBeGreaterThan(5);
		expect(requestsTo(GET)).toEqual([]);
		expect(requestsTo(LIST).length).toBeLessThanOrEqual(4 * rounds());
	});

	test.each([400, 403, 404, 422])('does without a list that answers %p', async (status) => {
		simulator().options.taskDurationMs = 20_000;
		simulator().inject({
			does: 'answer',
			status,
			body: { error: 'no list' },
			times: Infinity,
			on: ({ path, method }) => LIST.test(`${method} ${path}`),
		});
		const { json } = await run({ url: URL_OF_ITEM }, { items: numbered(5) });
		expect(json.every((task) => task['status'] === 'SUCCESS')).toBe(true);
	});
});

describe('how tasks end', () => {
	const items = ['a', 'failure', 'b', 'no-speech'].map((name) => ({ name }));

	test('one failed task neither stops nor blocks the others, nor stays in the group', async () => {
		simulator().options.taskDurationMs = 20_000;
		const { json, hints } = await run({ url: URL_OF_ITEM }, { items, settings: CONTINUE });
		const failed = simulator().tasks.find(({ request }) => request.url.includes('failure'));
		expect(json.map(({ status, error }) => status ?? error)).toEqual([
			'SUCCESS',
			`Task ${failed?.id} failed: The file could not be downloaded [item 1]`,
			'SUCCESS',
			'SUCCESS',
		]);
		expect(hints).toEqual(['Waited for 4 tasks: 3 succeeded, 1 failed.']);
		expect(requestsTo(GET)).toHaveLength(4);
	});

	test('a failed task stays out of the group while the others run on', async () => {
		simulator().options.taskDurationMs = 3 * MINUTE;
		const running = run({ url: URL_OF_ITEM }, { items, settings: CONTINUE });
		await sleep(10_000);
		const failing = simulator().tasks.find(({ request }) => request.url.includes('failure'));
		if (failing) failing.durationMs = 1;
		expect((await running).json).toHaveLength(4);
		expect(requestsTo(new RegExp(`/tasks/${failing?.id}$`))).toHaveLength(1);
	});

	test('without Continue On Fail it ends the node, which names every task', async () => {
		simulator().options.taskDurationMs = 3 * MINUTE;
		const running = run({ url: URL_OF_ITEM }, { items });
		await sleep(10_000);
		const failing = simulator().tasks.find(({ request }) => request.url.includes('failure'));
		if (failing) failing.durationMs = 1;
		const { error } = await running;
		expect(error?.message).toMatch(/failed: The file could not be downloaded \[item 1\]$/);
		const created = error?.context?.['createdTaskIds'] as string[];
		expect([...created].sort()).toEqual(
			simulator()
				.tasks.map(({ id }) => id)
				.sort(),
		);
	});

	test('a language pair that fails names the languages', async () => {
		simulator().options.taskDurationMs = 10_000;
		const pair = {
			audioLanguage: 'eng',
			subtitlesLanguage: 'uzb',
			options: { checkLanguagePair: false },
		};
		const { error } = await run(pair);
		expect(error?.message).toMatch(/failed \(English to Uzbek\): Language pair is not supported/);
		expect(error?.description).toMatch(/ask Gcore support to add the pair/);
	});

	test('a task cancelled by someone else is an error of its own', async () => {
		simulator().options.taskDurationMs = 10 * MINUTE;
		const running = run({});
		await sleep(20_000);
		const [task] = simulator().tasks;
		if (task) task.cancelledAt = Date.now();
		expect((await running).error?.message).toMatch(/^Task .* was cancelled \[item 0\]$/);
	});

	test.each(['RETRY', 'RECEIVED', 'SOMETHING_NEW'])('%s is in progress', async (status) => {
		simulator().options.taskDurationMs = 10_000;
		simulator().inject({
			does: 'answer',
			status: 200,
			times: 3,
			on: ({ path, method }) => GET.test(`${method} ${path}`),
			body: { task_id: 'aafe70c6-0000-0000-0000-327b65f7670f', status },
		});
		expect((await run({})).json[0]?.['status']).toBe('SUCCESS');
	});
});

describe('when asking fails', () => {
	const onGet = ({ path, method }: { path: string; method: string }) =>
		GET.test(`${method} ${path}`);

	test.each([
		['404', { does: 'answer', status: 404 }, 3],
		['500', { does: 'answer', status: 500 }, 10],
		['a web page', { does: 'answer', status: 502, body: '<html>' }, 10],
		['a lost connection', { does: 'reset' }, 10],
		['429', { does: 'answer', status: 429 }, 10],
	] as const)('%s is tolerated for a while', async (_, fault, borne) => {
		simulator().options.taskDurationMs = 1000;
		simulator().inject({ ...fault, times: borne, on: onGet });
		const { json, error } = await run({ options: { maxWait: 60 } });
		expect(error).toBeUndefined();
		expect(json[0]?.['status']).toBe('SUCCESS');
	});

	test('and then ends the wait, but the task is not forgotten', async () => {
		simulator().inject({ does: 'answer', status: 500, times: Infinity, on: onGet });
		const { error } = await run({ options: { maxWait: 60 } });
		const id = simulator().tasks[0]?.id;
		expect(error?.message).toBe(
			`The wait for task ${id} ended: Gcore had an internal problem (HTTP 500) [item 0]`,
		);
		expect(error?.description).toMatch(/fetch it later with the operation Get/);
		expect(requestsTo(GET)).toHaveLength(11);
	});

	test('what will not change ends it at once', async () => {
		simulator().inject({ does: 'answer', status: 401, times: Infinity, on: onGet });
		const { error } = await run({});
		expect(error?.message).toMatch(/^The wait for task .* does not accept the API key/);
		expect(requestsTo(GET)).toHaveLength(1);
	});

	test('the longest Retry-After of a round is heeded', async () => {
		simulator().options.taskDurationMs = MINUTE;
		const isGet = ({ method, path }: { method: string; path: string }) =>
			GET.test(`${method} ${path}`);
		for (const seconds of ['25', '1']) {
			const headers = { 'Retry-After': seconds };
			simulator().inject({ does: 'answer', status: 500, headers, on: isGet });
		}
		await run({ url: URL_OF_ITEM }, { items: numbered(2) });
		const [first, , next] = requestsTo(GET);
		expect(next!.at - first!.at).toBeGreaterThanOrEqual(25_000);
	});

	test('Retry-After is heeded', async () => {
		simulator().options.taskDurationMs = 1000;
		const headers = { 'Retry-After': '90' };
		simulator().inject({ does: 'answer', status: 429, headers, on: onGet });
		await run({});
		const [first, second] = requestsTo(GET).map(({ at }) => at);
		expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(90_000);
	});

	test.each([
		['fails', { status: 500, body: {} }],
		['is rate-limited', { status: 429, body: {} }],
		['is unreadable', { status: 200, body: { data: [] } }],
	])('a list that %s all the time does not end the waits', async (_, answer) => {
		simulator().options.taskDurationMs = 10_000;
		simulator().inject({
			does: 'answer',
			...answer,
			times: Infinity,
			on: ({ path, method }) => LIST.test(`${method} ${path}`),
		});
		const { json } = await run({ url: URL_OF_ITEM }, { items: numbered(5) });
		expect(json.every(({ status }) => status === 'SUCCESS')).toBe(true);
	});

	test('a list that fails counts for all tasks once; then each is asked for', async () => {
		simulator().options.taskDurationMs = 1000;
		const isList = ({ path, method }: { path: string; method: string }) =>
			LIST.test(`${method} ${path}`) && simulator().tasks.length > 0;
		simulator().inject({ does: 'answer', status: 500, times: Infinity, on: isList });
		await run({ url: URL_OF_ITEM }, { items: numbered(5) });
		const { requests } = simulator();
		const sinceLastPost = requests.slice(
			requests.findLastIndex(({ method }) => method === 'POST') + 1,
		);
		const firstGet = sinceLastPost.findIndex(({ method, path }) => GET.test(`${method} ${path}`));
		expect(firstGet).toBe(2);
	});

	test('one "not found" after other failures is tolerated', async () => {
		simulator().options.taskDurationMs = 1000;
		for (const [status, times] of [
			[502, 5],
			[404, 3],
			[503, 5],
		] as const) {
			simulator().inject({ does: 'answer', status, times, on: onGet });
		}
		expect((await run({ options: { maxWait: 60 } })).json[0]?.['status']).toBe('SUCCESS');
	});

	test('failures count in a row: an answer resets the count', async () => {
		simulator().options.taskDurationMs = 9 * MINUTE;
		const failing = { does: 'answer' as const, status: 500 };
		simulator().inject({ ...failing, times: 8, on: onGet });
		let answered = 0;
		const afterAnAnswer = (request: { path: string; method: string }) =>
			onGet(request) && ++answered > 1;
		simulator().inject({ ...failing, times: 8, on: afterAnAnswer });
		expect((await run({ options: { maxWait: 60 } })).json[0]?.['status']).toBe('SUCCESS');
	});

	test('when Gcore is down, a round asks for ten tasks and not for all', async () => {
		simulator().inject(GCORE_IS_DOWN);
		const { json, messages } = await run(
			{ url: URL_OF_ITEM, options: { maxWait: 60 } },
			{ items: numbered(60), settings: CONTINUE },
		);
		expect(json).toHaveLength(60);
		expect(messages).toHaveLength(1);
		// In each of ten rounds: ten at once, and nine more until ten have failed
		expect(requestsTo(GET)).toHaveLength(10 * 19);
	});

	test('a failed list page costs a whole group one request, not one for each task', async () => {
		simulator().options.taskDurationMs = 10_000;
		simulator().inject({
			does: 'answer',
			status: 503,
			on: ({ path, method }) => LIST.test(`${method} ${path}`),
		});
		const { json } = await run({ url: URL_OF_ITEM }, { items: numbered(10) });
		expect(json.every(({ status }) => status === 'SUCCESS')).toBe(true);
		expect(requestsTo(GET)).toHaveLength(10);
	});
});

describe('when time is up', () => {
	test('the error names the task, where it stands, and what picks it up later', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const { error } = await run({ options: { maxWait: 2 } });
		const id = simulator().tasks[0]?.id;
		expect(error?.message).toMatch(
			new RegExp(`^Task ${id} is not done after 2 minutes: [A-Z]+, \\d+ % \\[item 0\\]$`),
		);
		expect(error?.description).toMatch(/It goes on at Gcore\. Fetch it later .* Get/);
		expect(requestsTo(/cancel/)).toEqual([]);
	});

	test('that is after half an hour, unless set', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const { error } = await run({ options: { maxWait: '' } });
		expect(error?.message).toMatch(/is not done after 30 minutes/);
	});

	test('or the task is passed on as it stands', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const { json, hints } = await run({ options: { maxWait: 2, whenTimeIsUp: 'passOn' } });
		expect(json[0]).toMatchObject({
			status: expect.stringMatching(/RECEIVED|PENDING/),
			text: null,
		});
		expect(hints).toEqual(['Waited for 1 task: 1 still running.']);
	});

	test('a task that was never seen is passed on all the same', async () => {
		simulator().inject(GCORE_IS_DOWN);
		const { json } = await run({ options: { maxWait: 1, whenTimeIsUp: 'passOn' } });
		expect(json[0]).toMatchObject({ task_id: simulator().tasks[0]?.id, status: 'UNKNOWN' });
	});

	test('the error says that Gcore could not be asked', async () => {
		simulator().inject(GCORE_IS_DOWN);
		const { error } = await run({ options: { maxWait: 1 } });
		expect(error?.message).toMatch(
			/is not done after 1 minute\. The last request for it failed: Gcore had an internal problem/,
		);
	});

	test('of one item, the node ends without waiting for the others', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const items = [1, 30].map((i) => ({ i }));
		const startedAt = Date.now();
		const { error } = await run({ options: { maxWait: '={{ $json.i }}' } }, { items });
		expect(error?.message).toMatch(/is not done after 1 minute.* \[item 0\]$/);
		expect(Date.now() - startedAt).toBe(MINUTE);
	});

	test.each([0, -1, '={{ "soon" }}'])('Max Wait refuses %p', async (maxWait) => {
		const { error } = await run({ options: { maxWait } });
		expect(error?.message).toBe("'Max Wait (Minutes)' must be a number above 0 [item 0]");
		expect(simulator().tasks).toHaveLength(0);
	});
});

describe('Get and Get Subtitles with Wait for Completion', () => {
	const createTask = async () => {
		const { json } = await run({ waitForCompletion: false });
		return String(json[0]?.['task_id']);
	};

	test.each(['get', 'getSubtitles'])('%s waits', async (operation) => {
		simulator().options.taskDurationMs = 40_000;
		const taskId = await createTask();
		const { json } = await run({ operation, taskId });
		expect(json[0]).toMatchObject({ task_id: taskId, status: 'SUCCESS' });
	});

	test.each(['get', 'getSubtitles'])('%s passes a task on as it stands', async (operation) => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const taskId = await createTask();
		const { outputs } = await run({
			operation,
			taskId,
			options: { maxWait: 1, whenTimeIsUp: 'passOn' },
		});
		expect(outputs[0]).toEqual([
			{
				json: expect.objectContaining({ task_id: taskId, text: null }),
				pairedItem: { item: 0 },
			},
		]);
	});

	test('the same task twice is asked for once a round', async () => {
		simulator().options.taskDurationMs = 10_000;
		const taskId = await createTask();
		const { json } = await run({ operation: 'get', taskId }, { items: [{}, {}] });
		expect(json).toHaveLength(2);
		expect(json[1]).toEqual(json[0]);
	});

	test('a task that is not there ends the wait soon', async () => {
		const taskId = 'aafe70c6-0000-0000-0000-327b65f7670f';
		const { json, hints } = await run({ operation: 'get', taskId }, { settings: CONTINUE });
		expect(json[0]?.['error']).toBe(`Gcore has no task ${taskId} [item 0]`);
		expect(hints).toEqual(['Waited for 1 task: 1 failed.']);
		expect(requestsTo(GET)).toHaveLength(4);
	});
});

test('Stop ends the wait within a second', async () => {
	simulator().options.taskDurationMs = 60 * MINUTE;
	let stoppedAt = 0;
	const onStart = (execution: { cancel(): void }) =>
		void sleep(50_000).then(() => {
			stoppedAt = Date.now();
			execution.cancel();
		});
	await run({}, { onStart });
	const asked = simulator().requests.length;
	expect(Date.now() - stoppedAt).toBeLessThanOrEqual(1000);
	await sleep(2 * MINUTE);
	expect(simulator().requests).toHaveLength(asked);
});
