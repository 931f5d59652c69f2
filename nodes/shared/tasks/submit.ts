import { sleep } from 'n8n-workflow';

import type { GcoreClient } from '../api/client';
import { GcoreError } from '../api/errors';
import type { GcoreErrorKind } from '../api/errors';
import type { CreateTaskRequest, Task } from '../api/types';
import { Pace } from '../pace';
import { pauseUntil, SLICE_MS } from '../pause';
import { POOL_SIZE } from '../pool';
import { asProblem, Problem } from '../problem';
import { tasksFor } from './known';
import { requestKey } from './match';
import { CLOCK_DIFFERENCE_MS, timesOf } from './task';

/** When a task whose answer was lost is looked for, in ms after it was. */
const LOOKS_AFTER_MS = [2_000, 5_000, 10_000];

/** How many times a request is sent whose answers get lost. */
const SENDS = 3;

/** After so many submissions in a row whose answers all got lost, no other one is begun. */
const LOSSES_BORNE = 10;

/** Gcore asks for a moment's patience; this is how long its moments may be. */
const SHORT_PATIENCE_MS = 5 * 60_000;

/** How long Gcore may be out of reach, where nothing has left this machine. */
const CONNECT_PATIENCE_MS = 3_000;

/** How long refusals are borne by which nothing was created, while nothing is accepted. */
const PATIENCE_MS: ReadonlyMap<
	GcoreErrorKind,
	(submission: Submission, hasReached: boolean) => number
> = new Map([
	[
		'connectionFailed',
		(_: Submission, hasReached: boolean) => (hasReached ? SHORT_PATIENCE_MS : CONNECT_PATIENCE_MS),
	],
	['notNow', () => SHORT_PATIENCE_MS],
	['queueFull', ({ maxWaitMs }: Submission) => maxWaitMs],
	['rateLimited', () => SHORT_PATIENCE_MS],
]);

/** A task to create. */
export interface Submission {
	request: CreateTaskRequest;
	/** How long to wait for room in Gcore's queue, in ms; 0 where a full queue is a problem at once. */
	maxWaitMs: number;
	/** When an earlier try sent it without learning what became of it, in ms since the epoch. */
	lostAt?: number | undefined;
}

/** What a batch needs, and whom it tells. */
export interface SubmitOptions {
	client: GcoreClient;
	/** Whether the first problem ends the batch. */
	stopOnProblem: boolean;
	/** Ends the batch when it fires. */
	cancelSignal: AbortSignal | undefined;
	/** The IDs of the tasks that are no item's of this batch; takes those that become one's. */
	taken: Set<string>;
	/** Whether all tasks that were there before are among the taken ones. */
	takenIsComplete: boolean;
	/** Told of each task at once. */
	onTask(index: number, taskId: string): void;
	/** Told of each request whose answer was lost, with when it was first sent, in ms since the epoch. */
	onLost(index: number, lostAt: number): void;
	/** Told when Gcore has no room. */
	onQueueFull(): void;
}

/** The answer to a request was lost, and Gcore does not tell what became of it. */
export class LostAnswer extends Problem {
	constructor(message: string, advice: string) {
		super(
			message,
			`${advice} Gcore may have created the task all the same: look for it first, with the operation Get Many and this URL as Search Text, so that you do not make a second one.`,
		);
	}
}

/**
 * Creates tasks, many at once, in the order of the submissions. A full queue and refusals that pass
 * are waited out. A request whose answer was lost is sent again only where Gcore has no task for it.
 *
 * @returns for each its task's ID or what went wrong; undefined where the batch ended before
 */
export async function submitTasks(
	submissions: readonly Submission[],
	options: SubmitOptions,
): Promise<Array<string | Problem | undefined>> {
	return await new Batch(submissions, options).run();
}

/** One submission on its way. */
interface Job extends Submission {
	index: number;
	/** How many of its answers were lost. */
	losses: number;
}

/** A request is to be sent once more. */
const AGAIN = Symbol('again');

type End = string | Problem | undefined;

class Batch {
	private readonly ends: End[];

	private readonly pace = new Pace(POOL_SIZE);

	private readonly fresh: IterableIterator<[number, Submission]>;

	private readonly again: Job[] = [];

	/** Jobs that have begun, and of these the requests without an answer so far. */
	private active = 0;
	private underWay = 0;

	private failed = false;

	/** How many jobs have ended without an answer since the last one with a task. */
	private lostInARow = 0;

	private wake = () => {};

	constructor(
		submissions: readonly Submission[],
		private readonly options: SubmitOptions,
	) {
		this.ends = new Array<End>(submissions.length).fill(undefined);
		this.fresh = submissions.entries();
	}

	async run(): Promise<End[]> {
		for (;;) {
			const job = this.isStopped() ? undefined : this.nextJob();
			if (job && this.begin(job)) continue;
			if (job) this.again.push(job);
			else if (this.active === 0) return this.ends;
			await this.change();
		}
	}

	/** The first of those to send once more, else the next one that has not been sent. */
	private nextJob(): Job | undefined {
		const again = this.again.sort((a, b) => a.index - b.index).shift();
		if (again) return again;
		const { value, done } = this.fresh.next();
		if (done) return undefined;
		const [index, submission] = value;
		return { ...submission, index, losses: 0 };
	}

	private isStopped(): boolean {
		return (
			(this.failed && this.options.stopOnProblem) || this.options.cancelSignal?.aborted === true
		);
	}

	/** @returns whether it has begun, or ended for want of hope; false where it has to wait */
	private begin(job: Job): boolean {
		const { refusal } = this.pace;
		const patienceMs = refusal && PATIENCE_MS.get(refusal.kind)?.(job, this.pace.hasReached);
		if (refusal && patienceMs !== undefined && this.pace.isHopeless(patienceMs)) {
			this.end(job, givenUp(refusal, patienceMs));
			return true;
		}
		const isUnsent = job.losses === 0 && job.lostAt === undefined;
		if (isUnsent && this.lostInARow >= LOSSES_BORNE) {
			this.end(job, notSent());
			return true;
		}
		if (this.active >= POOL_SIZE || !this.pace.admits(this.underWay)) return false;
		void this.work(job);
		return true;
	}

	/** Waits until a job gets further, or the rest that Gcore needs is over. */
	private async change(): Promise<void> {
		const happened = new Promise<void>((resolve) => (this.wake = resolve));
		const restMs = Math.max(this.pace.restUntil - Date.now(), 0);
		const isResting = restMs > 0 || this.active === 0;
		await (isResting ? Promise.race([happened, sleep(Math.min(restMs, SLICE_MS))]) : happened);
	}

	private async work(job: Job): Promise<void> {
		this.active += 1;
		const outcome = await this.attempt(job).catch(asProblem);
		this.active -= 1;
		if (outcome === AGAIN) this.again.push(job);
		else this.end(job, outcome);
		this.wake();
	}

	private end(job: Job, outcome: End): void {
		const end = outcome instanceof Problem ? toldWithLoss(outcome, job) : outcome;
		this.ends[job.index] = end;
		if (end instanceof Problem) this.failed = true;
		if (end instanceof LostAnswer) this.lostInARow += 1;
		if (typeof end !== 'string') return;
		this.lostInARow = 0;
		this.options.onTask(job.index, end);
	}

	private async attempt(job: Job): Promise<End | typeof AGAIN> {
		if (job.lostAt !== undefined && job.losses === 0) {
			return await this.recover(job, new GcoreError('connectionLost'));
		}
		const sentAt = Date.now();
		const answer = await this.send(job);
		if (this.options.cancelSignal?.aborted && typeof answer !== 'string') return undefined;
		if (typeof answer === 'string') {
			if (this.take(answer)) return answer;
		} else if (PATIENCE_MS.has(answer.kind)) return AGAIN;
		else if (!answer.answerLost) return answer;
		job.lostAt ??= sentAt;
		this.options.onLost(job.index, job.lostAt);
		// A task that another job has taken for its own lost one: requests that are the same may swap
		const error = typeof answer === 'string' ? new GcoreError('connectionLost') : answer;
		return await this.recover(job, error);
	}

	private async send({ request }: Job): Promise<string | GcoreError> {
		const mark = this.pace.mark();
		this.underWay += 1;
		const answer = await this.options.client
			.createTask(request)
			.catch(asGcoreError)
			.finally(() => (this.underWay -= 1));
		this.learn(answer, mark);
		this.wake();
		return answer;
	}

	private learn(answer: string | GcoreError, mark: number): void {
		if (typeof answer === 'string' || answer.kind !== 'connectionFailed') this.pace.reach();
		if (typeof answer === 'string') return this.pace.accept(mark);
		if (PATIENCE_MS.has(answer.kind)) this.pace.refuse(answer, mark);
		if (answer.kind === 'queueFull') this.options.onQueueFull();
	}

	private take(taskId: string): boolean {
		if (this.options.taken.has(taskId)) return false;
		this.options.taken.add(taskId);
		return true;
	}

	/** Finds the task of a request whose answer was lost, or sees to it that there is none. */
	private async recover(job: Job, error: GcoreError): Promise<End | typeof AGAIN> {
		job.losses += 1;
		const found = await this.find(job);
		if (typeof found === 'string') return found;
		if (this.options.cancelSignal?.aborted) return undefined;
		if (found.looked && this.isStopped()) return undefined;
		if (found.looked && job.losses < SENDS) return AGAIN;
		return new LostAnswer(error.message, error.advice);
	}

	/** @returns the task's ID, or whether Gcore's list could be searched for it to the end */
	private async find(job: Job): Promise<string | { looked: boolean }> {
		const { client, cancelSignal, takenIsComplete } = this.options;
		let looked = false;
		const lostAt = Date.now();
		for (const ms of takenIsComplete ? LOOKS_AFTER_MS : []) {
			await pauseUntil(lostAt + ms, cancelSignal);
			if (cancelSignal?.aborted) break;
			const tasks = await tasksFor(client, job.request.url).catch(() => undefined);
			const task = tasks?.find((candidate) => this.isOf(candidate, job));
			if (task && this.take(task.task_id)) return task.task_id;
			looked = tasks !== undefined;
		}
		return { looked };
	}

	/** Whether a task may be that of a job whose answer was lost. */
	private isOf(task: Task, { request, lostAt = 0 }: Job): boolean {
		if (this.options.taken.has(task.task_id) || task.status === 'REVOKED') return false;
		const startedAt = timesOf(task).start ?? Infinity;
		if (startedAt < lostAt - CLOCK_DIFFERENCE_MS) return false;
		return requestKey(task.task_data ?? {}) === requestKey(request);
	}
}

/** What to tell of a submission that is not sent any more, as Gcore has refused too long. */
function givenUp(refusal: GcoreError, patienceMs: number): Problem {
	if (refusal.kind !== 'queueFull' || patienceMs === 0) return refusal;
	const minutes = patienceMs / 60_000;
	return new Problem(
		`Gcore's queue stayed full for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
		'No task was created for this item. Run it again later, or raise "Max Wait for Room (Minutes)" under Options.',
	);
}

/** A refusal says that it created no task, and cannot speak for a request before it. */
function toldWithLoss(problem: Problem, { lostAt }: Job): Problem {
	if (problem instanceof LostAnswer || lostAt === undefined) return problem;
	return new LostAnswer(
		problem.message,
		'The answer to an earlier request for this item was lost, and its task is not in the list.',
	);
}

function notSent(): Problem {
	return new Problem(
		`Gcore gave no usable answer for ${LOSSES_BORNE} tasks in a row, so nothing was sent for this one`,
		'Run this item again when Gcore works again.',
	);
}

function asGcoreError(error: unknown): GcoreError {
	if (error instanceof GcoreError) return error;
	throw error;
}
