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

describe.each(LOSSES)('where %s', (_, fault) => {
	test('a task that exists all the same is found, and none is sent again', async () => {
		simulator().inject({ ...fault, on: isPost, processed: true });
		const { json, error } = await run();
		expect(error).toBeUndefined();
		expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
		expect(posts()).toHaveLength(1);
	});

	test('one that does not exist is sent again, after three looks in 10 seconds', async () => {
		simulator().inject({ ...fault, on: isPost });
		const { json } = await run();
		expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
		expect(simulator().tasks).toHaveLength(1);
		const [first, second] = posts();
		expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
		expect(looks()).toHaveLength(3);
	});
});

describe('a task is not taken for a lost one', () => {
	const lose = () => simulator().inject({ does: 'reset', on: isPost });

	test.each([false, true])('where it was queued before (queued last: %s)', async (queuedLast) => {
		Object.assign(simulator().options, { queuedLast, taskDurationMs: 1000 * MINUTE });
		await runBefore(0);
		lose();
		const { json } = await run();
		expect(simulator().tasks).toHaveLength(2);
		expect(json[0]?.['task_id']).toBe(simulator().tasks[1]?.id);
	});

	test('where it had started before', async () => {
		simulator().options.taskDurationMs = MINUTE;
		await runBefore(1);
		lose();
		const { json } = await run();
		expect(json[0]?.['task_id']).toBe(simulator().tasks[1]?.id);
	});

	test('where it starts, and with that changes pages, while the list is read', async () => {
		Object.assign(simulator().options, { queuedLast: true, pageSizeLimit: 1 });
		const request = { task_name: 'transcription' as const, url: VIDEO };
		simulator().add({ request, createdAt: Date.now() - 3 * MINUTE, durationMs: 15 * MINUTE });
		// It starts after two minutes: the second page is asked for before, and answered after
		const starting = simulator().add({ request, durationMs: 15 * MINUTE });
		simulator().inject({ does: 'delay', ms: 3 * MINUTE, on: ({ query }) => query['page'] === '2' });
		lose();
		const { json } = await run({ options: { requestTimeout: 300 } });
		expect(json[0]?.['task_id']).not.toBe(starting.id);
		expect(simulator().tasks).toHaveLength(3);
	});

	test('where it is of another request for the same video', async () => {
		lose();
		simulator().inject({ does: 'delay', ms: 50, on: isPost });
		const { json } = await run(
			{ additionalFields: { clientUserId: '={{ $json.user }}' } },
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
		'get a task each, where answers get lost (processed: %s)',
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

describe('what remains unknown is told', () => {
	const MAY_EXIST = /Gcore may have created the task all the same: look for it first/;

	test('where the list cannot be read, and nothing is sent again', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
		simulator().inject({ does: 'reset', on: isPost, processed: true });
		const { error } = await run();
		expect(error?.message).toMatch(/connection to Gcore was lost/);
		expect(error?.description).toMatch(MAY_EXIST);
		expect(posts()).toHaveLength(1);
	});

	test('where it is sent once more and refused', async () => {
		simulator().inject({ does: 'reset', on: isPost });
		simulator().inject({ does: 'answer', status: 401, on: isPost, times: Infinity });
		const { error } = await run();
		expect(error?.message).toMatch(/does not accept the API key/);
		expect(error?.description).toMatch(MAY_EXIST);
	});

	test('where three answers in a row are lost', async () => {
		simulator().inject({ does: 'answer', status: 503, on: isPost, times: Infinity });
		const { error } = await run();
		expect(error?.description).toMatch(MAY_EXIST);
		expect(posts()).toHaveLength(3);
	});
});

test('where all answers are lost, the rest of a batch is not sent', async () => {
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
			'Gcore gave no usable answer for 10 tasks in a row, so nothing was sent for this one [item 149]',
		message: 'Run this item again when Gcore works again.',
	});
});

test('a list that cannot be read does no harm where all answers arrive', async () => {
	simulator().inject({ does: 'answer', status: 422, on: isList, times: Infinity });
	const { json } = await run();
	expect(json.map(({ task_id }) => task_id)).toEqual(simulator().tasks.map(({ id }) => id));
});
