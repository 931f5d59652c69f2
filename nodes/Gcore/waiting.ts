import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Task } from '../shared/api/types';
import { Problem } from '../shared/problem';
import { findTask, noSuchTask } from '../shared/tasks/find';
import { endProblem, hasEnded, standingOf } from '../shared/tasks/task';
import { waitForTasks } from '../shared/tasks/wait';
import type { Sight, Watch } from '../shared/tasks/wait';
import { attemptEach } from './operation';
import type { Run } from './operation';

const DEFAULT_MAX_WAIT_MINUTES = 30;

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
		description: 'How long to wait at the most. The task goes on at Gcore all the same.',
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
export function readWait(context: IExecuteFunctions, itemIndex: number): Wait | undefined {
	if (context.getNodeParameter('waitForCompletion', itemIndex, false) !== true) return undefined;
	const minutes = Number(context.getNodeParameter('maxWait', itemIndex, DEFAULT_MAX_WAIT_MINUTES));
	if (!(minutes > 0)) {
		throw new Problem('Max Wait (Minutes) is not usable', 'Give a number above 0.');
	}
	const passOn = context.getNodeParameter('whenTimeIsUp', itemIndex, 'fail') === 'passOn';
	return { maxWaitMs: minutes * 60_000, passOn };
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
	const sights = await waitForTasks(watches, {
		client: run.client,
		cancelSignal: run.cancelSignal,
		onRound: (seen) => run.progress(progressText(seen)),
		endsAll: ({ task, error }) =>
			run.stopOnProblem && (error ?? (task && endProblem(task))) !== undefined,
	});
	run.hint(endText([...sights.values()]));
	return waiting.map(({ taskId, wait }) =>
		resultOf(taskId, sights.get(taskId) ?? {}, wait, Date.now() - startedAt >= wait.maxWaitMs),
	);
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

function resultOf(
	taskId: string,
	{ task, error }: Sight,
	{ maxWaitMs, passOn }: Wait,
	timeIsUp: boolean,
): Task | Problem | undefined {
	if (error) return lostSight(taskId, error);
	if (task && hasEnded(task)) return endProblem(task) ?? task;
	if (!timeIsUp) return undefined;
	if (task && passOn) return task;
	return new Problem(
		`Task ${taskId} is not done after ${maxWaitMs / 60_000} minutes${task ? `: ${standingOf(task)}` : ''}`,
		'It goes on at Gcore. Fetch it later with the operation Get or Get Subtitles, or raise "Max Wait (Minutes)".',
	);
}

/** Asking for a task failed for good; the task itself is not touched by that. */
function lostSight(taskId: string, error: Error): Problem {
	const problem = noSuchTask(taskId, error);
	if (problem) return problem;
	const advice = error instanceof Problem ? `${error.advice} ` : '';
	return new Problem(
		`The wait for task ${taskId} ended: ${error.message}`,
		`${advice}The task goes on at Gcore: fetch it later with the operation Get or Get Subtitles.`,
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
	const failed = sights.filter(({ task }) => task && endProblem(task)).length;
	const running = sights.length - succeeded - failed;
	return `Waited for ${sights.length === 1 ? '1 task' : `${sights.length} tasks`}: ${succeeded} succeeded, ${failed} failed, ${running} still running.`;
}
