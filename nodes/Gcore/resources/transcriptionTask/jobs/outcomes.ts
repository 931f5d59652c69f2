import { Problem } from '../../../../form/problem';
import { simplifyTask } from '../../../../shared/tasks/task';
import type { Outcome } from '../../../operations/operation';
import { isLost } from './job';
import type { Batch, Job } from './job';
import { UnsupportedPair } from './refuse';

/** @returns for each input an output item, or a problem, for each of its jobs that is over */
export function outcomesOf(batch: Batch, jobs: readonly Job[], inputCount: number): Outcome[][] {
	logStop(batch);
	const outcomes = Array.from({ length: inputCount }, (): Outcome[] => []);
	for (const job of jobs) {
		const outcome = job.problem ? problemOfJob(batch, jobs, job, job.problem) : outputOf(job);
		if (outcome) outcomes[job.inputIndex]?.push(outcome);
	}
	return outcomes;
}

/** The task's ID and the request as sent, with the task and its subtitles if it was waited for. */
function outputOf({ request, record, settings, task, subtitles }: Job): Outcome | undefined {
	const { taskId, reused = false } = record;
	if (!taskId || (settings.wait && !task)) return undefined;
	const reportsReuse = settings.reuseWithinMs !== undefined || reused;
	const json = {
		...(subtitles?.json ?? (task && simplifyTask(task))),
		task_id: taskId,
		...request,
		...(reportsReuse && { reused }),
	};
	return subtitles?.binary ? { json, binary: subtitles.binary } : { json };
}

function problemOfJob(batch: Batch, jobs: readonly Job[], job: Job, problem: Problem): Problem {
	// The problem of an unsupported pair names the languages itself
	const suffix = job.language && !(problem instanceof UnsupportedPair);
	const message = suffix ? `${problem.message} (subtitles in ${job.language})` : problem.message;
	if (!batch.context.stopOnProblem) return new Problem(message, problem.advice, problem.details);
	const createdTaskIds = batch.ledger.createdTaskIds();
	const advice = [problem.advice, ...leftBehind(createdTaskIds, jobs, job)].join(' ');
	return new Problem(message, advice, { ...problem.details, createdTaskIds });
}

/** What a batch that a problem has ended leaves behind at Gcore, beside the task of that job. */
function leftBehind(createdTaskIds: readonly string[], jobs: readonly Job[], job: Job): string[] {
	const created = createdTaskIds.filter((taskId) => taskId !== job.record.taskId).length;
	const lost = jobs.filter((other) => other !== job && isLost(other)).length;
	const sentences = [
		created === 1 && '1 task was created before it: its ID is in the error details.',
		created > 1 && `${created} tasks were created before it: their IDs are in the error details.`,
		lost > 0 &&
			`Answers that were lost for other items: ${lost}. Look for their tasks with the operation Get Many before you run these items again.`,
	];
	return sentences.filter((sentence) => sentence !== false);
}

/** n8n drops what a stopped node returns. */
function logStop({ context, ledger }: Batch): void {
	const taskIds = ledger.createdTaskIds();
	if (!context.cancelSignal?.aborted || taskIds.length === 0) return;
	context.log(`Gcore: stopped. Tasks created so far: ${taskIds.join(', ')}`);
}
