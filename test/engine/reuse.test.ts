/* eslint-disable @n8n/community-nodes/no-restricted-globals -- changes the time zone for a test, not part of the package */
import { sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../simulator';
import { runGcore } from './engine';
import { setStage } from './stage';

const simulator = setStage();

const HOUR = 3_600_000;

const URL_OF_ITEM = '=https://example.com/{{ $json.i }}.mp4';
const REUSE = { reuseExistingTask: true };

const videos = (count: number) => Array.from({ length: count }, (_, i) => ({ i }));

const run = async (
	count: number,
	options: INode['parameters'] = REUSE,
	parameters: INode['parameters'] = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { url: URL_OF_ITEM, options, ...parameters },
		items: videos(count),
	});

const isList = ({ method }: RecordedRequest) => method === 'GET';
const lists = () => simulator().requests.filter(isList);
const ids = () => simulator().tasks.map(({ id }) => id);

/** Runs the node as the run before did, some hours ago. */
const runBefore = async (count: number, hours = 0, parameters: INode['parameters'] = {}) => {
	await run(count, {}, parameters);
	await sleep(1);
	for (const task of simulator().tasks) task.createdAt -= hours * HOUR;
	simulator().requests.length = 0;
};

beforeEach(() => (simulator().options.queueLimit = 1000));

describe('Reuse Existing Task', () => {
	test.each([false, true])(
		'gives every video its task again (queued last: %s)',
		async (queuedLast) => {
			Object.assign(simulator().options, { queuedLast, taskDurationMs: HOUR });
			await runBefore(40);
			const { json } = await run(50);
			expect(json.map(({ reused }) => reused)).toEqual(videos(50).map(({ i }) => i < 40));
			expect(json.slice(0, 40).map(({ task_id }) => task_id)).toEqual(
				json
					.slice(0, 40)
					.map(({ url }) => simulator().tasks.find(({ request }) => request.url === url)?.id),
			);
			expect(simulator().tasks).toHaveLength(50);
		},
	);

	test('reads the list once per run, not once per item', async () => {
		await runBefore(120);
		await run(120);
		expect(simulator().tasks).toHaveLength(120);
		expect(lists().length).toBeLessThanOrEqual(12);
	});

	test('reads the list as far as the tasks that may be reused, and no further', async () => {
		simulator().options.taskDurationMs = 1;
		await runBefore(150);
		for (let index = 0; index < 2000; index++) {
			simulator().add({ createdAt: Date.now() - (30 + index) * HOUR, durationMs: 1 });
		}
		const { json } = await run(150);
		expect(json.filter(({ reused }) => reused)).toHaveLength(150);
		// The list is 22 pages long
		expect(lists().length).toBeLessThanOrEqual(8);
	});

	test.each([0, 3])('takes tasks that succeeded, of %i hours ago', async (hours) => {
		simulator().options.taskDurationMs = 1;
		await runBefore(5, hours);
		const { json } = await run(5);
		expect(json.every(({ reused }) => reused)).toBe(true);
		expect(json.map(({ task_id }) => task_id).sort()).toEqual([...ids()].sort());
	});

	test('takes none that started before its time', async () => {
		simulator().options.taskDurationMs = 1;
		await runBefore(5, 3);
		const { json } = await run(5, { ...REUSE, reuseWithin: 2 });
		expect(json.map(({ reused }) => reused)).toEqual(Array(5).fill(false));
		expect(simulator().tasks).toHaveLength(10);
	});

	test('takes none that failed or was cancelled', async () => {
		simulator().options.taskDurationMs = 1;
		await runBefore(1, 0, { url: 'https://example.com/failure.mp4' });
		await run(1, REUSE, { url: 'https://example.com/failure.mp4' });
		expect(simulator().tasks).toHaveLength(2);

		simulator().options.taskDurationMs = HOUR;
		await runBefore(1);
		for (const task of simulator().tasks) task.cancelledAt = Date.now();
		const { json } = await run(1);
		expect(json[0]?.['reused']).toBe(false);
	});

	test.each([
		['languages', { subtitlesLanguage: 'ger' }],
		['client data', { clientMetadata: { clientUserId: 'x' } }],
	])('takes none with other %s', async (_, parameters) => {
		await runBefore(5);
		const { json } = await run(5, REUSE, parameters);
		expect(json.map(({ reused }) => reused)).toEqual(Array(5).fill(false));
		expect(simulator().tasks).toHaveLength(10);
	});

	test('gives each task to one item', async () => {
		await runBefore(1);
		const { json } = await run(3, REUSE, { url: 'https://example.com/0.mp4' });
		expect(json.filter(({ reused }) => reused)).toHaveLength(1);
		expect(new Set(json.map(({ task_id }) => task_id)).size).toBe(3);
	});

	test('takes the task of a presigned link, though the link was signed anew', async () => {
		const signed = (signature: string) =>
			`https://bucket.example.com/a.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k&X-Amz-Date=${signature}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
		await runBefore(1, 0, { url: signed('1') });
		const { json } = await run(1, REUSE, { url: signed('2') });
		expect(json[0]).toMatchObject({ task_id: ids()[0], reused: true });
		const searches = simulator().requests.flatMap(({ query }) => query['search'] ?? []);
		expect(new Set(searches)).toEqual(new Set(['https://bucket.example.com/a.mp4']));
	});

	test('takes one that is done rather than one that is not', async () => {
		simulator().options.taskDurationMs = 1;
		await runBefore(1, 1);
		simulator().options.taskDurationMs = HOUR;
		await run(1, {});
		const { json } = await run(1);
		expect(json[0]?.['task_id']).toBe(ids()[0]);
	});

	test('works for each language of an item', async () => {
		await runBefore(2, 0, { alsoTranslateTo: ['ger'] });
		const { json } = await run(2, REUSE, { alsoTranslateTo: ['ger', 'fre'] });
		expect(json.map(({ reused }) => reused)).toEqual([true, true, false, true, true, false]);
	});

	test('sends nothing if the list cannot be read', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
		const { error } = await run(3);
		expect(error?.message).toMatch(/^The tasks that may be reused cannot be listed: .*HTTP 403/);
		expect(error?.description).toMatch(/Nothing was sent.*turn off 'Reuse Existing Task'/);
		expect(simulator().tasks).toEqual([]);
	});

	test('takes times without a zone for UTC, wherever n8n runs', async () => {
		const zone = process.env['TZ'];
		process.env['TZ'] = 'Asia/Tokyo';
		simulator().options.taskDurationMs = 1;
		await runBefore(1, 1);
		for (const task of simulator().tasks) {
			const started_at = new Date(task.createdAt).toISOString().replace('Z', '');
			task.shown = { times: { started_at } };
		}
		const { json } = await run(1, { ...REUSE, reuseWithin: 2 });
		// The simulator says that such a time is not as documented
		expect(simulator().violations.splice(0)).not.toEqual([]);
		process.env['TZ'] = zone;
		expect(json[0]?.['reused']).toBe(true);
	});

	test('takes one that was created between two tries', async () => {
		let taskId = '';
		const on = ({ method }: RecordedRequest) => {
			if (method !== 'POST') return false;
			const url = 'https://example.com/0.mp4';
			taskId = simulator().add({ request: { task_name: 'transcription', url } }).id;
			return true;
		};
		simulator().inject({ does: 'answer', status: 400, on });
		const { json } = await runGcore({
			simulator: simulator(),
			parameters: { url: URL_OF_ITEM, options: REUSE },
			items: videos(1),
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 },
		});
		expect(json[0]).toMatchObject({ task_id: taskId, reused: true });
	});

	test('off, it says nothing about reuse and creates a task', async () => {
		await runBefore(1);
		const { json } = await run(1, {});
		expect(json[0]).not.toHaveProperty('reused');
		expect(simulator().tasks).toHaveLength(2);
	});

	test.each([
		[{ reuseExistingTask: 'maybe' }, /^'Reuse Existing Task' is neither true nor false/],
		[
			{ ...REUSE, reuseWithin: -1 },
			/^'Reuse Within \(Hours\)' must be a number above 0 and at most 744/,
		],
		[
			{ ...REUSE, reuseWithin: 9999 },
			/^'Reuse Within \(Hours\)' must be a number above 0 and at most 744/,
		],
		[
			{ whenQueueIsFull: 'wait', maxWaitForRoom: 0 },
			/^'Max Wait for Room \(Minutes\)' must be a number above 0/,
		],
		[{ whenQueueIsFull: 'panic' }, /^'When the Queue Is Full' has no "panic"/],
	])('refuses %j', async (options, message) => {
		const { error } = await run(1, options);
		expect(error?.message).toMatch(message);
		expect(simulator().requests).toEqual([]);
	});
});
