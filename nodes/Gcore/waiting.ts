import type { INodeProperties } from 'n8n-workflow';

import type { Task } from '../shared/api/types';
import { GcoreError } from '../shared/api/errors';
import type { GcoreErrorKind } from '../shared/api/errors';
import { Problem } from '../shared/problem';
import { findTask, noSuchTask } from '../shared/tasks/find';
import { endProblem, hasEnded, standingOf } from '../shared/tasks/task';
import { waitForTasks } from '../shared/tasks/wait';
import type { Sight, Watch } from '../shared/tasks/wait';
import type { ItemFields } from './itemFields';
import { attemptEach } from './attempts';
import type { Run } from './operation';
import { readBoolean, readChoice, readNumber } from './parameters';

const DEFAULT_MAX_WAIT_MINUTES = 30;
const MINUTE_MS = 60_000;

const SHOWN_WHEN_WAITING = { show: { waitForCompletion: [true] } };

/** The fields of every operation that can wait for its tasks. */
export const WAIT_FIELDS: INodeProperties[] = [
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description:
			'Whether to hold the workflow until Gcore is done with the task, which takes minutes',
	},
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_MAX_WAIT_MINUTES,
		displayOptions: SHOWN_WHEN_WAITING,
		description: 'The longest time to wait. The task goes on at Gcore all the same.',
	},
	{
		displayName: 'When Time Is Up',
		name: 'whenTimeIsUp',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'Give an error with the task ID, to pick the task up later',
			},
			{
				name: 'Pass the Task On',
				value: 'passOn',
				description: 'Give the task to the next node as it stands',
			},
		],
		default: 'fail',
		displayOptions: SHOWN_WHEN_WAITING,
	},
];

/** How an item wants to wait. */
export interface Wait {
	maxWaitMs: number;
	/** Whether a task that is not done in time is passed on as it stands, instead of a problem. */
	passOn: boolean;
}

/**
 * Reads the wait fields of an item.
 *
 * @returns undefined where it does not wait
 * @throws Problem that names the field
 */
export function readWait(fields: ItemFields): Wait | undefined {
	const value = (name: string, label: string) => [fields.value(name, label), label] as const;
	if (!readBoolean(...value('waitForCompletion', 'Wait for Completion'), false)) return undefined;
	const minutes = readNumber(...value('maxWait', 'Max Wait (Minutes)'), {
		above: 0,
		fallback: DEFAULT_MAX_WAIT_MINUTES,
	});
	const then = readChoice(...value('whenTimeIsUp', 'When Time Is Up'), ['fail', 'passOn']);
	return { maxWaitMs: minutes * MINUTE_MS, passOn: then === 'passOn' };
}

/** A task to wait for, and how. */
export interface WaitingTask {
	taskId: string;
	wait: Wait;
}

/**
 * Waits for tasks as one group, and tells how it goes: messages while it waits, one hint at the
 * end.
 *
 * @returns for each its task (done, or as it stands where that is wanted) or what went wrong;
 *   undefined where the run ended before it did
 */
export async function awaitTasks(
	run: Run,
	waiting: readonly WaitingTask[],
): Promise<Array<Task | Problem | undefined>> {
	if (waiting.length === 0) return [];
	const startedAt = Date.now();
	const watches = waiting.map(({ taskId, wait }): Watch => ({
		taskId,
		deadline: startedAt + wait.maxWaitMs,
	}));
	const isProblem = (taskId: string, sight: Sight) =>
		waiting.some(
			(other) => other.taskId === taskId && endOf(taskId, sight, other.wait) instanceof Problem,
		);
	const sights = await waitForTasks(watches, {
		client: run.client.withoutRetries(),
		cancelSignal: run.cancelSignal,
		onRound: (seen) => run.progress(progressText(seen)),
		endsAll: (taskId, sight) => run.stopOnProblem && isProblem(taskId, sight),
	});
	run.hint(endText([...sights.values()]));
	return waiting.map(({ taskId, wait }) => {
		const sight = sights.get(taskId) ?? {};
		const isOver = sight.closed !== undefined || Date.now() - startedAt >= wait.maxWaitMs;
		return isOver ? endOf(taskId, sight, wait) : undefined;
	});
}

/**
 * Fetches tasks that exist: those that are to be waited for as one group, the others as they
 * stand.
 *
 * @returns for each its task or what went wrong; undefined where the run ended before its turn
 */
export async function fetchTasks(
	run: Run,
	wanted: ReadonlyArray<{ taskId: string; wait: Wait | undefined }>,
): Promise<Array<Task | Problem | undefined>> {
	const isWaiting = (task: (typeof wanted)[number]): task is WaitingTask => Boolean(task.wait);
	const standing = wanted.filter((task) => !isWaiting(task));
	const found = await attemptEach(run, standing, ({ taskId }) => findTask(run.client, taskId));
	if (run.stopOnProblem && found.some((result) => result instanceof Problem)) {
		return inOrderOf(wanted, [standing, found]);
	}
	const waiting = wanted.filter(isWaiting);
	return inOrderOf(wanted, [standing, found], [waiting, await awaitTasks(run, waiting)]);
}

/** Puts the results of parts of a list back into the order of the list. */
function inOrderOf<Item, Result>(
	items: readonly Item[],
	...parts: Array<[readonly Item[], ReadonlyArray<Result | undefined>]>
): Array<Result | undefined> {
	const byItem = new Map(
		parts.flatMap(([part, results]) => part.map((item, index) => [item, results[index]] as const)),
	);
	return items.map((item) => byItem.get(item));
}

/** What a wait that is over gave. */
function endOf(taskId: string, { task, error, closed }: Sight, wait: Wait): Task | Problem {
	if (task && hasEnded(task)) return endProblem(task) ?? task;
	if (error && closed === 'failed') return lostSight(taskId, error);
	// A task that was never seen exists all the same: nobody knows how it stands
	if (wait.passOn) return task ?? { task_id: taskId, status: 'UNKNOWN' };
	const minutes = wait.maxWaitMs / MINUTE_MS;
	const standing = task ? `: ${standingOf(task)}` : '';
	const trouble = error ? `. The last time Gcore was asked: ${error.message}` : '';
	return new Problem(
		`Task ${taskId} is not done after ${minutes === 1 ? '1 minute' : `${minutes} minutes`}${standing}${trouble}`,
		'It goes on at Gcore. Fetch it later with the operation Get or Get Subtitles, or raise "Max Wait (Minutes)".',
	);
}

/** Kinds of errors whose cure is in the credential or the account, and not in asking once more. */
const CURED_IN_CREDENTIAL: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'forbidden',
	'redirected',
	'unauthorized',
]);

/** Asking for a task failed for good; the task itself is not touched by that. */
function lostSight(taskId: string, error: Error): Problem {
	const problem = noSuchTask(taskId, error);
	if (problem) return problem;
	const hasCure = error instanceof GcoreError && CURED_IN_CREDENTIAL.has(error.kind);
	return new Problem(
		`The wait for task ${taskId} ended: ${error.message}`,
		`${hasCure ? `${error.advice} ` : ''}The task goes on at Gcore: fetch it later with the operation Get or Get Subtitles.`,
	);
}

function progressText(sights: readonly Sight[]): string {
	const tasks = sights.flatMap(({ task }) => task ?? []);
	const ended = tasks.filter(hasEnded).length;
	const total = tasks.reduce((sum, { progress }) => sum + (progress ?? 0), 0);
	const average = Math.round(total / Math.max(tasks.length, 1));
	return `Gcore: ${ended} of ${sights.length} tasks done, ${average} % on average`;
}

function endText(sights: readonly Sight[]): string {
	const succeeded = sights.filter(({ task }) => task?.status === 'SUCCESS').length;
	const failed = sights.filter(hasFailed).length;
	const running = sights.length - succeeded - failed;
	const tasks = sights.length === 1 ? '1 task' : `${sights.length} tasks`;
	return `Waited for ${tasks}: ${succeeded} succeeded, ${failed} failed, ${running} still running.`;
}

function hasFailed({ task, error, closed }: Sight): boolean {
	if (task && endProblem(task)) return true;
	return closed === 'failed' && noSuchTask('', error) !== undefined;
}
