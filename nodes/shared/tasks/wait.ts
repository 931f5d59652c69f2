import type { GcoreClient } from '../api/client';
import { asGcoreError, GcoreError } from '../api/errors';
import { eachPage } from '../api/lists';
import type { TaskFilter } from '../api/lists';
import type { Task } from '../api/types';
import { pauseUntil, withJitter } from '../pause';
import { mapPool } from '../pool';
import { hasEnded } from './task';

/** The pause between two rounds of asking grows from the first to the second of these. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_GROWTH = 1.5;

/** How long a request of a round may be refused for the moment; the next round asks again anyway. */
const ROUND_PATIENCE_MS = 30_000;

/** From so many tasks on, the list is asked first: it costs less than one request for each task. */
const LISTED_FROM = 3;

/**
 * The lists to look through until they have shown all tasks: everything, newest first, and then the
 * queue, in the order in which tasks move on.
 */
const LISTINGS: readonly TaskFilter[] = [{}, { status: 'RECEIVED' }, { status: 'PENDING' }];

/** For this many rounds in a row, a list that cannot be read makes its tasks count as out of reach. */
const LIST_FAILURES_TOLERATED = 1;

/** How many requests for a task may fail in a row, in a way that passes, before its wait ends. */
const FAILURES_TOLERATED = 10;

/** The same for "not found" and the like: a task that was created a moment ago may be found soon. */
const REFUSALS_TOLERATED = 3;

/** Tasks asked for at once: they take minutes, so nothing is gained by more. */
const ASKED_AT_ONCE = 10;

/** After so many failures and no answer, a round asks for no other task. */
const FAILURES_A_ROUND = 10;

/** A task to wait for. */
interface Watch {
	taskId: string;
	/** When its time is up, in ms since the epoch. */
	deadline: number;
}

/** What is known of a task that is waited for. */
export interface Observation {
	/** How its wait stands: it goes on, or why it is over. */
	state: 'waiting' | 'ended' | 'timeUp' | 'failed';
	/** The task as it was last seen. */
	task?: Task;
	/** Why it was not seen the last time. */
	error?: GcoreError;
}

/** What a wait needs, and its callbacks. */
interface WaitCallbacks {
	client: GcoreClient;
	/** Ends all waits when it fires. */
	cancelSignal: AbortSignal | undefined;
	/** Called after each round with what is known of each task. */
	onRound(observations: readonly Observation[]): void;
	/** Asked about each wait that is over; true ends all others too. */
	endsAll(taskId: string, observation: Observation): boolean;
}

/**
 * Waits for a group of tasks until each has ended, its time is up, or asking for it fails for
 * good. The first round asks at once.
 *
 * @returns what is known of each task at the end, by task ID
 */
export async function waitForTasks(
	watches: readonly Watch[],
	options: WaitCallbacks,
): Promise<ReadonlyMap<string, Observation>> {
	const group = new WaitGroup(watches, options);
	for (
		let pauseMs = SHORTEST_PAUSE_MS;
		;
		pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS)
	) {
		await group.ask();
		if (group.isOver()) return group.watched;
		const wakeAt = Math.max(Date.now() + withJitter(pauseMs), group.restUntil);
		await pauseUntil(Math.min(wakeAt, group.firstDeadline()), options.cancelSignal);
	}
}

/** A task of the group. */
interface Watched extends Watch, Observation {
	/** How many times in a row asking failed in a way that passes, and in other ways. */
	failures: number;
	refusals: number;
}

class WaitGroup {
	readonly watched: ReadonlyMap<string, Watched>;

	/** Until when Gcore asks to be left alone, in ms since the epoch. */
	restUntil = 0;

	private readonly open: Set<Watched>;

	private readonly client: GcoreClient;

	private listFailures = 0;

	constructor(
		watches: readonly Watch[],
		private readonly options: WaitCallbacks,
	) {
		const watched = new Map<string, Watched>();
		for (const { taskId, deadline } of watches) {
			const latest = Math.max(deadline, watched.get(taskId)?.deadline ?? 0);
			watched.set(taskId, { taskId, deadline: latest, state: 'waiting', failures: 0, refusals: 0 });
		}
		this.watched = watched;
		this.open = new Set(watched.values());
		this.client = options.client.spending({ tries: 1, patienceMs: ROUND_PATIENCE_MS });
	}

	/** One round: every open task is looked at once, and those whose time is up are closed. */
	async ask(): Promise<void> {
		const rows = new Map<string, Task>();
		const listError = this.open.size < LISTED_FROM ? undefined : await this.list(rows);
		const unseen = [...this.open].filter((watched) => {
			const row = rows.get(watched.taskId);
			// A row has no result, so a task that has ended is asked for by its ID too
			if (!row || hasEnded(row)) return true;
			this.see(watched, row);
			return false;
		});
		if (listError) for (const watched of unseen) this.fail(watched, listError);
		else await this.askForEach(unseen);
		for (const watched of this.open) {
			if (watched.deadline <= Date.now()) this.close(watched, 'timeUp');
		}
		this.options.onRound([...this.watched.values()]);
	}

	isOver(): boolean {
		return this.open.size === 0 || this.options.cancelSignal?.aborted === true;
	}

	firstDeadline(): number {
		let first = Infinity;
		for (const { deadline } of this.open) first = Math.min(first, deadline);
		return first;
	}

	/**
	 * Looks for the open tasks in the lists, as long as a page shows more of them than one request is
	 * worth.
	 *
	 * @param rows takes the rows of the open tasks
	 * @returns the error that makes single tasks look out of reach too
	 */
	private async list(rows: Map<string, Task>): Promise<GcoreError | undefined> {
		const error = await this.readLists(rows).catch(asGcoreError);
		if (!error) this.listFailures = 0;
		// A list that is refused for good says nothing about single tasks
		if (!error?.passes) return undefined;
		this.listFailures += 1;
		const isLastRound = this.firstDeadline() <= Date.now();
		return isLastRound || this.listFailures > LIST_FAILURES_TOLERATED ? undefined : error;
	}

	private async readLists(rows: Map<string, Task>): Promise<undefined> {
		const isMissing = () => this.open.size - rows.size >= LISTED_FROM;
		for (const listing of LISTINGS) {
			if (!isMissing()) return;
			for await (const page of eachPage(this.client, listing)) {
				const known = rows.size;
				for (const row of page.rows) if (this.isOpen(row)) rows.set(row.task_id, row);
				if (rows.size - known < 2 || !isMissing()) break;
			}
		}
	}

	private async askForEach(unseen: readonly Watched[]): Promise<void> {
		const errors: GcoreError[] = [];
		let answers = 0;
		const asked = await mapPool(
			unseen,
			ASKED_AT_ONCE,
			async (watched) => {
				const answer = await this.client.getTask(watched.taskId).catch(asGcoreError);
				if (answer instanceof GcoreError) {
					errors.push(answer);
					this.fail(watched, answer);
				} else {
					answers += 1;
					this.see(watched, answer);
					if (hasEnded(answer)) this.close(watched, 'ended');
				}
				return true;
			},
			() => this.isOver() || (answers === 0 && errors.length >= FAILURES_A_ROUND),
		);
		const [error] = errors;
		if (!error || this.isOver()) return;
		for (const [index, watched] of unseen.entries()) if (!asked[index]) this.fail(watched, error);
	}

	private isOpen({ task_id }: Task): boolean {
		const watched = this.watched.get(task_id);
		return watched !== undefined && this.open.has(watched);
	}

	private see(watched: Watched, task: Task): void {
		if (!this.open.has(watched)) return;
		watched.task = task;
		delete watched.error;
		watched.failures = watched.refusals = 0;
	}

	private fail(watched: Watched, error: GcoreError): void {
		if (!this.open.has(watched)) return;
		watched.error = error;
		if (error.retryAfterMs !== undefined) this.restUntil = Date.now() + error.retryAfterMs;
		if (error.passes) watched.failures += 1;
		else watched.refusals += 1;
		const isTolerated =
			watched.failures <= FAILURES_TOLERATED && watched.refusals <= REFUSALS_TOLERATED;
		if (error.cure || !isTolerated) this.close(watched, 'failed');
	}

	private close(watched: Watched, state: Observation['state']): void {
		if (!this.open.delete(watched)) return;
		watched.state = state;
		if (this.options.endsAll(watched.taskId, watched)) this.open.clear();
	}
}
