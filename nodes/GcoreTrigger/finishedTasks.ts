import type { Task } from '../shared/api/types';
import { hasEnded, timesOf } from '../shared/tasks/task';

/**
 * What the trigger keeps from poll to poll. n8n saves it only when a poll gives tasks, so after a
 * restart it may be days old: whatever ended since is found from it all the same.
 *
 * It is bounded: `open` by the tasks that Gcore has in progress, `done` and `unstarted` by
 * {@link KEPT}.
 */
export interface TriggerState {
	version: 1;
	/** When the poll that left it began, in ms since the epoch. */
	polledAt: number;
	/**
	 * A time of Gcore's, in ms since the epoch. A task that started before it is in `open`, or is of
	 * the past.
	 */
	horizon: number;
	/** Tasks that have started and not ended, or are to be asked for again, by ID: how often in a row Gcore had none of that ID. */
	open: Readonly<Record<string, number>>;
	/** Tasks with a time after the horizon that have ended and are done with, by ID: the later time. */
	done: Readonly<Record<string, number>>;
	/**
	 * Tasks that have ended without a start and are done with, by ID: when they were last seen, in
	 * ms since the epoch. Null where there were too many: then their ends tell new ones from old.
	 */
	unstarted: Readonly<Record<string, number>> | null;
	/** Where in the list to look next. The list may have changed: these save requests, no more. */
	place: ListPlace;
}

/** Where in the list to look first. Pages count from 1. */
export interface ListPlace {
	/** The page with the task that started last. */
	newestStart: number;
	/** Which of the pages of tasks without a start is next, counted from 0. */
	turn: number;
}

/** How many ended tasks are remembered, of those that had started and of those that had not. */
export const KEPT = 2000;

/**
 * How far the horizon stays behind the latest time seen, in ms: the clocks of Gcore's machines may
 * differ, and its list may be late.
 */
export const MARGIN_MS = 10 * 60_000;

/** Gcore deletes results after a month: what was not in its list for so long, in ms, is gone. */
const FORGOTTEN_AFTER_MS = 31 * 24 * 60 * 60_000;

/** Statuses of tasks that have started, whether their rows show when or not. */
const HAVE_STARTED: ReadonlySet<string> = new Set(['STARTED', 'RETRY']);

/** Whether a saved value is a state as this version of the code writes it. */
export function isState(value: unknown): value is TriggerState {
	return (value as Partial<TriggerState> | undefined)?.version === 1;
}

/** Whether a task that has ended is one to tell. Before the first state all are of the past. */
export function isNew(task: Task, state: TriggerState | undefined): boolean {
	const { task_id } = task;
	if (!state || isDone(task_id, state)) return false;
	if (task_id in state.open) return true;
	const { start, end } = timesOf(task);
	if (start === undefined && state.unstarted) return true;
	return (
		(start ?? end ?? 0) > state.horizon || (end ?? 0) > Math.max(state.horizon, state.polledAt)
	);
}

/** Whether a task needs no more work. */
export function isDone(taskId: string, { done, unstarted }: TriggerState): boolean {
	return taskId in done || (unstarted !== null && taskId in unstarted);
}

/** What a poll saw, and what it leaves for the next one. */
export interface PollSights {
	/** When it began, in ms since the epoch. */
	polledAt: number;
	/** Every task it saw, as it last was. */
	tasks: Iterable<Task>;
	/** The tasks to ask for again, with how often in a row Gcore had none of that ID. */
	left: ReadonlyMap<string, number>;
	/** Tasks that started before this time may have been passed over. Only a first poll does that. */
	readDownTo: number;
	place: ListPlace;
}

/** The state after a poll. */
export function nextState(state: TriggerState | undefined, sights: PollSights): TriggerState {
	const { polledAt, left, place } = sights;
	const tasks = [...sights.tasks];
	const ended = tasks.filter((task) => hasEnded(task) && !left.has(task.task_id));
	const running = tasks.filter((task) => !hasEnded(task) && isToBeWatched(task, state));
	const reached = Math.max(
		state?.horizon ?? 0,
		sights.readDownTo,
		latestTime(tasks, polledAt) - MARGIN_MS,
	);
	const { done, horizon } = newestDone({ ...state?.done, ...lastTimes(ended) }, reached);
	return {
		version: 1,
		polledAt,
		horizon,
		open: {
			...Object.fromEntries(running.map(({ task_id }) => [task_id, 0])),
			...Object.fromEntries(left),
		},
		done,
		unstarted: unstartedSeen(state, ended, polledAt),
		place,
	};
}

/** A queued task needs no watching: once it starts or ends it shows up among those that did last. */
function isToBeWatched(task: Task, state: TriggerState | undefined): boolean {
	const isQueued = timesOf(task).start === undefined && !HAVE_STARTED.has(task.status);
	return !isQueued || (state !== undefined && task.task_id in state.open);
}

/** The latest time of Gcore's that tasks show. A time to come is a mistake, and would hide what ends before it. */
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

/** Where there are more than can be kept, the horizon rises to the first that is not. */
function newestDone(times: Record<string, number>, reached: number) {
	const newest = Object.entries(times)
		.filter(([, time]) => time > reached)
		.sort(([, a], [, b]) => b - a);
	const horizon = newest[KEPT]?.[1] ?? reached;
	return { done: Object.fromEntries(newest.filter(([, time]) => time > horizon)), horizon };
}

function unstartedSeen(
	state: TriggerState | undefined,
	ended: readonly Task[],
	now: number,
): TriggerState['unstarted'] {
	if (state?.unstarted === null) return null;
	const seen = ended.filter((task) => timesOf(task).start === undefined);
	const all = {
		...state?.unstarted,
		...Object.fromEntries(seen.map(({ task_id }) => [task_id, now])),
	};
	const kept = Object.entries(all).filter(([, seenAt]) => seenAt > now - FORGOTTEN_AFTER_MS);
	return kept.length > KEPT ? null : Object.fromEntries(kept);
}
