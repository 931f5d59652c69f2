import type { Task } from '../shared/api/types';
import { hasEnded, timesOf } from '../shared/tasks/task';

/**
 * What the trigger keeps from poll to poll. n8n saves it when a poll emits tasks and when the workflow
 * is activated, so after a restart it may be days old; tasks that have ended since are still found.
 *
 * It is bounded: `open` by the tasks that Gcore has in progress, `done` by {@link KEPT}.
 */
export interface TriggerState {
	version: 1;
	/** When the poll that left it began, in ms since the epoch. */
	polledAt: number;
	/** The statuses that this poll looked for. */
	statuses: readonly string[];
	/**
	 * A time of Gcore's, in ms since the epoch. A task whose last time is before it is in `open`, or
	 * is history.
	 */
	horizon: number;
	/**
	 * Tasks that have not ended, or are to be asked for again: by ID, with the number of polls in a row
	 * that failed to fetch it. A poll in an outage counts as a fraction of one.
	 */
	open: Readonly<Record<string, number>>;
	/** Tasks that have ended and need nothing more: their last times, after the horizon, by ID. */
	done: Readonly<Record<string, number>>;
	/** How many tasks Gcore's lists had, by status. A list of the same length has nothing new. */
	counts: Readonly<Record<string, number>>;
	/** When lists of unchanged length were last read too, in ms since the epoch. */
	sweptAt: number;
}

/** How many ended tasks are remembered. */
export const KEPT = 2000;

/** How often lists of unchanged length are read: one task may have taken another's place. */
export const SWEEP_EVERY_MS = 60 * 60_000;

/**
 * How far the horizon stays behind the latest time seen, in ms: the time until the next sweep, and how
 * much the clocks of Gcore's machines may differ and its list may be late.
 */
export const MARGIN_MS = SWEEP_EVERY_MS + 10 * 60_000;

/** Whether a saved value is a state as this version of the code writes it. */
export function isState(value: unknown): value is TriggerState {
	return (value as Partial<TriggerState> | undefined)?.version === 1;
}

/** Whether a task that has ended is to be reported. Without a state, all tasks are history. */
export function isNew(task: Task, state: TriggerState | undefined): boolean {
	if (!state || task.task_id in state.done) return false;
	if (task.task_id in state.open) return true;
	const { start, end = 0 } = timesOf(task);
	if (!state.statuses.includes(task.status)) return end > state.polledAt;
	return (start ?? end) > state.horizon || end > Math.max(state.horizon, state.polledAt);
}

/** What a poll leaves for the next one. */
interface PollRecord {
	/** When it began, in ms since the epoch. */
	polledAt: number;
	statuses: readonly string[];
	/** Every task it saw, as it last was. */
	tasks: Iterable<Task>;
	/** The tasks to ask for again: by ID, with the number of polls in a row that failed to fetch it. */
	askAgain: ReadonlyMap<string, number>;
	/** Tasks that started before this time may have been passed over. Only a first poll does that. */
	readDownTo: number;
	counts: Readonly<Record<string, number>>;
	sweptAt: number;
}

/** The state after a poll. */
export function nextState(state: TriggerState | undefined, poll: PollRecord): TriggerState {
	const { polledAt, statuses, askAgain, counts, sweptAt } = poll;
	const tasks = [...poll.tasks];
	const ended = tasks.filter((task) => hasEnded(task) && !askAgain.has(task.task_id));
	const isDone = ({ task_id }: Task) => state !== undefined && task_id in state.done;
	const running = tasks.filter((task) => !hasEnded(task) && !isDone(task));
	const reached = Math.max(
		state?.horizon ?? 0,
		poll.readDownTo,
		latestTime(tasks, polledAt) - MARGIN_MS,
	);
	return {
		version: 1,
		polledAt,
		statuses,
		...newestDone({ ...state?.done, ...lastTimes(ended) }, reached),
		open: {
			...Object.fromEntries(running.map(({ task_id }) => [task_id, 0])),
			...Object.fromEntries(askAgain),
		},
		counts,
		sweptAt,
	};
}

/** The latest of Gcore's times on tasks. A future time is a mistake, and would hide other tasks. */
export function latestTime(tasks: Iterable<Task>, now: number): number {
	let latest = 0;
	for (const task of tasks) latest = Math.max(latest, lastTimeOf(task) ?? 0);
	return Math.min(latest, now);
}

function lastTimeOf(task: Task): number | undefined {
	const { start, end } = timesOf(task);
	return start === undefined || end === undefined ? (start ?? end) : Math.max(start, end);
}

function lastTimes(tasks: readonly Task[]): Record<string, number> {
	const times = tasks.map((task) => [task.task_id, lastTimeOf(task)] as const);
	return Object.fromEntries(
		times.filter((entry): entry is [string, number] => entry[1] !== undefined),
	);
}

/** If there are too many to keep, the horizon rises to the newest that is dropped. */
function newestDone(times: Record<string, number>, reached: number) {
	const newest = Object.entries(times)
		.filter(([, time]) => time > reached)
		.sort(([, a], [, b]) => b - a);
	const horizon = newest[KEPT]?.[1] ?? reached;
	return { done: Object.fromEntries(newest.filter(([, time]) => time > horizon)), horizon };
}
