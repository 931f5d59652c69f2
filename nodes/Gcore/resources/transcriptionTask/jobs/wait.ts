import { Problem } from '../../../../form/problem';
import { TaskFailure } from '../../../../form/texts';
import { awaitTasks } from '../awaitTasks';
import type { Batch, Job } from './job';

/** Waits for the tasks of the jobs that want it, as one group. */
export async function waitForAll({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const waiting = jobs.flatMap((job) => {
		const { record, settings, problem } = job;
		if (!settings.wait || !record.taskId || problem) return [];
		return [{ job, taskId: record.taskId, wait: settings.wait }];
	});
	const ends = await awaitTasks(context, waiting);
	for (const [index, { job }] of waiting.entries()) {
		const end = ends[index];
		if (end instanceof TaskFailure) job.record.hasFailed = true;
		if (end instanceof Problem) job.problem = end;
		else if (end) job.task = end;
	}
}
