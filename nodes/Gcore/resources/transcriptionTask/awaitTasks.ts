import { Problem } from '../../../form/problem';
import {
	describeError,
	describeProgress,
	minutes,
	taskFailure,
	taskProblemOf,
} from '../../../form/texts';
import type { Wait } from '../../../form/waitFields';
import type { GcoreError } from '../../../shared/api/errors';
import type { Task } from '../../../shared/api/types';
import { hasEnded } from '../../../shared/tasks/task';
import { TaskWaitSource } from '../../../shared/tasks/waitSource';
import { waitForGroup } from '../../../shared/waitForGroup';
import type { Observation } from '../../../shared/waitForGroup';
import type { OperationContext } from '../../operations/operation';

/** A task to wait for, and how. */
export interface WaitingTask {
	taskId: string;
	wait: Wait;
}

/** Why a task is not worth waiting for; undefined if it is. */
export type Refuse = (task: Task) => Problem | undefined;

/**
 * Waits for tasks as one group, and reports how it goes: console messages while it waits, one hint
 * at the end.
 *
 * @returns for each its task (done, or as it stands if that is wanted) or the problem; undefined if the
 *   run ended first
 */
export async function awaitTasks(
	context: OperationContext,
	waiting: readonly WaitingTask[],
	refuse: Refuse = () => undefined,
): Promise<Array<Task | Problem | undefined>> {
	if (waiting.length === 0) return [];
	const startedAt = Date.now();
	const resultOf = ({ taskId, wait }: WaitingTask, observation: Observation<Task>) =>
		(observation.latest && refuse(observation.latest)) ?? endOf(taskId, observation, wait);
	const isProblem = (taskId: string, observation: Observation<Task>) =>
		waiting.some(
			(other) => other.taskId === taskId && resultOf(other, observation) instanceof Problem,
		);
	const observations = await waitForGroup(
		waiting.map(({ taskId, wait }) => ({ id: taskId, deadline: startedAt + wait.maxWaitMs })),
		{
			source: new TaskWaitSource(
				context.client,
				(task) => hasEnded(task) || refuse(task) !== undefined,
			),
			cancelSignal: context.cancelSignal,
			onRound: (round) => context.progress(progressText(round)),
			endsAll: (taskId, observation) => context.stopOnProblem && isProblem(taskId, observation),
		},
	);
	hintEnd(context, [...observations.values()]);
	return waiting.map((task) => {
		const observation = observations.get(task.taskId);
		if (!observation) return undefined;
		// The same task may be waited for twice, once with less time
		const isTimeUp = Date.now() - startedAt >= task.wait.maxWaitMs;
		if (observation.state === 'waiting' && !isTimeUp) return undefined;
		return resultOf(task, observation);
	});
}

/** The task or the problem to return after a wait. */
function endOf(
	taskId: string,
	{ state, latest: task, error }: Observation<Task>,
	wait: Wait,
): Task | Problem {
	if (task && hasEnded(task)) return taskFailure(task) ?? task;
	if (error && state === 'failed') return waitFailed(taskId, error);
	// A task that was never seen exists, in an unknown state
	if (wait.whenTimeIsUp === 'passOn') return task ?? { task_id: taskId, status: 'UNKNOWN' };
	const progress = task ? `: ${describeProgress(task)}` : '';
	const trouble = error ? `. The last request for it failed: ${describeError(error)}` : '';
	return new Problem(
		`Task ${taskId} is not done after ${minutes(wait.maxWaitMs)}${progress}${trouble}`,
		"It goes on at Gcore. Fetch it later with the operation Get or Get Subtitles, or raise 'Max Wait (Minutes)'.",
	);
}

/** Asking for a task failed for good, which does not affect the task itself. */
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

function progressText(observations: ReadonlyArray<Observation<Task>>): string {
	const tasks = observations.flatMap(({ latest }) => latest ?? []);
	const ended = tasks.filter(hasEnded).length;
	const total = tasks.reduce((sum, { progress }) => sum + (Number(progress) || 0), 0);
	const average = Math.round(total / Math.max(tasks.length, 1));
	return `Gcore: ${ended} of ${observations.length} tasks done, ${average} % on average`;
}

/** Says how a wait ended, unless its only task succeeded. */
function hintEnd({ hint }: OperationContext, observations: ReadonlyArray<Observation<Task>>): void {
	const succeeded = observations.filter(({ latest }) => latest?.status === 'SUCCESS').length;
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

function hasFailed({ state, latest: task, error }: Observation<Task>): boolean {
	if (task && taskFailure(task)) return true;
	return state === 'failed' && error?.kind === 'notFound';
}
