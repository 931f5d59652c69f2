import { Problem } from '../../../../form/problem';
import type { SubtitlesWanted } from '../../../../form/subtitleFields';
import { withoutVideoExtension } from '../../../../shared/subtitles/fileName';
import { attemptEach } from '../../../operations/each';
import { hintUnreadable, subtitlesOf } from '../subtitles';
import type { Batch, Job } from './job';

/** Names the files after the hosted video, unless the item names them. */
function named(wanted: SubtitlesWanted, name: string | undefined): SubtitlesWanted {
	if (name === undefined) return wanted;
	const fileName = wanted.options.fileName ?? withoutVideoExtension(name);
	return { ...wanted, options: { ...wanted.options, fileName } };
}

/** Makes the subtitles of the tasks that were waited for. */
export async function renderSubtitles({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const wanted = jobs.flatMap((job) => {
		const { task, settings, video } = job;
		if (!task || !settings.subtitles) return [];
		return [{ job, task, wanted: named(settings.subtitles, video?.name) }];
	});
	const results = await attemptEach(
		context,
		wanted,
		async ({ task, wanted }) => await subtitlesOf(context, task, wanted),
	);
	hintUnreadable(context, results);
	for (const [index, { job }] of wanted.entries()) {
		const result = results[index];
		if (result instanceof Problem) job.problem = result;
		else if (result) job.subtitles = result;
	}
}
