import fc from 'fast-check';

import { findFinished } from '../../../nodes/GcoreTrigger/findFinished';
import type { TriggerState } from '../../../nodes/GcoreTrigger/state';
import { failure, ModelGcore } from './model';
import type { ModelTask } from './model';

const MINUTE = 60_000;

/** What happens at Gcore. A number chooses the task. */
const HAPPENINGS: Record<string, (gcore: ModelGcore, choice: number) => void> = {
	create: (gcore) => void gcore.create(),
	createTimeless: (gcore) => void gcore.create({ isTimeless: true }),
	start: (gcore, choice) => withTask(gcore, choice, isQueued, (task) => gcore.start(task, choice)),
	goBack: (gcore, choice) =>
		withTask(gcore, choice, isStarted, (task) => (task.status = 'PENDING')),
	retry: (gcore, choice) => withTask(gcore, choice, isStarted, (task) => (task.status = 'RETRY')),
	succeed: (gcore, choice) =>
		withTask(gcore, choice, isStarted, (task) => gcore.end(task, 'SUCCESS')),
	fail: (gcore, choice) => withTask(gcore, choice, isOpen, (task) => gcore.end(task, 'FAILURE')),
	cancel: (gcore, choice) => withTask(gcore, choice, isOpen, (task) => gcore.end(task, 'REVOKED')),
	startAndSucceed: (gcore, choice) =>
		withTask(gcore, choice, isQueued, (task) => {
			gcore.start(task, choice);
			gcore.end(task, 'SUCCESS');
		}),
	createAndCancel: (gcore, choice) =>
		gcore.end(gcore.create({ isTimeless: choice % 2 === 0 }), 'REVOKED'),
	/** Gcore forgets tasks in time, which moves others to earlier pages. */
	forget: (gcore, choice) =>
		withTask(
			gcore,
			choice,
			({ isToldOrPast }) => isToldOrPast === true,
			({ id }) => gcore.tasks.delete(id),
		),
	/** More rows than the trigger needs to know that it has seen the rest. */
	createMany: (gcore, choice) => {
		for (let left = 40 + (choice % 40); left > 0; left--) {
			const task = gcore.create();
			if (left % 3 > 0) gcore.start(task, choice + left);
			if (left % 3 > 1) gcore.end(task, 'SUCCESS');
		}
	},
	pass: (gcore, choice) => void (gcore.now += (choice % 30) * MINUTE),
	passADay: (gcore) => void (gcore.now += 24 * 60 * MINUTE),
};

const isOpen = ({ endedAt }: ModelTask) => endedAt === undefined;
const isStarted = (task: ModelTask) => isOpen(task) && task.startedAt !== undefined;
const isQueued = (task: ModelTask) => isOpen(task) && task.status !== 'STARTED';

function withTask(
	gcore: ModelGcore,
	choice: number,
	fits: (task: ModelTask) => boolean,
	change: (task: ModelTask) => void,
): void {
	const tasks = [...gcore.tasks.values()].filter(fits);
	const task = tasks[choice % tasks.length];
	if (task) change(task);
}

const RARE = 'createMany';
const FREQUENT = Object.keys(HAPPENINGS).filter((name) => name !== RARE);

const happening = fc.tuple(
	fc.oneof(
		{ weight: 60, arbitrary: fc.constantFrom(...FREQUENT) },
		{ weight: 1, arbitrary: fc.constant(RARE) },
	),
	fc.nat(1000),
);

const poll = fc.record({
	before: fc.array(happening, { maxLength: 8 }),
	/** What happens before each of its requests. */
	during: fc.array(fc.array(happening, { maxLength: 2 }), { maxLength: 6 }),
	/** The number of the request that fails, if it makes so many. */
	failing: fc.option(fc.nat(12), { freq: 4 }),
	/** Whether n8n starts anew after it, with what was saved last. */
	restart: fc.boolean(),
});

const history = fc.record({
	pageSize: fc.constantFrom(3, 10, 100),
	queuedLast: fc.boolean(),
	past: fc.array(happening, { maxLength: 40, size: 'max' }),
	polls: fc.array(poll, { minLength: 1, maxLength: 8, size: 'max' }),
});

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;
type Happening = History['past'][number];

/** A slow clock dates a task's start before those of more known tasks than a poll reads. */
const CLOCK_BEHIND: History = {
	pageSize: 3,
	queuedLast: false,
	past: [
		['createMany', 0],
		['createMany', 0],
	],
	polls: [{ before: [], during: [[['startAndSucceed', 0]]], failing: null, restart: false }],
};

/** A trigger as n8n runs it: n8n saves its state when a poll reports tasks, and at the activation. */
class Trigger {
	state: TriggerState | undefined;

	saved = '';

	readonly told: string[] = [];

	private isRestarted = true;

	constructor(
		private readonly gcore: ModelGcore,
		private readonly statuses: readonly string[],
	) {}

	async poll(): Promise<void> {
		const { tasks, state } = await findFinished(this.gcore, this.state, {
			now: this.gcore.now,
			mayBeOld: this.isRestarted,
			statuses: this.statuses,
			isMatch: () => true,
			withResult: true,
			onlyHosted: false,
		});
		const isFirst = this.state === undefined;
		this.state = state;
		this.isRestarted = false;
		this.told.push(...tasks.map(({ task_id }) => task_id));
		for (const { task_id } of tasks) {
			const task = this.gcore.tasks.get(task_id);
			if (task) task.isToldOrPast = true;
		}
		if (tasks.length > 0 || isFirst) this.saved = JSON.stringify(state);
	}

	restart(): void {
		this.state = JSON.parse(this.saved) as TriggerState;
		this.isRestarted = true;
	}
}

async function live({ pageSize, queuedLast, past, polls }: History, statuses: readonly string[]) {
	const gcore = new ModelGcore({ pageSize, queuedLast });
	const happen = (happenings: Happening[]) => {
		for (const [name, choice] of happenings) {
			HAPPENINGS[name]?.(gcore, choice);
			gcore.now += 1000;
		}
	};
	happen(past);
	gcore.now += 1;
	const trigger = new Trigger(gcore, statuses);
	const before = new Set(
		[...gcore.tasks.values()].filter(({ endedAt }) => endedAt).map(({ id }) => id),
	);
	await trigger.poll();
	for (const { before, during, failing, restart } of polls) {
		happen(before);
		let requests = 0;
		gcore.onRequest = () => {
			happen(during[requests] ?? []);
			if (requests++ === failing) throw failure('serverError', 500);
		};
		await trigger.poll().catch(() => {});
		if (restart) trigger.restart();
	}
	gcore.onRequest = () => {};
	// The next hourly sweep, and what it takes to ask for tasks that were not found
	for (const passed of [60 * MINUTE, MINUTE, MINUTE]) {
		gcore.now += passed;
		await trigger.poll();
	}
	return { gcore, trigger, before };
}

test.each([[['SUCCESS']], [['SUCCESS', 'FAILURE', 'REVOKED']]])(
	'%p: each task that ends is reported once, and none of the past',
	async (statuses) => {
		await fc.assert(
			fc.asyncProperty(history, async (given) => {
				const { gcore, trigger, before } = await live(given, statuses);
				const ended = gcore.all.filter(
					({ id, status }) => !before.has(id) && statuses.includes(status),
				);
				// A task without any time looks like history unless a poll saw it in progress
				const timeless = new Set(ended.filter(({ isTimeless }) => isTimeless).map(({ id }) => id));
				const timed = ended.map(({ id }) => id).filter((id) => !timeless.has(id));
				expect(trigger.told.filter((id) => !timeless.has(id)).sort()).toEqual(timed.sort());
				expect(new Set(trigger.told).size).toBe(trigger.told.length);
			}),
			{ seed: 1, numRuns: 200, examples: [[CLOCK_BEHIND]] },
		);
	},
	600_000,
);
