import { tasksForUrl } from '../../../../shared/tasks/lookup';
import { hasEnded } from '../../../../shared/tasks/task';
import { attemptEach } from '../../../operations/each';
import type { Batch, Job } from './job';
import { videosOf } from './jobVideo';
import type { JobVideo } from './jobVideo';

/**
 * Deletes the hosted copies of files whose tasks have all succeeded. A copy stays if something failed,
 * so that nothing has to be uploaded again, or if another task still reads it.
 */
export async function deleteCopies({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const isDone = ({ task, problem }: Job) => !problem && task !== undefined && hasEnded(task);
	const unwanted = videosOf(jobs).filter(
		(video) => video.deletesCopy && jobs.every((job) => job.video !== video || isDone(job)),
	);
	await attemptEach({ ...context, stopOnProblem: false }, unwanted, async (video) => {
		const { id, path } = video;
		if (id === undefined || !path || (await isInUse(path))) return;
		await context.client.videos.delete(id);
		video.isDeleted = true;
	});
	hintLeft(unwanted);

	async function isInUse(path: string): Promise<boolean> {
		const tasks = await tasksForUrl(context.client, path);
		return tasks.some((task) => !hasEnded(task));
	}

	function hintLeft(videos: readonly JobVideo[]): void {
		const ids = videos.flatMap(({ id, isDeleted }) => (isDeleted ? [] : (id ?? [])));
		if (ids.length === 0) return;
		context.hint(
			`These copies in Gcore video hosting were not deleted, since another task reads them or Gcore refused: ${ids.join(', ')}. Delete them with the operation Delete.`,
		);
	}
}
