import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import type { Simulator } from '../simulator';
import type { Task } from '../simulator/task';
import type { Aftermath, Video } from './audit';
import { audit, keyOf, keyOfTask } from './audit';
import { createFor } from './batch';
import { byChance } from './chance';
import { FAULTS } from './faults';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How old a task may be to be reused, in hours. */
const REUSE_WITHIN = 24;

/** An item, and whether it may get an existing task. */
interface Item extends Video {
	reuse: boolean;
}

/** Kinds of tasks that existed before the run, by their age and duration in ms. */
const TASKS_OF_BEFORE = {
	queued: { age: 10 * MINUTE, durationMs: 24 * HOUR },
	'in line': { age: 2.4 * HOUR, durationMs: 24 * HOUR },
	'queued again': { age: 2.2 * HOUR, durationMs: 4 * HOUR },
	starting: { age: 0, durationMs: 2 * MINUTE },
	running: { age: HOUR, durationMs: 3 * HOUR },
	'just done': { age: 3 * MINUTE, durationMs: MINUTE },
	done: { age: 3 * HOUR, durationMs: MINUTE },
	'done long ago': { age: 30 * HOUR, durationMs: MINUTE },
	cancelled: { age: 10 * MINUTE, durationMs: HOUR, cancelledAt: 0 },
} satisfies Record<string, { age: number; durationMs: number; cancelledAt?: number }>;

/** The kinds that may be reused at any time of the run. */
const REUSABLE = ['queued', 'in line', 'queued again', 'starting', 'running', 'just done', 'done'];

const anyVideo: fc.Arbitrary<Video> = fc.record(
	{
		url: fc.integer({ min: 0, max: 5 }).map((n) => `https://example.com/${n}.mp4`),
		user: fc.constantFrom('anna', 'ben'),
	},
	{ requiredKeys: ['url'] },
);

const anyFault = fc.record({
	name: fc.constantFrom(...Object.keys(FAULTS)),
	rate: fc.constantFrom(0.05, 0.2, 0.5),
	of: fc.constantFrom('POST', 'GET', undefined),
});

/** A run of Create and what it meets at Gcore. */
const anyMix = fc.record({
	seed: fc.nat().map(String),
	faults: fc.array(anyFault, { maxLength: 3 }),
	items: fc.array(
		anyVideo.chain((video) => fc.boolean().map((reuse): Item => ({ ...video, reuse }))),
		{ minLength: 1, maxLength: 25 },
	),
	mayReuse: fc.boolean(),
	/** Each for the same request as an item, by its index. */
	before: fc.array(
		fc.record({
			kind: fc.constantFrom(...(Object.keys(TASKS_OF_BEFORE) as KindOfBefore[])),
			like: fc.nat({ max: 24 }),
		}),
		{ maxLength: 15 },
	),
	/** How many tasks the queue takes beside those of before. */
	room: fc.constantFrom(3, 8, Infinity),
	whenQueueIsFull: fc.constantFrom('wait', 'wait', 'fail'),
	taskDurationMs: fc.constantFrom(1_000, 15_000),
	pageSizeLimit: fc.constantFrom(2, 10, 100),
	queuedLast: fc.boolean(),
	tries: fc.constantFrom(1, 2, 3),
	/** If the first item cannot be read, n8n runs all items again. */
	firstIsBad: fc.boolean(),
	stopsOnError: fc.boolean(),
});

type KindOfBefore = keyof typeof TASKS_OF_BEFORE;
type Mix = typeof anyMix extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays random mixes, the same ones for the same seed. */
export async function playMixes(simulator: () => Simulator, seed: number, numRuns: number) {
	await fc.assert(
		fc.asyncProperty(anyMix, async (mix) => {
			expect(await play(simulator(), mix)).toEqual([]);
		}),
		// A run takes seconds, so a counterexample is reported as it is
		{ seed, numRuns, endOnFailure: true },
	);
}

/** Plays a mix, and returns what is wrong after it. */
async function play(simulator: Simulator, mix: Mix): Promise<string[]> {
	simulator.reset();
	const now = Date.now();
	const before = mix.before.map(({ kind, like }) => {
		const video = mix.items[like % mix.items.length] as Video;
		return { kind, task: taskOf(kind, video, now) };
	});
	for (const { task } of before) simulator.add(task);
	const { taskDurationMs, pageSizeLimit, queuedLast, room } = mix;
	const queueLimit = room + before.length;
	Object.assign(simulator.options, { taskDurationMs, pageSizeLimit, queuedLast, queueLimit });
	for (const [index, { name, rate, of }] of mix.faults.entries()) {
		const chance = byChance(`${mix.seed} ${index}`, rate);
		simulator.inject({
			...FAULTS[name],
			times: Infinity,
			on: (request) => (of ?? request.method) === request.method && chance(request),
		} as Parameters<Simulator['inject']>[0]);
	}
	const items: Item[] = mix.items.map((item) => ({ ...item, reuse: mix.mayReuse && item.reuse }));
	const first: Item[] = mix.firstIsBad && !mix.stopsOnError ? [{ url: 'bad', reuse: false }] : [];
	const result = await createFor(simulator, [...first, ...items], {
		options: {
			whenQueueIsFull: mix.whenQueueIsFull,
			reuseExistingTask: '={{ $json.reuse }}',
			reuseWithin: REUSE_WITHIN,
		},
		node: {
			...(mix.tries > 1 && { retryOnFail: true, maxTries: mix.tries }),
			...(!mix.stopsOnError && { onError: 'continueRegularOutput' }),
		},
	});
	const aftermath: Aftermath = {
		items: [...first, ...items],
		result,
		tasks: simulator.tasks,
		existing: new Set(before.map(({ task }) => task.id)),
	};
	const books = result.error && mix.stopsOnError ? auditStopped(aftermath, mix) : audit(aftermath);
	const reusable = before.filter(({ kind }) => REUSABLE.includes(kind)).map(({ task }) => task);
	const unfit = before.filter(({ kind }) => !REUSABLE.includes(kind)).map(({ task }) => task.id);
	return [
		...books,
		...doubled(aftermath),
		...notReused(aftermath, items, reusable),
		...result.json
			.filter(({ task_id }) => unfit.includes(String(task_id)))
			.map(({ task_id }) => `${String(task_id)} is not to be reused`),
	];
}

function taskOf(kind: KindOfBefore, { url, user }: Video, now: number): Task {
	const { age, durationMs, ...more } = TASKS_OF_BEFORE[kind];
	const createdAt = now - age;
	return {
		id: randomUUID(),
		request: { task_name: 'transcription', url, ...(user && { client_user_id: user }) },
		createdAt,
		durationMs,
		...('cancelledAt' in more && { cancelledAt: now - MINUTE }),
	};
}

/** An error that ends the node lists the tasks that were created, except lost ones. */
function auditStopped({ result, tasks, existing }: Aftermath, { faults }: Mix): string[] {
	const listed = (result.error?.context?.['createdTaskIds'] ?? []) as string[];
	const created = tasks.map(({ id }) => id).filter((id) => !existing.has(id));
	const unlisted = created.filter((id) => !listed.includes(id));
	const canBeLost = faults.some(({ of }) => of !== 'POST');
	return [
		...listed.filter((id) => !created.includes(id)).map((id) => `${id} was not created`),
		...(new Set(listed).size < listed.length ? ['a task is listed twice'] : []),
		...(canBeLost ? [] : unlisted).map((id) => `${id} was created and is not listed`),
	];
}

/** However a run ends, no request makes more tasks than there are items for it. */
function doubled({ items, tasks, existing }: Aftermath): string[] {
	const wanted = items.map(keyOf);
	const created = tasks.filter(({ id }) => !existing.has(id)).map(keyOfTask);
	const count = (keys: string[], key: string) => keys.filter((other) => other === key).length;
	return [...new Set(created)]
		.filter((key) => count(created, key) > count(wanted, key))
		.map((key) => `${count(created, key)} tasks for ${count(wanted, key)} items ${key}`);
}

/** No item that may reuse a task has a new one while there is one to reuse. */
function notReused(
	{ result, tasks, items: all }: Aftermath,
	items: readonly Item[],
	reusable: readonly Task[],
): string[] {
	const given = new Set(result.json.map(({ task_id }) => task_id));
	const left = reusable.filter(({ id }) => !given.has(id)).map(keyOfTask);
	const outputs = result.json.slice(all.length - items.length);
	const isNew = (id: unknown) =>
		tasks.some((task) => task.id === id) && !reusable.some((task) => task.id === id);
	return items.flatMap((item, index) => {
		const { task_id } = outputs[index] ?? {};
		if (!item.reuse || !isNew(task_id) || !left.includes(keyOf(item))) return [];
		return [`item ${index} has a new task, although one can be reused`];
	});
}
