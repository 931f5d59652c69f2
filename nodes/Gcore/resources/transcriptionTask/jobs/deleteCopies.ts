import type { GcoreClient } from '../../../../shared/api/client';
import { groupBy } from '../../../../shared/groupBy';
import { tasksForUrl } from '../../../../shared/tasks/lookup';
import { hasEnded } from '../../../../shared/tasks/task';
import { renditionPathOf } from '../../../../shared/videos/video';
import { attemptEach } from '../../../operations/each';
import { isGone } from '../../video/findVideo';
import type { Batch, Job } from './job';
import { videosOf } from './jobVideo';
import type { JobVideo } from './jobVideo';

/**
 * Deletes the hosted copies of files whose tasks have all succeeded. A copy stays if something failed,
 * so that nothing has to be uploaded again, or if another task still reads it.
 */
export async function deleteCopies({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const { client } = context;
	const unwanted = unwantedCopies(jobs);
	await attemptEach({ ...context, stopOnProblem: false }, [...unwanted], async ([id, videos]) => {
		const isDeleted = await deleteUnused(client, id, videos).catch(() => false);
		// The answer may be lost, or an earlier try may have deleted the copy
		if (!isDeleted && !(await isGone(client, id))) return;
		for (const video of videos) video.isDeleted = true;
	});
	const left = [...unwanted].flatMap(([id, [video]]) => (video?.isDeleted ? [] : id));
	if (left.length === 0) return;
	context.hint(
		`These copies in Gcore video hosting were not deleted, since another task or execution uses them, or Gcore refused: ${left.join(', ')}. Delete them with Video > Delete.`,
	);
}

/** The copies to delete, by their IDs: items with the same file may share one, and then all of them must be done. */
function unwantedCopies(jobs: readonly Job[]): Map<string, JobVideo[]> {
	const isDone = ({ task, problem }: Job) => !problem && task !== undefined && hasEnded(task);
	// Another item may have chosen a copy as its hosted video
	const isUnwanted = (job: Job) => job.video?.deletesCopy && isDone(job);
	const kept = new Set(jobs.flatMap((job) => (isUnwanted(job) ? [] : (job.video?.id ?? []))));
	const copies = videosOf(jobs).filter(
		({ deletesCopy, id }) => deletesCopy && id !== undefined && !kept.has(id),
	);
	return groupBy(copies, ({ id }) => String(id));
}

/**
 * @param videos the jobs' entries for this video
 * @returns whether the video was deleted; it stays if a task that has not ended reads it, or if another
 *   execution has claimed it
 * @throws GcoreError
 */
async function deleteUnused(
	client: GcoreClient,
	id: string,
	videos: readonly JobVideo[],
): Promise<boolean> {
	const latest = await client.videos.get(id);
	// Gcore may return 0 for a number that was never set; no claim is 0
	if (!videos.some(({ claim }) => claim === (latest.client_user_id || undefined))) return false;
	// A retry whose tasks were all created before has not looked at the video
	const readAt = videos[0]?.path ?? renditionPathOf(latest);
	// Without an address, the tasks that read it cannot be found
	if (readAt === undefined) return false;
	const tasks = await tasksForUrl(client, readAt);
	if (tasks.some((task) => !hasEnded(task))) return false;
	await client.videos.delete(id);
	return true;
}
