import { createAndAudit, createFor, videos } from '../faults/batch';
import { byChance } from '../faults/chance';
import { FAULTS } from '../faults/faults';
import { playMixes } from '../faults/mixes';
import type { RecordedRequest } from '../simulator';
import type { Fault } from '../simulator/faults';
import { setStage } from './stage';

const simulator = setStage();

const HOUR = 3_600_000;

const isGet = ({ method }: RecordedRequest) => method === 'GET';
const isPost = ({ method }: RecordedRequest) => method === 'POST';
const isPostOf =
	(wanted: string | undefined) =>
	({ method, body }: RecordedRequest) =>
		method === 'POST' && (body as { url: string }).url === wanted;

/** Adds a task that existed before, by its age and duration in ms. */
function haveTask(url: string | undefined, age: number, durationMs: number): void {
	const request = { task_name: 'transcription' as const, url: url ?? '' };
	const createdAt = Date.now() - age;
	simulator().add({ request, createdAt, durationMs });
}

/** An empty list, as of a Gcore that lists a task only after a while. */
const NOTHING_LISTED: Fault = {
	does: 'answer',
	status: 200,
	body: { count: 0, next: null, previous: null, results: [] },
};

/** `npm run test:faults` runs all of it, with more items, rates and mixes. */
describe('every item has one task or an error', () => {
	test.each(Object.entries(FAULTS))('after %s', async (name, fault) => {
		simulator().inject({ ...fault, times: Infinity, on: byChance(name, 0.3) });
		const { findings } = await createAndAudit(simulator(), videos(10));
		expect(findings).toEqual([]);
	});

	test('in random mixes', async () => {
		await playMixes(simulator, 5, 10);
	});
});

describe('a lost answer', () => {
	test('is found by the third look if Gcore lists the task late', async () => {
		const [item] = videos(1);
		simulator().inject({ does: 'reset', processed: true, on: isPost });
		let looks = 0;
		const on = (request: RecordedRequest) =>
			isGet(request) && simulator().tasks.length > 0 && ++looks <= 2;
		simulator().inject({ ...NOTHING_LISTED, times: Infinity, on });
		const { findings, result } = await createAndAudit(simulator(), item ? [item] : []);
		expect(findings).toEqual([]);
		expect(result.json).toEqual([expect.objectContaining({ task_id: simulator().tasks[0]?.id })]);
		expect(simulator().requests.filter(isPost)).toHaveLength(1);
	});

	test('is sent again after ten seconds if there is no task for it', async () => {
		const [item] = videos(1);
		simulator().inject({ does: 'reset', on: isPost });
		const { result } = await createAndAudit(simulator(), item ? [item] : []);
		expect(result.json[0]).toHaveProperty('task_id');
		const [first, second] = simulator().requests.filter(isPost);
		expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
	});

	test('of an earlier try is looked for before anything is sent', async () => {
		const [item] = videos(1);
		simulator().inject({ does: 'reset', processed: true, on: isPost });
		// The looks of the first try: three, of three requests each
		const on = (request: RecordedRequest) => isGet(request) && simulator().tasks.length > 0;
		simulator().inject({ does: 'answer', status: 500, times: 9, on });
		const { findings, result } = await createAndAudit(simulator(), item ? [item] : [], {
			node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
		});
		expect(findings).toEqual([]);
		expect(result.json[0]).toHaveProperty('task_id');
	});

	test('of an earlier try does not get the task that another item got then', async () => {
		const items = [...videos(1), ...videos(1)];
		simulator().inject({ does: 'reset', on: isPost });
		const on = (request: RecordedRequest) => isGet(request) && simulator().tasks.length > 0;
		simulator().inject({ does: 'answer', status: 500, times: 9, on });
		const { findings, result } = await createAndAudit(simulator(), items, {
			node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
		});
		expect(findings).toEqual([]);
		expect(new Set(result.json.map(({ task_id }) => task_id)).size).toBe(2);
	});

	test('is not taken for an earlier task if the earlier tasks could not be listed', async () => {
		const [item] = videos(1);
		haveTask(item?.url, 0, HOUR);
		simulator().inject({ does: 'answer', status: 500, times: 3, on: isGet });
		simulator().inject({ does: 'reset', on: isPost });
		const { findings, result } = await createAndAudit(simulator(), item ? [item] : []);
		expect(findings).toEqual([]);
		expect(result.json[0]).toHaveProperty('error');
	});

	test('is not sent again by a retry if the earlier tasks could not be listed', async () => {
		const [item] = videos(1);
		simulator().inject({ does: 'answer', status: 500, times: 3, on: isGet });
		simulator().inject({ does: 'reset', processed: true, on: isPost });
		const { findings } = await createAndAudit(simulator(), item ? [item] : [], {
			node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
		});
		expect(findings).toEqual([]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('is not taken for a task listed behind one that is queued for the second time', async () => {
		const items = videos(5);
		simulator().options.queuedLast = true;
		haveTask('https://example.com/other.mp4', 2.2 * HOUR, 4 * HOUR);
		haveTask(items[0]?.url, 2.4 * HOUR, 24 * HOUR);
		simulator().inject({ does: 'reset', on: isPostOf(items[0]?.url) });
		const { findings } = await createAndAudit(simulator(), items);
		expect(findings).toEqual([]);
	});

	test('may swap its task with that of an equal request of another item', async () => {
		const items = [...videos(1), ...videos(1)];
		simulator().inject({ does: 'reset', on: isPost });
		// The answer to the second comes after the first has looked for its own
		simulator().inject({ does: 'delay', ms: 300, processed: true, on: isPost });
		const { findings, result } = await createAndAudit(simulator(), items);
		expect(findings).toEqual([]);
		expect(new Set(result.json.map(({ task_id }) => task_id)).size).toBe(2);
	});
});

test('an item that reuses tasks does not get one that an earlier try has created', async () => {
	// The list cannot be read in the first try
	simulator().inject({ does: 'answer', status: 500, times: 3, on: isGet });
	const items = videos(1).flatMap((video) => [
		{ ...video, reuse: true },
		{ ...video, reuse: false },
	]);
	const { findings } = await createAndAudit(simulator(), items, {
		options: { reuseExistingTask: '={{ $json.reuse }}' },
		node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
	});
	expect(findings).toEqual([]);
});

test('a Retry-After of hours ends what is not sent yet, whatever was accepted meanwhile', async () => {
	const items = videos(8);
	const headers = { 'Retry-After': '36000' };
	simulator().inject({ does: 'answer', status: 429, headers, on: isPostOf(items[0]?.url) });
	simulator().inject({ does: 'reset', on: isPostOf(items[4]?.url) });
	const startedAt = Date.now();
	const { findings, result } = await createAndAudit(simulator(), items);
	expect(findings).toEqual([]);
	expect(Date.now() - startedAt).toBeLessThan(HOUR);
	expect(result.json.filter(({ error }) => error !== undefined)).toHaveLength(2);
});

test('a rest may end between two looks at the clock', async () => {
	const { now } = Date;
	let ahead = 0;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + (ahead += 50));
	const chance = byChance('clock', 0.7);
	const tooMany = { does: 'answer', status: 429, headers: { 'Retry-After': '1' } } as const;
	const on = (request: RecordedRequest) => isPost(request) && chance(request);
	simulator().inject({ ...tooMany, times: Infinity, on });
	const { findings } = await createAndAudit(simulator(), videos(20));
	clock.mockRestore();
	expect(findings).toEqual([]);
});

test('the error of the last try lists the tasks of the tries before', async () => {
	const items = videos(20);
	const bad = { does: 'answer', status: 400, body: { error: 'Bad video' } } as const;
	simulator().inject({ ...bad, times: 2, on: isPostOf(items[15]?.url) });
	const { error } = await createFor(simulator(), items, {
		node: { retryOnFail: true, maxTries: 2 },
	});
	const listed = error?.context?.['createdTaskIds'] as string[];
	expect([...listed].sort()).toEqual(
		simulator()
			.tasks.map(({ id }) => id)
			.sort(),
	);
});
