import { Problem } from '../../../../form/problem';
import { attemptEach } from '../../../operations/each';
import { subtitlesOf } from '../subtitles';
import type { Batch, Job } from './job';

/** Makes the subtitles of the tasks that were waited for. */
export async function renderSubtitles({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const wanted = jobs.flatMap((job) => {
		const { task, settings } = job;
		return task && settings.subtitles ? [{ job, task, wanted: settings.subtitles }] : [];
	});
	const results = await attemptEach(
		context,
		wanted,
		async ({ task, wanted }) => await subtitlesOf(context, task, wanted),
	);
	for (const [index, { job }] of wanted.entries()) {
		const result = results[index];
		if (result instanceof Problem) job.problem = result;
		else if (result) job.subtitles = result;
	}
}
