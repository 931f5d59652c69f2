import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../../simulator';
import { runGcore } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const SECOND = 1000;
const CONTINUE = { onError: 'continueRegularOutput' as const };

const videos = (count: number) => Array.from({ length: count }, (_, i) => ({ i }));

const run = async (count: number, options: INode['parameters'] = {}, more = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: {
			url: '=https://example.com/{{ $json.i }}.mp4',
			options,
		},
		items: videos(count),
		...more,
	});

const isPost = ({ method }: RecordedRequest) => method === 'POST';
const refusals = () => simulator().requests.filter(isPost).length - simulator().tasks.length;
const urls = () => simulator().tasks.map(({ request }) => request.url);

describe('a full queue', () => {
	test('is waited out: every video gets its task, once, without a storm of requests', async () => {
		Object.assign(simulator().options, { queueLimit: 30, taskDurationMs: 60 * SECOND });
		const { json, error, messages } = await run(200);
		expect(error).toBeUndefined();
		expect(json.map(({ url }) => url)).toEqual(
			videos(200).map(({ i }) => `https://example.com/${i}.mp4`),
		);
		expect(json.map(({ task_id }) => task_id).sort()).toEqual(
			simulator()
				.tasks.map(({ id }) => id)
				.sort(),
		);
		expect(new Set(urls()).size).toBe(200);
		expect(refusals()).toBeLessThanOrEqual(3 * 200);
		expect(messages[0]).toMatch(/queue is full\. \d+ tasks created so far/);
	});

	test('is reported once for each change, however long it lasts', async () => {
		Object.assign(simulator().options, { queueLimit: 5, taskDurationMs: 60 * SECOND });
		const { messages } = await run(20);
		expect(messages.length).toBeGreaterThan(1);
		expect(new Set(messages).size).toBe(messages.length);
	});

	test('costs few refused requests if room comes for one at a time', async () => {
		Object.assign(simulator().options, { queueLimit: 1, taskDurationMs: 20 * SECOND });
		const { json } = await run(20);
		expect(json).toHaveLength(20);
		// All are sent before anybody knows of the limit, then a quarter of them, and a quarter of these
		const narrowing = 19 + 12 + 3;
		expect(refusals() - narrowing).toBeLessThanOrEqual(3 * 19);
	});

	test('of others has room as soon as one of their tasks ends', async () => {
		Object.assign(simulator().options, { queueLimit: 10, taskDurationMs: 100 * SECOND });
		await run(10);
		const { json } = await run(5);
		expect(json).toHaveLength(5);
		const [ended = 0] = simulator().tasks.map(
			({ createdAt, durationMs }) => createdAt + durationMs,
		);
		const taken = simulator().tasks[10]?.createdAt ?? 0;
		expect(taken - ended).toBeLessThan(30 * SECOND);
	});

	test('reports each video without a task when time is up, and keeps the tasks', async () => {
		Object.assign(simulator().options, { queueLimit: 3, taskDurationMs: 10_000 * SECOND });
		const { json } = await run(
			8,
			{ whenQueueIsFull: 'wait', maxWaitForRoom: 1 },
			{ settings: CONTINUE },
		);
		expect(
			json
				.slice(0, 3)
				.map(({ task_id }) => task_id)
				.sort(),
		).toEqual(
			simulator()
				.tasks.map(({ id }) => id)
				.sort(),
		);
		expect(json.slice(3)).toEqual(
			[3, 4, 5, 6, 7].map((item) => ({
				error: `Gcore's queue stayed full for 1 minute [item ${item}]`,
				message: expect.stringMatching(/^No task was created for this item\. .*Max Wait for Room/),
			})),
		);
		expect(simulator().tasks).toHaveLength(3);
	});

	test('ends the node when time is up, with the IDs of the tasks', async () => {
		Object.assign(simulator().options, { queueLimit: 3, taskDurationMs: 10_000 * SECOND });
		const { error } = await run(8, { whenQueueIsFull: 'wait', maxWaitForRoom: 1 });
		expect(error?.message).toMatch(/^Gcore's queue stayed full for 1 minute \[item 3\]$/);
		expect(error?.description).toMatch(
			/3 tasks were created before it: their IDs are in the error details\.$/,
		);
		const created = error?.context?.['createdTaskIds'] as string[];
		expect([...created].sort()).toEqual(
			simulator()
				.tasks.map(({ id }) => id)
				.sort(),
		);
	});

	test('is waited for half an hour, unless set', async () => {
		Object.assign(simulator().options, { queueLimit: 3, taskDurationMs: 10_000 * SECOND });
		const { error } = await run(8, { whenQueueIsFull: 'wait' });
		expect(error?.message).toMatch(/^Gcore's queue stayed full for 30 minutes/);
	});

	test('is an error at once if that is wanted, and nothing is sent again', async () => {
		Object.assign(simulator().options, { queueLimit: 3, taskDurationMs: 10_000 * SECOND });
		const { json } = await run(200, { whenQueueIsFull: 'fail' }, { settings: CONTINUE });
		expect(json.filter(({ task_id }) => task_id)).toHaveLength(3);
		expect(json[199]).toEqual({
			error: "Gcore's queue is full (HTTP 400) [item 199]",
			message: expect.stringContaining('No task was created for this item.'),
		});
		expect(refusals()).toBeLessThanOrEqual(64);
	});
});

describe('too many requests', () => {
	const tooMany = (headers = {}) => ({
		does: 'answer' as const,
		status: 429,
		headers,
		on: isPost,
	});

	test('are sent again after the time that Gcore asks for, fewer at once', async () => {
		simulator().options.queueLimit = 1000;
		simulator().inject({ ...tooMany({ 'Retry-After': '120' }), times: 1 });
		const { json } = await run(100);
		expect(json).toHaveLength(100);
		expect(new Set(urls()).size).toBe(100);
		const [refused = 0, ...times] = simulator()
			.requests.filter(isPost)
			.map(({ at }) => at);
		const longest = times.reduce(
			({ last, gap }, at) => ({ last: at, gap: Math.max(gap, at - last) }),
			{ last: refused, gap: 0 },
		);
		expect(longest.gap).toBeGreaterThanOrEqual(120 * SECOND);
	});

	test('are sent again if Gcore names no time', async () => {
		simulator().options.queueLimit = 1000;
		simulator().inject({ ...tooMany(), times: 30 });
		const { json } = await run(100);
		expect(json).toHaveLength(100);
		expect(simulator().tasks).toHaveLength(100);
	});

	test('are an error if Gcore asks for an hour', async () => {
		simulator().inject({ ...tooMany({ 'Retry-After': '3600' }), times: Infinity });
		const { error } = await run(1);
		expect(error?.message).toMatch(
			/too many came at once \(HTTP 429\)\. Gcore asks to wait 3600 s/,
		);
	});
});
