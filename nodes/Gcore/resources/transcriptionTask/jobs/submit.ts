import { SEARCH_LIMIT } from '../../../../form/listFields';
import { Problem } from '../../../../form/problem';
import { describeError, LostAnswer, lostAnswer, minutes, problemOf } from '../../../../form/texts';
import { asGcoreError, GcoreError, MOST_SENDS } from '../../../../shared/api/errors';
import type { Task } from '../../../../shared/api/types';
import { groupBy } from '../../../../shared/groupBy';
import { pauseUntil } from '../../../../shared/pause';
import { limiter, mapPool, POOL_SIZE } from '../../../../shared/pool';
import { isSigned, tasksForUrl } from '../../../../shared/tasks/lookup';
import { hasEnded, timesOf } from '../../../../shared/tasks/task';
import { CLOCK_DIFFERENCE_MS } from '../../../../shared/time';
import { hostedAddressOf } from './hostedAddress';
import { isLost, isTaskOf, needsTask } from './job';
import type { Batch, Job } from './job';
import type { JobVideo } from './jobVideo';

/** When to look for a lost task, in ms after the loss. */
export const LOOKS_AFTER_MS = [2_000, 5_000, 10_000];

/** After this many jobs in a row with lost answers, no further job starts. */
export const LOSSES_TOLERATED = 10;

/**
 * Creates the tasks of all jobs, many at once, in their order. A full queue and refusals that pass
 * are waited out. A request whose answer was lost is sent again only if Gcore has no task for it.
 */
export async function submitAll(batch: Batch, jobs: readonly Job[]): Promise<void> {
	await new Submission(batch).run(jobs.filter(needsTask));
}

/** What became of a lost answer: its task was found, or is not there, or Gcore does not say. */
type Finding = 'found' | 'absent' | 'unknown';

class Submission {
	/** Task IDs that no lost request has created. Claimed IDs are added. */
	private readonly taken: Set<string>;

	/** Task IDs that searches have found, which may be another job's. */
	private readonly found = new Set<string>();

	private failed = false;

	/** Bounds the requests under way. */
	private readonly limit = limiter(POOL_SIZE);

	/** How many jobs in a row have ended as lost while no other job got its task. */
	private lostInARow = 0;

	/** When a job last got its task, in ms since the epoch. */
	private lastClaimAt = -Infinity;

	constructor(private readonly batch: Batch) {
		const { ledger } = batch;
		this.taken = new Set([...(ledger.earlierTaskIds ?? []), ...ledger.taskIds()]);
	}

	async run(jobs: readonly Job[]): Promise<void> {
		await mapPool(
			[...groupBy(jobs, (job) => job.video ?? job).values()],
			POOL_SIZE,
			async (group) => await this.finishAll(group),
			() => this.isOver(),
		);
		this.hintUnsearched(jobs);
	}

	/**
	 * @param group a job, or all jobs that read the same hosted video: they wait for it in one place of
	 *   the pool, since with many languages they would keep other items' files from being uploaded
	 */
	private async finishAll(group: readonly Job[]): Promise<void> {
		const video = group[0]?.video;
		const isWanted = this.lostInARow < LOSSES_TOLERATED;
		// Every job of the video awaits the same promise, and reports its error
		if (video && isWanted) await this.addressOf(video).catch(() => undefined);
		await Promise.all(
			group.map(
				async (job) =>
					await this.limit(async () => {
						if (!this.isOver()) await this.finish(job);
					}),
			),
		);
	}

	private async addressOf(video: JobVideo): Promise<string> {
		return await hostedAddressOf(this.batch, video, () => this.isOver());
	}

	private isOver(): boolean {
		const { stopOnProblem, cancelSignal } = this.batch.context;
		return (this.failed && stopOnProblem) || cancelSignal?.aborted === true;
	}

	private async finish(job: Job): Promise<void> {
		const problem = await this.submitOne(job).catch((error: unknown) => {
			// The problem that ended the node is reported, not the requests that it cut short
			const isStopped = error instanceof GcoreError && error.kind === 'stopped';
			return isStopped && this.isOver() ? undefined : problemOf(error);
		});
		if (!problem) return;
		job.problem = problem;
		this.failed = true;
		const isAnsweringOthers = this.lastClaimAt >= (job.sentAt ?? 0);
		if (problem instanceof LostAnswer)
			this.lostInARow = isAnsweringOthers ? 0 : this.lostInARow + 1;
	}

	/** @returns why the job has no task; undefined if it has one, or if the batch is over */
	private async submitOne(job: Job): Promise<Problem | undefined> {
		const isUnsent = !isLost(job);
		if (isUnsent && this.lostInARow >= LOSSES_TOLERATED) return notSent();
		if (job.video) {
			const url = await this.addressOf(job.video);
			job.request = { ...job.request, url };
			job.record.videoUrl = url;
			if (this.isOver()) return undefined;
		}
		let error = isUnsent ? await this.create(job) : new GcoreError('connectionLost');
		for (let sends = 1; error?.mayHaveRun; sends++) {
			const finding = await this.recover(job);
			if (finding === 'found' || this.batch.context.cancelSignal?.aborted) return undefined;
			if (finding === 'unknown' || sends === MOST_SENDS)
				return lostAnswer(error, searchTextOf(job));
			if (this.isOver()) return undefined;
			error = await this.create(job);
		}
		if (!error || error.kind === 'stopped') return undefined;
		return isLost(job) ? lostAnswer(error, searchTextOf(job)) : refused(error, job);
	}

	/** Sends the request. @returns the error, or undefined if the job has its task */
	private async create(job: Job): Promise<GcoreError | undefined> {
		const { client, cancelSignal, progress } = this.batch.context;
		job.sentAt = Date.now();
		const answer = await client
			.createTask(job.request, {
				maxWaitForRoomMs: job.settings.maxWaitForRoomMs,
				isOver: () => this.isOver(),
				onQueueFull: () => progress(this.queueFullText()),
			})
			.catch(asGcoreError);
		if (typeof answer === 'string' && !this.found.has(answer)) return this.claim(job, answer);
		if (answer instanceof GcoreError && !answer.mayHaveRun) return answer;
		if (typeof answer !== 'string' && cancelSignal?.aborted) return new GcoreError('stopped');
		job.record.lostSentAt ??= job.sentAt;
		// Another job, whose answer was lost, has claimed this task: look for that job's task instead
		return typeof answer === 'string' ? new GcoreError('connectionLost') : answer;
	}

	private claim({ record }: Job, taskId: string): undefined {
		this.taken.add(taskId);
		record.taskId = taskId;
		this.lostInARow = 0;
		this.lastClaimAt = Date.now();
	}

	/** Looks for the task of a request whose answer was lost. */
	private async recover(job: Job): Promise<Finding> {
		const { client, cancelSignal } = this.batch.context;
		// Without the list of earlier tasks, an old task could be taken for the lost one
		if (this.batch.ledger.earlierTaskIds === undefined) return 'unknown';
		const noticedAt = Date.now();
		let finding: Finding = 'unknown';
		let listError: GcoreError | undefined;
		for (const ms of LOOKS_AFTER_MS) {
			await pauseUntil(noticedAt + ms, cancelSignal);
			if (cancelSignal?.aborted) break;
			const tasks = await tasksForUrl(client, job.video?.path ?? job.request.url).catch(
				asGcoreError,
			);
			if (tasks instanceof GcoreError) {
				listError = tasks;
				finding = 'unknown';
				continue;
			}
			const task = this.findTaskOf(job, tasks);
			if (task) {
				this.found.add(task.task_id);
				this.claim(job, task.task_id);
				return 'found';
			}
			finding = 'absent';
		}
		if (finding === 'unknown' && listError) this.batch.listError = listError;
		return finding;
	}

	/** The task that a job's lost request may have created. */
	private findTaskOf(job: Job, tasks: readonly Task[]): Task | undefined {
		const earliest = (job.record.lostSentAt ?? 0) - CLOCK_DIFFERENCE_MS;
		return tasks.find((task) => {
			if (this.taken.has(task.task_id) || task.status === 'REVOKED') return false;
			const { start, end } = timesOf(task);
			// An old task can end without ever having started, and the list may show it anywhere
			if (hasEnded(task) && (end ?? start ?? 0) < earliest) return false;
			if ((start ?? Infinity) < earliest) return false;
			return isTaskOf(job, task);
		});
	}

	private queueFullText(): string {
		const count = this.batch.ledger.createdTaskIds().length;
		return `Gcore: its queue is full. ${count} tasks created so far`;
	}

	private hintUnsearched(jobs: readonly Job[]): void {
		const count = jobs.filter((job) => job.problem instanceof LostAnswer).length;
		const { context, listError } = this.batch;
		if (count === 0 || !listError) return;
		const answers = count === 1 ? '1 answer of Gcore was' : `${count} answers of Gcore were`;
		context.hint(
			`${answers} lost, and the list of tasks could not be read to find out what became of the requests: ${describeError(listError)}. Look for the tasks before you run these items again.`,
		);
	}
}

/** The problem to report for a refusal that did not pass in time, or never passes. */
function refused(error: GcoreError, { settings: { maxWaitForRoomMs } }: Job): Problem {
	if (error.kind !== 'queueFull' || maxWaitForRoomMs === 0) return problemOf(error, 'create');
	return new Problem(
		`Gcore's queue stayed full for ${minutes(maxWaitForRoomMs)}`,
		"No task was created for this item. Run it again later, or add 'When the Queue Is Full' under Options and raise 'Max Wait for Room (Minutes)'.",
		problemOf(error).details,
	);
}

/** The text by which a person finds a job's task; a signed link is searched without its query. */
function searchTextOf({ video, request: { url } }: Job): string {
	if (video?.path !== undefined) return `"${video.path}"`;
	const isWhole = !isSigned(url) && url.length <= SEARCH_LIMIT;
	return isWhole ? 'this URL' : 'the part of this URL before the "?"';
}

function notSent(): Problem {
	return new Problem(
		`Gcore returned no usable answer for ${LOSSES_TOLERATED} tasks in a row, so nothing was sent for this one`,
		'Run this item again when Gcore works again.',
	);
}
