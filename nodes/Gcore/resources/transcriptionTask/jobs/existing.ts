import { Problem } from '../../../../form/problem';
import { describeError, problemOf } from '../../../../form/texts';
import { asGcoreError, GcoreError } from '../../../../shared/api/errors';
import type { Task } from '../../../../shared/api/types';
import { groupBy } from '../../../../shared/groupBy';
import { existingTasks, requestKey, workKey } from '../../../../shared/tasks/lookup';
import { hasEnded, timesOf } from '../../../../shared/tasks/task';
import { CLOCK_DIFFERENCE_MS } from '../../../../shared/time';
import { FOUND_FOR_MS } from '../../../../shared/videos/hosting';
import { isLost, needsTask } from './job';
import type { Batch, Job } from './job';
import { readsVideo } from './jobVideo';

/**
 * How long reading the list may delay the first task, in ms. If no task is to be reused, the list
 * serves only to recover lost answers, so a list that hangs must not hold up the batch.
 */
export const READING_MS = 5_000;

/** How long one page of the list may take if tasks are to be reused, which needs the list. */
export const PAGE_TIMEOUT_MS = 10_000;

/**
 * Notes which tasks exist before the first request is sent, so that none of them is taken for the task
 * of a lost answer, and assigns existing tasks to jobs that may reuse one.
 */
export async function readExistingTasks(batch: Batch, all: readonly Job[]): Promise<void> {
	const jobs = all.filter(needsTask);
	const reusing = jobs.filter((job) => reusableAgeOf(job) !== undefined);
	// A person may retry an execution: it has its old ledger, and newer tasks to reuse
	const isNeeded = reusing.length > 0 || batch.ledger.earlierTaskIds === undefined;
	if (jobs.length === 0 || !isNeeded) return;

	const now = Date.now();
	const tasks = await listExisting(batch, jobs, now);
	if (tasks instanceof GcoreError) {
		batch.listError = tasks;
		// Without the list no task is reused; tasks of lost answers are looked for once more
		for (const job of reusing) if (!isLost(job)) job.problem = cannotReuse(tasks, job);
		return;
	}
	batch.ledger.noteEarlierTasks(tasks.map(({ task_id }) => task_id));
	const claimed = new Set(batch.ledger.taskIds());
	claimTasks(
		reusing,
		tasks.filter(({ task_id }) => !claimed.has(task_id)),
		now,
	);
}

async function listExisting(
	{ context }: Batch,
	jobs: readonly Job[],
	now: number,
): Promise<Task[] | GcoreError> {
	const ages = jobs.flatMap((job) => reusableAgeOf(job) ?? []);
	const effort =
		ages.length > 0
			? { timeoutMs: PAGE_TIMEOUT_MS }
			: { deadline: now + READING_MS, patienceMs: READING_MS };
	const urls = jobs.flatMap(({ request, video }) => (video ? (video.path ?? []) : request.url));
	const since = now - ages.reduce((oldest, age) => Math.max(oldest, age), CLOCK_DIFFERENCE_MS);
	return await existingTasks(context.client.spending(effort), urls, since).catch(asGcoreError);
}

function cannotReuse(error: GcoreError, { settings }: Job): Problem {
	// A file whose copy exists has no such option: its task may exist too
	const isOption = settings.reuseWithinMs !== undefined;
	return new Problem(
		`The tasks that may be reused cannot be listed: ${describeError(error)}`,
		`Nothing was sent for this item. Run it again later${isOption ? ", or turn off 'Reuse Existing Task'" : ''}.`,
		problemOf(error).details,
	);
}

/** Hands each job a task of its own that exists for the same request, finished tasks first. */
function claimTasks(jobs: readonly Job[], tasks: readonly Task[], now: number): void {
	const usable = tasks.filter((task) => !hasEnded(task) || task.status === 'SUCCESS');
	usable.sort((a, b) => Number(hasEnded(b)) - Number(hasEnded(a)));
	const byRequest = groupBy(usable, (task) => requestKey(task.task_data ?? {}));
	const byWork = groupBy(usable, (task) => workKey(task.task_data ?? {}));
	const claimed = new Set<Task>();
	for (const job of jobs) {
		const oldest = now - (reusableAgeOf(job) ?? 0);
		const { request, record, video } = job;
		const same = video
			? byWork.get(workKey(request))?.filter((task) => readsVideo(task, video))
			: byRequest.get(requestKey(request));
		const task = same?.find((task) => !claimed.has(task) && (timesOf(task).start ?? now) >= oldest);
		if (!task) continue;
		claimed.add(task);
		Object.assign(record, { taskId: task.task_id, reused: true });
		if (video) record.videoUrl = task.task_data?.url ?? undefined;
	}
}

/**
 * How old a task may be to be reused, in ms; undefined to reuse none. A file that an earlier run
 * uploaded may already have tasks.
 */
function reusableAgeOf({ settings, video }: Job): number | undefined {
	return settings.reuseWithinMs ?? (video?.wasUploaded ? FOUND_FOR_MS : undefined);
}
