import { GcoreError } from '../shared/api/errors';
import type { Task } from '../shared/api/types';
import { mapPool, POOL_SIZE } from '../shared/pool';
import { hasEnded, timesOf } from '../shared/tasks/task';
import { isNew, nextState } from './finishedTasks';
import type { TriggerState } from './finishedTasks';
import { isPassing } from './outage';
import { readTaskList } from './taskList';
import type { TaskSource } from './taskList';

/** So many polls in a row may find no task of an ID before it is given up. */
const NOT_FOUND_BORNE = 10;

/** After so many failures and no answer, no other task is asked for. */
const FAILURES_BORNE = 10;

/** What a poll looks for. */
export interface Search {
	/** When it began, in ms since the epoch. */
	now: number;
	/** Whether to read all of the list that later polls read in turn: after a start. */
	thorough: boolean;
	/** Whether a task that has ended is one that the workflow wants. */
	isWanted(task: Task): boolean;
	/** Whether tasks are wanted with their results, which the list does not have. */
	withResult: boolean;
}

/** What a poll found. */
export interface Found {
	/** What has ended, in the order of completion. */
	tasks: Task[];
	/** To be saved with them. */
	state: TriggerState;
	/** What a person may want to know, though the next poll makes good for it. */
	warnings: string[];
}

/**
 * Finds the tasks that ended since a state was left, each once.
 *
 * @param state undefined in the very first poll, which finds nothing: what ended before is history
 * @throws GcoreError where Gcore does not answer, or refuses; nothing is lost by that
 */
export async function findFinished(
	source: TaskSource,
	state: TriggerState | undefined,
	{ now, thorough, isWanted, withResult }: Search,
): Promise<Found> {
	const { rows, place, readDownTo } = await readTaskList(source, state, thorough, now);
	const ended = [...rows.values()].filter(
		(row) => hasEnded(row) && isNew(row, state) && isWanted(row),
	);
	const unseen = Object.keys(state?.open ?? {}).filter((taskId) => !rows.has(taskId));
	const candidates = [...ended.map(({ task_id }) => task_id), ...unseen];
	const answers = await askForEach(source, withResult ? candidates : unseen);

	const tasks = new Map(rows);
	const left = new Map<string, number>();
	const warnings: string[] = [];
	for (const [taskId, answer] of answers) {
		const misses = state?.open[taskId] ?? 0;
		if (!(answer instanceof GcoreError)) tasks.set(taskId, answer);
		else if (answer.kind !== 'notFound') left.set(taskId, misses);
		else if (misses < NOT_FOUND_BORNE) left.set(taskId, misses + 1);
		if (answer instanceof GcoreError) warnings.push(`Task ${taskId}: ${answer.message}`);
	}
	const told = candidates
		.filter((taskId) => !left.has(taskId))
		.flatMap((taskId) => tasks.get(taskId) ?? [])
		.filter((task) => hasEnded(task) && isWanted(task));
	return {
		tasks: inOrderOfCompletion(told),
		state: nextState(state, { polledAt: now, tasks: tasks.values(), left, place, readDownTo }),
		warnings,
	};
}

/** The order in which tasks ended; those that Gcore gives no time of come last. */
export function inOrderOfCompletion(tasks: readonly Task[]): Task[] {
	const endOf = (task: Task) => timesOf(task).end ?? Number.MAX_VALUE;
	return [...tasks].sort((a, b) => endOf(a) - endOf(b));
}

/**
 * Asks for tasks by their IDs. One that cannot be had does not hold up the others.
 *
 * @throws GcoreError where Gcore refuses for good, or answers for none of them
 */
async function askForEach(source: TaskSource, taskIds: readonly string[]) {
	let answered = 0;
	const failures: GcoreError[] = [];
	const isOver = () =>
		failures.some((error) => !isPassing(error)) ||
		(answered === 0 && failures.length >= FAILURES_BORNE);
	const answers = await mapPool(
		taskIds,
		POOL_SIZE,
		async (taskId) => {
			const answer = await source.getTask(taskId).catch(asGcoreError);
			if (answer instanceof GcoreError && answer.kind !== 'notFound') failures.push(answer);
			else answered += 1;
			return answer;
		},
		isOver,
	);
	const [failure] = failures;
	if (failure && (isOver() || answered === 0))
		throw failures.find((error) => !isPassing(error)) ?? failure;
	return taskIds.flatMap((taskId, index) => {
		const answer = answers[index];
		return answer === undefined ? [] : [[taskId, answer] as const];
	});
}

function asGcoreError(error: unknown): GcoreError {
	if (error instanceof GcoreError) return error;
	throw error;
}
