import type { GcoreClient } from '../api/client';
import { GcoreError } from '../api/errors';
import type { GcoreErrorKind } from '../api/errors';
import type { Task } from '../api/types';
import { pauseUntil, withJitter } from '../pause';
import { mapPool } from '../pool';
import { PAGE_SIZE } from './list';
import { hasEnded } from './task';

/** The pause between two rounds of asking grows from the first to the second of these. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_GROWTH = 1.5;

/** From so many tasks on, the list is asked first: it costs less than a request a task. */
const LISTED_FROM = 3;

/**
 * What the list is asked for, until it has shown all tasks: everything, newest first, and then what
 * is in the queue. Queued tasks have no start, and where the list has those is not documented.
 */
const LISTINGS: ReadonlyArray<{ status?: string }> = [
	{},
	// In the order in which tasks move on, so that none gets past
	{ status: 'RECEIVED' },
	{ status: 'PENDING' },
];

/** So many rounds in a row without a list the tasks are taken for as unreachable as the list. */
const LIST_FAILURES_BORNE = 1;

/** How many times in a row asking may fail in a way that can pass, before a wait gives up. */
const FAILURES_BORNE = 10;

/** The same for "not found": a task that was created a moment ago may be found soon. */
const NOT_FOUND_BORNE = 3;

/** Tasks asked for at once: they take minutes, so nothing is gained by more. */
const ASKED_AT_ONCE = 10;

/** After so many failures and no success in a round, nobody else is asked for in it. */
const FAILURES_A_ROUND = 10;

/** Ways to fail that asking again does not mend. */
const LASTING: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'badRequest',
	'forbidden',
	'redirected',
	'unauthorized',
]);

/** Ways in which Gcore may refuse the list although it gives single tasks. */
const LIST_REFUSED: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'badRequest',
	'forbidden',
	'notFound',
	'unreadable',
]);

/** A task to wait for. */
export interface Watch {
	taskId: string;
	/** When its time is up, in ms since the epoch. */
	deadline: number;
}

/** What is known of a task that is waited for. */
export interface Sight {
	/** The task as it was last seen, if it was. */
	task?: Task;
	/** Why it was not seen the last time, if it was not. */
	error?: Error;
	/** Why the wait for it is over, if it is. */
	closed?: 'ended' | 'timeUp' | 'failed';
}

/** What a wait needs, and whom it tells. */
export interface WaitOptions {
	client: GcoreClient;
	/** Ends all waits when it fires. */
	cancelSignal: AbortSignal | undefined;
	/** Told after each round what is known of each task. */
	onRound(sights: readonly Sight[]): void;
	/** Asked about each wait that is over; true ends all others too. */
	endsAll(taskId: string, sight: Sight): boolean;
}

/**
 * Waits for a group of tasks until each has ended, its time is up, or asking for it fails for
 * good. The first round asks at once.
 *
 * @returns what is known of each task at the end, by task ID
 */
export async function waitForTasks(
	watches: readonly Watch[],
	options: WaitOptions,
): Promise<ReadonlyMap<string, Sight>> {
	const group = new WaitGroup(watches, options);
	let pauseMs = SHORTEST_PAUSE_MS;
	for (;;) {
		await group.ask();
		if (group.isOver()) return group.sights;
		const wakeAt = Math.max(Date.now() + withJitter(pauseMs), group.restUntil);
		await pauseUntil(Math.min(wakeAt, group.firstDeadline()), options.cancelSignal);
		pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
	}
}

/** The tasks still waited for, and what is known of all of them. */
class WaitGroup {
	readonly sights = new Map<string, Sight>();

	/** Until when Gcore wants to be left alone, in ms since the epoch. */
	restUntil = 0;

	private readonly open = new Map<string, OpenWatch>();

	private listFailures = 0;

	constructor(
		watches: readonly Watch[],
		private readonly options: WaitOptions,
	) {
		for (const { taskId, deadline } of watches) {
			const other = this.open.get(taskId)?.deadline ?? 0;
			this.open.set(taskId, { deadline: Math.max(deadline, other), failures: 0, notFound: 0 });
			this.sights.set(taskId, {});
		}
	}

	/** One round: every open task is looked at once, and those whose time is up are closed. */
	async ask(): Promise<void> {
		const rows = new Map<string, Task>();
		const listError = this.open.size < LISTED_FROM ? undefined : await this.list(rows);
		for (const [taskId, row] of rows) if (!hasEnded(row)) this.see(taskId, row);
		// A row has no result, so a task that has ended is asked for by its ID too
		const unseen = [...this.open.keys()].filter((taskId) => {
			const row = rows.get(taskId);
			return !row || hasEnded(row);
		});
		if (listError === undefined) await this.askForEach(unseen);
		else for (const taskId of unseen) this.fail(taskId, listError);
		this.closeExpired();
		this.options.onRound([...this.sights.values()]);
	}

	isOver(): boolean {
		return this.open.size === 0 || this.options.cancelSignal?.aborted === true;
	}

	firstDeadline(): number {
		let first = Infinity;
		for (const { deadline } of this.open.values()) first = Math.min(first, deadline);
		return first;
	}

	/**
	 * Looks for the open tasks in the list, as long as a page shows more of them than the one
	 * request is worth.
	 *
	 * @param rows takes the rows of the open tasks
	 * @returns the error by which Gcore looks as if single tasks could not be had either
	 */
	private async list(rows: Map<string, Task>): Promise<unknown> {
		try {
			for (const listing of LISTINGS) {
				for (let page = 1; this.open.size - rows.size >= LISTED_FROM; page++) {
					const known = rows.size;
					const answer = await this.options.client.listTasks({
						...listing,
						page,
						limit: PAGE_SIZE,
					});
					for (const row of answer.results) {
						if (this.open.has(row.task_id)) rows.set(row.task_id, row);
					}
					if (!answer.more || rows.size - known < 2) break;
				}
			}
			this.listFailures = 0;
			return undefined;
		} catch (error) {
			if (isOfKind(error, LIST_REFUSED)) return undefined;
			this.listFailures += 1;
			const isLastRound = this.firstDeadline() <= Date.now();
			return isLastRound || this.listFailures > LIST_FAILURES_BORNE ? undefined : error;
		}
	}

	private async askForEach(taskIds: readonly string[]): Promise<void> {
		const round: { answers: number; errors: unknown[] } = { answers: 0, errors: [] };
		const asked = await mapPool(
			taskIds,
			ASKED_AT_ONCE,
			async (taskId) => {
				await this.askFor(taskId).then(
					() => (round.answers += 1),
					(error: unknown) => {
						round.errors.push(error);
						this.fail(taskId, error);
					},
				);
				return true;
			},
			() => this.isOver() || (round.answers === 0 && round.errors.length >= FAILURES_A_ROUND),
		);
		if (this.isOver()) return;
		for (const [index, taskId] of taskIds.entries()) {
			if (!asked[index]) this.fail(taskId, round.errors[0]);
		}
	}

	private async askFor(taskId: string): Promise<void> {
		const task = await this.options.client.getTask(taskId);
		this.see(taskId, task);
		if (hasEnded(task)) this.close(taskId, 'ended');
	}

	private see(taskId: string, task: Task): void {
		const watch = this.open.get(taskId);
		if (!watch) return;
		this.sights.set(taskId, { task });
		watch.failures = watch.notFound = 0;
	}

	private fail(taskId: string, thrown: unknown): void {
		const watch = this.open.get(taskId);
		if (!watch) return;
		const error = thrown instanceof Error ? thrown : new Error(String(thrown));
		this.sights.set(taskId, { ...this.sights.get(taskId), error });
		if (error instanceof GcoreError && error.retryAfterMs !== undefined) {
			this.restUntil = Date.now() + error.retryAfterMs;
		}
		if (error instanceof GcoreError && error.kind === 'notFound') watch.notFound += 1;
		else watch.failures += 1;
		const isBorne = watch.failures <= FAILURES_BORNE && watch.notFound <= NOT_FOUND_BORNE;
		if (isOfKind(error, LASTING) || !isBorne) this.close(taskId, 'failed');
	}

	private closeExpired(): void {
		const now = Date.now();
		for (const [taskId, { deadline }] of this.open) {
			if (deadline <= now) this.close(taskId, 'timeUp');
		}
	}

	private close(taskId: string, closed: NonNullable<Sight['closed']>): void {
		const sight = { ...this.sights.get(taskId), closed };
		this.sights.set(taskId, sight);
		this.open.delete(taskId);
		if (this.options.endsAll(taskId, sight)) this.open.clear();
	}
}

/** A task that is still waited for. */
interface OpenWatch {
	/** In ms since the epoch. */
	deadline: number;
	/** How many times in a row asking failed in a way that can pass, "not found" apart. */
	failures: number;
	notFound: number;
}

function isOfKind(error: unknown, kinds: ReadonlySet<GcoreErrorKind>): boolean {
	return error instanceof GcoreError && kinds.has(error.kind);
}
