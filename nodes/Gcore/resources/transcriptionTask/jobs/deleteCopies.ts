import { GcoreError } from '../../../../shared/api/errors';
import { groupBy } from '../../../../shared/groupBy';
import { tasksForUrl } from '../../../../shared/tasks/lookup';
import { hasEnded } from '../../../../shared/tasks/task';
import { renditionPathOf } from '../../../../shared/videos/video';
import { attemptEach } from '../../../operations/each';
import type { OperationContext } from '../../../operations/operation';
import type { Batch, Job } from './job';
import { videosOf } from './jobVideo';

/** A copy that nobody wants any more. */
interface Copy {
	id: number;
	/** Those of its jobs; items with the same file share the copy that an earlier run has left. */
	jobs: readonly Job[];
}

/**
 * Deletes the hosted copies of files whose tasks have all succeeded. A copy stays if something failed,
 * so that nothing has to be uploaded again, or if another task still reads it.
 */
export async function deleteCopies({ context }: Batch, jobs: readonly Job[]): Promise<void> {
	const copies = unwantedCopies(jobs);
	const left: number[] = [];
	await attemptEach({ ...context, stopOnProblem: false }, copies, async ({ id, jobs }) => {
		const videos = videosOf(jobs);
		const isDeleted = await remove(context, id, videos[0]?.path).catch(isGone);
		if (!isDeleted) left.push(id);
		for (const video of videos) video.isDeleted = isDeleted;
	});
	if (left.length === 0) return;
	context.hint(
		`These copies in Gcore video hosting were not deleted, since another task reads them or Gcore refused: ${left.join(', ')}. Delete them with the operation Delete.`,
	);
}

function unwantedCopies(jobs: readonly Job[]): Copy[] {
	const isDone = ({ task, problem }: Job) => !problem && task !== undefined && hasEnded(task);
	const byId = groupBy(jobs, ({ video }) => video?.id);
	return [...byId].flatMap(([id, jobs]) => {
		const isUnwanted = jobs.every((job) => job.video?.deletesCopy && isDone(job));
		return id !== undefined && isUnwanted ? { id, jobs } : [];
	});
}

/**
 * @param path by which the tasks of the copy are found, if it is known: a retry has to ask for it
 * @returns whether the copy was deleted
 */
async function remove(
	{ client }: OperationContext,
	id: number,
	path: string | undefined,
): Promise<boolean> {
	const known = path ?? renditionPathOf(await client.videos.get(id));
	if (!known) return false;
	// Without the list nobody knows whether a task reads it
	const readers = await tasksForUrl(client, known).catch(() => undefined);
	if (!readers?.every(hasEnded)) return false;
	await client.videos.delete(id);
	return true;
}

/** Whether an error says that there is no such copy: an earlier try, or somebody else, has deleted it. */
function isGone(error: unknown): boolean {
	return error instanceof GcoreError && error.kind === 'notFound';
}
