import type { INode } from 'n8n-workflow';

import { GATEWAY_PAGE } from '../simulator';
import type { RecordedRequest } from '../simulator';
import type { Fault } from '../simulator/faults';
import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const MINUTE = 60_000;

const isPost = ({ method }: RecordedRequest) => method === 'POST';
const isList = ({ method }: RecordedRequest) => method === 'GET';
const posts = () => simulator().requests.filter(isPost);
const looks = () => {
	const requests = simulator().requests;
	return requests.slice(requests.findIndex(isPost)).filter(isList);
};

const run = async (parameters: INode['parameters'] = {}, more = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { url: VIDEO, ...parameters },
		...more,
	});

/** Runs the node as somebody else, some minutes ago. */
const runBefore = async (minutes: number) => {
	await run();
	for (const task of simulator().tasks) {
		task.createdAt -= minutes * MINUTE;
	}
	simulator().requests.length = 0;
};

const LOSSES: Array<[string, Fault]> = [
	['the connection is reset', { does: 'reset' }],
	['there is no answer', { does: 'silence' }],
	['the answer is an internal error', { does: 'answer', status: 500, body: { error: 'oops' } }],
	['a web page comes back', { does: 'answer', status: 502, body: GATEWAY_PAGE }],
	['a web page of a time-out comes back', { does: 'answer', status: 408, body: GATEWAY_PAGE }],
	['the answer is garbage', { does: 'answer', status: 201, body: 'created!' }],
	['the answer is empty', { does: 'answer', status: 201 }],
	['the answer has no task_id', { does: 'answer', status: 201, body: { id: 7 } }],
];

describe.each(LOSSES)('if %s', (_, fault) => {
	test('a task that exists all the same is found, and none is sent again', async () => {
		simulator().inject({ ...fault, on: isPost, processed: true });
		const { json, error } = await run();
		expect(error).toBeUndefined();
		expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
		expect(posts()).toHaveLength(1);
	});

	test('a task that does not exist is requested again, after three looks in 10 seconds', async () => {
		simulator().inject({ ...fault, on: isPost });
		const { json } = await run();
		expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
		expect(simulator().tasks).toHaveLength(1);
		const [first, second] = posts();
		expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
		expect(looks()).toHaveLength(3);
		const [at2 = NaN, at5 = NaN, at10 = NaN] = looks().map(({ at }) => at);
		expect(at5 - at2).toBeCloseTo(3_000, -3);
		expect(at10 - at5).toBeCloseTo(5_000, -3);
	});
});

test.each([3, 60, 240])(
	"a task that has already ended is found if Gcore's clock is %i seconds behind",
	async (seconds) => {
		simulator().options.taskDurationMs = 1;
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		let isBehind = false;
		// Meets no request: it changes the task once, before the first look for it
		const setBack = () => {
			const { tasks } = simulator();
			if (isBehind || tasks.length === 0) return false;
			for (const task of tasks) task.createdAt -= seconds * 1000;
			isBehind = true;
			return false;
		};
		simulator().inject({ does: 'silence', on: setBack });
		const { json } = await run();
		expect(isBehind).toBe(true);
		expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
		expect(posts()).toHaveLength(1);
	},
);

describe('a task is not taken for a lost one', () => {
	const lose = () => simulator().inject({ does: 'reset', on: isPost });

	test.each([false, true])('if it was queued before (queued last: %s)', async (queuedLast) => {
		Object.assign(simulator().options, { queuedLast, taskDurationMs: 1000 * MINUTE });
		await runBefore(0);
		lose();
		const { json } = await run();
		expect(simulator().tasks).toHaveLength(2);
		expect(json[0]?.['task_id']).toBe(simulator().tasks[1]?.id);
	});

	test('if it had started before', async () => {
		simulator().options.taskDurationMs = MINUTE;
		await runBefore(1);
		lose();
		const { json } = await run();
		expect(json[0]?.['task_id']).toBe(simulator().tasks[1]?.id);
	});

	test('if it starts, and so changes pages, while the list is read', async () => {
		Object.assign(simulator().options, { queuedLast: true, pageSizeLimit: 1 });
		const request = { task_name: 'transcription' as const, url: VIDEO };
		simulator().add({ request, createdAt: Date.now() - 3 * MINUTE, durationMs: 15 * MINUTE });
		// It starts in two seconds: the second page is asked for before, and answered after
		const untilStart = 0.15 * 15 * MINUTE;
		const createdAt = Date.now() - untilStart + 2000;
		const starting = simulator().add({ request, createdAt, durationMs: 15 * MINUTE });
		simulator().inject({ does: 'delay', ms: 3000, on: ({ query }) => query['page'] === '2' });
		lose();
		const { json } = await run();
		expect(json[0]?.['task_id']).not.toBe(starting.id);
		expect(simulator().tasks).toHaveLength(3);
	});

	test.each([
		['days ago, without a start', { started_at: null }],
		['without any time', { started_at: null, completed_at: null }],
	])('if it ended %s, behind the page that is read first', async (_, times) => {
		Object.assign(simulator().options, { queuedLast: true, queueLimit: 1000 });
		const hours = 60 * MINUTE;
		for (let i = 0; i < 120; i++) {
			simulator().add({ createdAt: Date.now() - (2 + i) * hours, durationMs: MINUTE });
		}
		const request = { task_name: 'transcription' as const, url: VIDEO };
		const createdAt = Date.now() - 72 * hours;
		const old = simulator().add({ request, createdAt, durationMs: MINUTE, shown: { times } });
		lose();
		const others = ['b', 'c', 'd'].map((name) => ({ url: `https://example.com/${name}.mp4` }));
		const { json } = await run({ url: '={{ $json.url }}' }, { items: [{ url: VIDEO }, ...others] });
		expect(json[0]?.['task_id']).toBeDefined();
		expect(json[0]?.['task_id']).not.toBe(old.id);
		expect(simulator().tasks).toHaveLength(120 + 1 + 4);
	});

	test('if it is for another request for the same video', async () => {
		lose();
		simulator().inject({ does: 'delay', ms: 50, on: isPost });
		const { json } = await run(
			{ clientMetadata: { clientUserId: '={{ $json.user }}' } },
			{ items: [{ user: 'a' }, { user: 'b' }] },
		);
		expect(simulator().tasks).toHaveLength(2);
		const byId = new Map(simulator().tasks.map(({ id, request }) => [id, request]));
		expect(json.map(({ task_id }) => byId.get(String(task_id))?.client_user_id)).toEqual([
			'a',
			'b',
		]);
	});
});

describe('items with the same request', () => {
	const items = Array.from({ length: 20 }, () => ({}));

	test.each([true, false])(
		'get a task each if some of the answers are lost (processed: %s)',
		async (processed) => {
			simulator().inject({ does: 'reset', on: isPost, times: 7, processed });
			simulator().inject({ does: 'delay', ms: 100, on: isPost, times: 5 });
			const { json, error } = await run({}, { items });
			expect(error).toBeUndefined();
			const ids = json.map(({ task_id }) => task_id);
			expect(new Set(ids).size).toBe(20);
			expect(simulator().tasks).toHaveLength(20);
		},
	);
});

test('a task that Gcore returns for two equal requests is kept, and neither is sent again', async () => {
	await run();
	const [{ id } = { id: '' }] = simulator().tasks;
	simulator().requests.length = 0;
	simulator().inject({ does: 'answer', status: 201, body: { task_id: id }, on: isPost, times: 2 });
	const { json, error } = await run({}, { items: [{}, {}] });
	expect(error).toBeUndefined();
	expect(json.map(({ task_id }) => task_id)).toEqual([id, id]);
	expect(posts()).toHaveLength(2);
});

describe('an unknown outcome is reported', () => {
	const MAY_EXIST = /Gcore may have created the task all the same: look for it first/;

	test('if the list cannot be read, and nothing is sent again', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		const { error } = await run();
		expect(error?.message).toMatch(/connection to Gcore was lost/);
		expect(error?.description).toMatch(MAY_EXIST);
		expect(posts()).toHaveLength(1);
	});

	test('if the request is sent once more and refused', async () => {
		simulator().inject({ does: 'reset', on: isPost });
		simulator().inject({ does: 'answer', status: 401, on: isPost, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/does not accept the API key/);
		expect(error?.description).toMatch(MAY_EXIST);
	});

	test('if three answers in a row are lost', async () => {
		simulator().inject({ does: 'answer', status: 503, on: isPost, times: Infinity });
		const { error } = await run();
		expect(error?.description).toMatch(MAY_EXIST);
		expect(posts()).toHaveLength(3);
	});
});

test('if all answers are lost, the rest of a batch is not sent', async () => {
	simulator().inject({ does: 'answer', status: 503, on: isPost, times: Infinity });
	const { json } = await run(
		{ url: '=https://example.com/{{ $json.i }}.mp4' },
		{
			items: Array.from({ length: 150 }, (_, i) => ({ i })),
			settings: { onError: 'continueRegularOutput' },
		},
	);
	expect(posts().length).toBeLessThan(3 * 150);
	expect(json[149]).toEqual({
		error:
			'Gcore returned no usable answer for 10 tasks in a row, so nothing was sent for this one [item 149]',
		message: 'Run this item again when Gcore works again.',
	});
});

test('a list that cannot be read does no harm if all answers arrive', async () => {
	simulator().inject({ does: 'answer', status: 422, on: isList, times: Infinity });
	const { json } = await run();
	expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
});

test('a refused list is reported in one hint if answers were lost', async () => {
	simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
	simulator().inject({ does: 'reset', on: isPost, processed: true, times: 2 });
	const { hints } = await run(
		{ url: '=https://example.com/{{ $json.i }}.mp4' },
		{
			items: Array.from({ length: 5 }, (_, i) => ({ i })),
			settings: { onError: 'continueRegularOutput' },
		},
	);
	expect(hints).toEqual([
		expect.stringMatching(/^2 answers of Gcore were lost, and the list .*\(HTTP 403\)/),
	]);
});

test('an answer that arrives ends a row of lost answers', async () => {
	const { inject, options } = simulator();
	options.queueLimit = 1000;
	const between = (from: number, to: number) => (request: RecordedRequest) => {
		const number = Number(/(\d+)\.mp4/.exec(JSON.stringify(request.body ?? ''))?.[1]);
		return isPost(request) && number >= from && number <= to;
	};
	// Two times nine jobs end as lost after half a minute each. The other places of the pool are
	// taken by slow answers: the first arrive between the two, the last after both
	const lost = { does: 'answer' as const, status: 503, times: Infinity };
	inject({ ...lost, on: between(0, 8) });
	inject({ does: 'delay', ms: 45_000, times: 55, on: between(9, 63) });
	inject({ ...lost, on: between(64, 72) });
	inject({ does: 'delay', ms: 40_000, times: 55, on: between(73, 127) });
	const { json } = await run(
		{ url: '=https://example.com/{{ $json.i }}.mp4' },
		{
			items: Array.from({ length: 130 }, (_, i) => ({ i })),
			settings: { onError: 'continueRegularOutput' },
		},
	);
	expect(json.filter(({ error }) => error)).toHaveLength(18);
	expect(json[129]).toHaveProperty('task_id');
});

describe('a list that hangs', () => {
	const hang = () => simulator().inject({ does: 'silence', on: isList, times: Infinity });

	test('costs 5 seconds before the first task', async () => {
		hang();
		const startedAt = Date.now();
		const { json } = await run();
		expect(json[0]?.['task_id']).toBe(simulator().tasks[0]?.id);
		const tookMs = (simulator().tasks[0]?.createdAt ?? Infinity) - startedAt;
		expect(tookMs).toBeGreaterThanOrEqual(5_000);
		expect(tookMs).toBeLessThan(6_000);
	});

	test('costs 10 seconds if tasks are to be reused, which are then not created', async () => {
		hang();
		const startedAt = Date.now();
		const { error } = await run({ options: { requestTimeout: 60, reuseExistingTask: true } });
		expect(error?.message).toMatch(/^The tasks that may be reused cannot be listed/);
		expect(simulator().tasks).toEqual([]);
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(10_000);
		expect(Date.now() - startedAt).toBeLessThan(11_000);
	});
});

describe('the hint about a list that cannot be read', () => {
	const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };

	test('names the refusal, and not that somebody had stopped the execution', async () => {
		simulator().inject({ does: 'answer', status: 429, on: isList, times: Infinity });
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		const { hints } = await run({}, CONTINUE);
		expect(hints).toEqual([expect.stringMatching(/could not be read.*too many came at once/)]);
	});

	test('does not come if a later look has read the list', async () => {
		const isLook = (request: RecordedRequest) => isList(request) && posts().length > 0;
		simulator().inject({ does: 'answer', status: 500, on: isLook, times: 3 });
		simulator().inject({ does: 'answer', status: 503, on: isPost, times: Infinity });
		const { error, hints, json } = await run({}, CONTINUE);
		expect(error).toBeUndefined();
		expect(json[0]).toHaveProperty('error');
		expect(hints).toEqual([]);
	});
});

test('a list that hangs delays tasks to reuse by the time of one request, whatever Request Timeout is', async () => {
	simulator().inject({ does: 'silence', on: isList, times: Infinity });
	const startedAt = Date.now();
	await run({ options: { requestTimeout: 10, reuseExistingTask: true } });
	expect(Date.now() - startedAt).toBeLessThan(15_000);
});

test('JSON client data that Gcore returns parsed, with its keys in another order, is the same request', async () => {
	const clientMetadata = {
		clientEntityData: '{ "name": "x", "id": 7, "of": { "b": [2, 1], "a": 1 } }',
	};
	simulator().inject({ does: 'reset', on: isPost, processed: true });
	const reorder = (request: RecordedRequest) => {
		for (const { request: sent } of simulator().tasks) {
			const data = { of: { a: 1, b: [2, 1] }, id: 7, name: 'x' };
			Object.assign(sent, { client_entity_data: data });
		}
		return isList(request) && false;
	};
	simulator().inject({ does: 'silence', on: reorder, times: Infinity });
	const { json } = await run({ clientMetadata });
	expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
	expect(posts()).toHaveLength(1);
	// The description of the API allows text alone
	simulator().violations.length = 0;
});

test('a retry refuses no task that may exist, though Gcore now says that its languages are not supported', async () => {
	const isInfo = ({ path }: RecordedRequest) => path.endsWith('/ai/info');
	simulator().inject({ does: 'answer', status: 500, on: isInfo, times: 6 });
	simulator().inject({
		does: 'answer',
		status: 500,
		on: ({ path, method }) => method === 'GET' && path.endsWith('/tasks'),
		times: 6,
	});
	simulator().inject({ does: 'reset', on: isPost, processed: true, times: 2 });
	const { error } = await run(
		{ audioLanguage: 'eng', subtitlesLanguage: '={{ $json.to }}' },
		{
			items: [{ to: 'uzb' }, { to: 'fre' }],
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		},
	);
	expect(`${error?.message} ${error?.description}`).not.toContain('Nothing was sent');
	expect(simulator().tasks).toHaveLength(2);
});

describe('the advice after a lost answer finds the task by Get Many', () => {
	test.each([
		['a signed link', 'https://b.s3.amazonaws.com/a.mp4?X-Amz-Date=1&X-Amz-Signature=1'],
		['a long link', `https://example.com/a.mp4?token=${'x'.repeat(1500)}`],
	])('of %s, without its query', async (_, url) => {
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		simulator().inject({ does: 'answer', status: 500, on: isList, times: 3 });
		const { error } = await run({ url });
		expect(error?.description).toContain('the part of this URL before the "?"');
		const [search] = url.split('?') as [string];
		const { json } = await run({ operation: 'getMany', filters: { search } });
		expect(json).toHaveLength(1);
	});
});
