import { sleep } from 'n8n-workflow';

import type { GcoreClient } from '../api/client';
import { GcoreError } from '../api/errors';
import type { GcoreErrorKind } from '../api/errors';
import type { Task } from '../api/types';
import { mapPool } from '../pool';
import { hasEnded } from './task';

/** The pause between two rounds of asking grows from the first to the second of these. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_GROWTH = 1.5;

/** By which share a pause may be longer, so that many executions do not ask in step. */
const JITTER = 0.2;

/** How long a Stop may go unnoticed in a pause: n8n's sleep heeds no signal in its older versions. */
const SLICE_MS = 250;

/** From so many tasks on, the list is asked first: it costs less than a request a task. */
const LISTED_FROM = 3;

/** Rows a list page: the most that is known to be safe. */
const PAGE_SIZE = 100;

/** Requests by task ID under way at once. */
const POOL_SIZE = 10;

/** How many times in a row asking may fail in a way that can pass, before a wait gives up. */
const FAILURES_BORNE = 10;

/** A task that was created a moment ago may not be found at once, but soon. */
const NOT_FOUND_BORNE = 3;

/** Ways to fail that asking again does not mend. */
const LASTING: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'badRequest',
	'forbidden',
	'redirected',
	'unauthorized',
]);

const NOT_FOUND: ReadonlySet<GcoreErrorKind> = new Set(['notFound']);

/** Ways in which Gcore may refuse the list although it gives single tasks. */
const LIST_REFUSED: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'badRequest',
	'forbidden',
	'notFound',
]);

/** A task to wait for. */
export interface Watch {
	taskId: string;
	/** When its time is up, in ms since the epoch. */
	deadline: number;
}

/** A task as it was last seen, if it was, and why it was not seen again, if that ended the wait. */
export interface Sight {
	task?: Task;
	error?: Error;
}

/** What a wait needs, and whom it tells. */
export interface WaitOptions {
	client: GcoreClient;
	/** Ends all waits when it fires. */
	cancelSignal: AbortSignal | undefined;
	/** Told after each round what is known of each task. */
	onRound(sights: readonly Sight[]): void;
	/** Asked about each wait that has ended; true ends all others too. */
	endsAll(sight: Sight): boolean;
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
		const wakeAt = Date.now() + pauseMs * (1 + Math.random() * JITTER);
		await pauseUntil(Math.min(Math.max(wakeAt, group.restUntil), group.firstDeadline()), options);
		pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
	}
}

async function pauseUntil(wakeAt: number, { cancelSignal }: WaitOptions): Promise<void> {
	while (Date.now() < wakeAt && !cancelSignal?.aborted) {
		await sleep(Math.min(SLICE_MS, wakeAt - Date.now()));
	}
}

/** The tasks still waited for, and what is known of all of them. */
class WaitGroup {
	readonly sights = new Map<string, Sight>();

	/** Until when Gcore wants to be left alone, in ms since the epoch. */
	restUntil = 0;

	private readonly open = new Map<string, { deadline: number; failures: number }>();

	constructor(
		watches: readonly Watch[],
		private readonly options: WaitOptions,
	) {
		for (const { taskId, deadline } of watches) {
			const other = this.open.get(taskId)?.deadline ?? 0;
			this.open.set(taskId, { deadline: Math.max(deadline, other), failures: 0 });
			this.sights.set(taskId, {});
		}
	}

	/** One round: every open task is looked at once, and those whose time is up are closed. */
	async ask(): Promise<void> {
		const rows = await this.rows();
		const unknown: string[] = [];
		for (const taskId of this.open.keys()) {
			const row = rows?.get(taskId);
			// A row has no result, so a task that has ended is asked for by its ID too
			if (row && !hasEnded(row)) this.see(taskId, row);
			else unknown.push(taskId);
		}
		if (rows) {
			await mapPool(
				unknown,
				POOL_SIZE,
				async (taskId) => await this.askFor(taskId),
				() => this.isOver(),
			);
		}
		this.closeExpired();
		this.options.onRound([...this.sights.values()]);
	}

	isOver(): boolean {
		return this.open.size === 0 || this.options.cancelSignal?.aborted === true;
	}

	firstDeadline(): number {
		return Math.min(...[...this.open.values()].map(({ deadline }) => deadline));
	}

	/**
	 * The list's rows for the open tasks, as far as the newest pages hold them.
	 *
	 * @returns none where the list is of no use, and undefined where Gcore is of no use just now
	 */
	private async rows(): Promise<ReadonlyMap<string, Task> | undefined> {
		const rows = new Map<string, Task>();
		if (this.open.size < LISTED_FROM) return rows;
		// A page more than the tasks would fill: others may have been created in between
		const lastPage = Math.ceil(this.open.size / PAGE_SIZE) + 1;
		for (let page = 1; page <= lastPage && rows.size < this.open.size; page++) {
			try {
				const { results, more } = await this.options.client.listTasks({ page, limit: PAGE_SIZE });
				for (const row of results) if (this.open.has(row.task_id)) rows.set(row.task_id, row);
				if (!more) break;
			} catch (error) {
				if (isOfKind(error, LIST_REFUSED)) break;
				for (const taskId of this.open.keys()) this.fail(taskId, error);
				return undefined;
			}
		}
		return rows;
	}

	private async askFor(taskId: string): Promise<void> {
		try {
			const task = await this.options.client.getTask(taskId);
			this.see(taskId, task);
			if (hasEnded(task)) this.close(taskId);
		} catch (error) {
			this.fail(taskId, error);
		}
	}

	private see(taskId: string, task: Task): void {
		this.sights.set(taskId, { task });
		const watch = this.open.get(taskId);
		if (watch) watch.failures = 0;
	}

	private fail(taskId: string, thrown: unknown): void {
		const watch = this.open.get(taskId);
		if (!watch) return;
		const error = thrown instanceof Error ? thrown : new Error(String(thrown));
		if (error instanceof GcoreError && error.retryAfterMs !== undefined) {
			this.restUntil = Date.now() + error.retryAfterMs;
		}
		watch.failures += 1;
		const borne = isOfKind(error, NOT_FOUND) ? NOT_FOUND_BORNE : FAILURES_BORNE;
		if (!isOfKind(error, LASTING) && watch.failures <= borne) return;
		this.sights.set(taskId, { ...this.sights.get(taskId), error });
		this.close(taskId);
	}

	private closeExpired(): void {
		const now = Date.now();
		for (const [taskId, { deadline }] of this.open) if (deadline <= now) this.close(taskId);
	}

	private close(taskId: string): void {
		this.open.delete(taskId);
		if (this.options.endsAll(this.sights.get(taskId) ?? {})) this.open.clear();
	}
}

function isOfKind(error: unknown, kinds: ReadonlySet<GcoreErrorKind>): boolean {
	return error instanceof GcoreError && kinds.has(error.kind);
}
