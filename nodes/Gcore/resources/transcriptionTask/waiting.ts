import { Problem } from '../../../form/problem';
import {
	describeError,
	describeProgress,
	failureOf,
	minutes,
	taskProblemOf,
} from '../../../form/texts';
import { waitOf } from '../../../form/waitFields';
import type { Wait } from '../../../form/waitFields';
import type { GcoreClient } from '../../../shared/api/client';
import type { GcoreError } from '../../../shared/api/errors';
import type { Task } from '../../../shared/api/types';
import { hasEnded } from '../../../shared/tasks/task';
import { waitForTasks } from '../../../shared/tasks/wait';
import type { Observation } from '../../../shared/tasks/wait';
import { attemptEach } from '../../operations/each';
import type { OperationContext } from '../../operations/operation';

const MINUTE_MS = 60_000;

/**
 * A task by its ID.
 *
 * @throws Problem if Gcore has no such task or cannot be asked
 */
export async function getTask(client: GcoreClient, taskId: string): Promise<Task> {
	return await client.getTask(taskId).catch((error: unknown) => {
		throw taskProblemOf(taskId, error);
	});
}

/** A task to wait for, and how. */
export interface WaitingTask {
	taskId: string;
	wait: Wait;
}

/**
 * Waits for tasks as one group, and reports how it goes: messages while it waits, one hint at the
 * end.
 *
 * @returns for each its task (done, or as it stands if that is wanted) or what went wrong;
 *   undefined if the run ended before it did
 */
export async function awaitTasks(
	context: OperationContext,
	waiting: readonly WaitingTask[],
): Promise<Array<Task | Problem | undefined>> {
	if (waiting.length === 0) return [];
	const startedAt = Date.now();
	const isProblem = (taskId: string, observation: Observation) =>
		waiting.some(
			(other) =>
				other.taskId === taskId && endOf(taskId, observation, other.wait) instanceof Problem,
		);
	const observations = await waitForTasks(
		waiting.map(({ taskId, wait }) => ({ taskId, deadline: startedAt + wait.maxWait * MINUTE_MS })),
		{
			client: context.client,
			cancelSignal: context.cancelSignal,
			onRound: (round) => context.progress(progressText(round)),
			endsAll: (taskId, observation) => context.stopOnProblem && isProblem(taskId, observation),
		},
	);
	hintEnd(context, [...observations.values()]);
	return waiting.map(({ taskId, wait }) => {
		const observation = observations.get(taskId);
		if (!observation) return undefined;
		// The same task may be waited for twice, with less time
		const isTimeUp = Date.now() - startedAt >= wait.maxWait * MINUTE_MS;
		if (observation.state === 'waiting' && !isTimeUp) return undefined;
		return endOf(taskId, observation, wait);
	});
}

/**
 * Fetches tasks that exist: those that are to be waited for as one group, the others as they
 * stand.
 *
 * @returns for each its task or what went wrong; undefined if the run ended before its turn
 */
export async function fetchTasks(
	context: OperationContext,
	inputs: ReadonlyArray<{ taskId: string; waitForCompletion: boolean; options: Wait }>,
): Promise<Array<Task | Problem | undefined>> {
	const wanted = inputs.map((input) => ({ taskId: input.taskId, wait: waitOf(input) }));
	const isWaiting = (task: (typeof wanted)[number]): task is WaitingTask => Boolean(task.wait);
	const standing = wanted.filter((task) => !isWaiting(task));
	const found = await attemptEach(
		context,
		standing,
		async ({ taskId }) => await getTask(context.client, taskId),
	);
	if (context.stopOnProblem && found.some((result) => result instanceof Problem)) {
		return inOrderOf(wanted, [standing, found]);
	}
	const waiting = wanted.filter(isWaiting);
	return inOrderOf(wanted, [standing, found], [waiting, await awaitTasks(context, waiting)]);
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

/** What to return of a task whose wait is over. */
function endOf(taskId: string, { state, task, error }: Observation, wait: Wait): Task | Problem {
	if (task && hasEnded(task)) return failureOf(task) ?? task;
	if (error && state === 'failed') return waitFailed(taskId, error);
	// A task that was never seen exists all the same: nobody knows how it stands
	if (wait.whenTimeIsUp === 'passOn') return task ?? { task_id: taskId, status: 'UNKNOWN' };
	const progress = task ? `: ${describeProgress(task)}` : '';
	const trouble = error ? `. The last time Gcore was asked: ${describeError(error)}` : '';
	return new Problem(
		`Task ${taskId} is not done after ${minutes(wait.maxWait * MINUTE_MS)}${progress}${trouble}`,
		"It goes on at Gcore. Fetch it later with the operation Get or Get Subtitles, or raise 'Max Wait (Minutes)'.",
	);
}

/** Asking for a task failed for good; the task itself is not touched by that. */
function waitFailed(taskId: string, error: GcoreError): Problem {
	const problem = taskProblemOf(taskId, error);
	if (error.kind === 'notFound') return problem;
	const cure = error.cure === 'credential' ? `${problem.advice} ` : '';
	return new Problem(
		`The wait for task ${taskId} ended: ${problem.message}`,
		`${cure}The task goes on at Gcore: fetch it later with the operation Get or Get Subtitles.`,
		problem.details,
	);
}

function progressText(observations: readonly Observation[]): string {
	const tasks = observations.flatMap(({ task }) => task ?? []);
	const ended = tasks.filter(hasEnded).length;
	const total = tasks.reduce((sum, { progress }) => sum + (progress ?? 0), 0);
	const average = Math.round(total / Math.max(tasks.length, 1));
	return `Gcore: ${ended} of ${observations.length} tasks done, ${average} % on average`;
}

/** Says how a wait ended, if there is more to say than that its one task is done. */
function hintEnd({ hint }: OperationContext, observations: readonly Observation[]): void {
	const succeeded = observations.filter(({ task }) => task?.status === 'SUCCESS').length;
	const failed = observations.filter(hasFailed).length;
	const running = observations.length - succeeded - failed;
	if (observations.length === 1 && succeeded === 1) return;
	const tasks = observations.length === 1 ? '1 task' : `${observations.length} tasks`;
	const counts = [
		succeeded > 0 && `${succeeded} succeeded`,
		failed > 0 && `${failed} failed`,
		running > 0 && `${running} still running`,
	];
	hint(`Waited for ${tasks}: ${counts.filter(Boolean).join(', ')}.`);
}

function hasFailed({ state, task, error }: Observation): boolean {
	if (task && failureOf(task)) return true;
	return state === 'failed' && error?.kind === 'notFound';
}
