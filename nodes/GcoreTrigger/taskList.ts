import type { GcoreClient } from '../shared/api/client';
import { GcoreError } from '../shared/api/errors';
import type { Task, TaskListQuery, TaskPage } from '../shared/api/types';
import { PAGE_SIZE } from '../shared/tasks/list';
import { CLOCK_DIFFERENCE_MS, hasEnded, timesOf } from '../shared/tasks/task';
import { isDone, KEPT, latestTime, MARGIN_MS } from './finishedTasks';
import type { ListPlace, TriggerState } from './finishedTasks';

/** How many requests for the list a poll makes, where that is enough. */
const REQUESTS_A_POLL = 5;

/** More pages than any list has. */
const MOST_REQUESTS = 10_000;

/** A few tasks are asked for by their IDs, rather than by more requests for the list. */
const FEW_TASKS = 5;

/** So many tasks in a row that the state knows: those before them in time it knows too. */
const FAMILIAR_ROWS = 50;

/** The statuses of tasks that have started and not ended, those that most of them have first. */
const IN_PROGRESS = ['STARTED', 'PENDING', 'RETRY'] as const;

/** The calls that the trigger makes. */
export type TaskSource = Pick<GcoreClient, 'listTasks' | 'getTask'>;

/** What was read of the list. */
export interface ListSights {
	/** By task ID. */
	rows: ReadonlyMap<string, Task>;
	place: ListPlace;
	/** Tasks that started before this time, in ms since the epoch, may have been passed over. */
	readDownTo: number;
}

/**
 * Reads as much of Gcore's list as tells what has started or ended since a state was left. The list
 * has the tasks that started last first. Tasks without a start, queued ones and those that ended in
 * the queue, come before all others or after them: which of the two is not documented.
 *
 * @param state undefined in the very first poll, which looks for all tasks in progress
 * @param thorough whether to read all tasks without a start, and not just the next page of them
 * @param now when the poll began, in ms since the epoch
 */
export async function readTaskList(
	source: TaskSource,
	state: TriggerState | undefined,
	thorough: boolean,
	now: number,
): Promise<ListSights> {
	const reader = new ListReader(source, state, now);
	await reader.untilSettled(async () => await reader.readStarts());
	await reader.untilSettled(async () => await reader.readUnstarted(thorough));
	await reader.untilSettled(async () => await reader.readInProgress());
	return reader;
}

class ListReader implements ListSights {
	readonly rows = new Map<string, Task>();

	readonly place: ListPlace;

	readDownTo = 0;

	private requests = 0;

	/** The page with the newest start, as it was last read. */
	private newest: TaskPage = { results: [], more: false, count: 0 };

	constructor(
		private readonly source: TaskSource,
		private readonly state: TriggerState | undefined,
		private readonly now: number,
	) {
		this.place = { ...(state?.place ?? { newestStart: 1, turn: 0 }) };
	}

	/**
	 * Reads again what took several pages, until that shows nothing new: tasks may move to an
	 * earlier page between two requests, and one be in neither of the two answers.
	 *
	 * @param read tells whether that may have happened
	 */
	async untilSettled(read: () => Promise<boolean>): Promise<void> {
		let known = -1;
		while ((await read()) && this.rows.size > known) known = this.rows.size;
	}

	/**
	 * Reads from the newest start down to tasks that the state knows; in the very first poll, as far
	 * as tasks are remembered.
	 */
	async readStarts(): Promise<boolean> {
		await this.findNewestStart();
		let page = this.newest;
		let familiar = 0;
		let count = 0;
		let mayHaveMoved = false;
		for (let number = this.place.newestStart; ; page = await this.read({ page: number })) {
			const starts = page.results.filter(hasStart);
			count += starts.length;
			for (const row of starts) familiar = this.isFamiliar(row) ? familiar + 1 : 0;
			const oldest = timesOf(starts.at(-1) ?? NOTHING).start;
			if (!page.more || oldest === undefined) return mayHaveMoved;
			if (oldest <= this.horizon()) return mayHaveMoved;
			if (familiar >= FAMILIAR_ROWS && oldest <= this.familiarFrom()) return mayHaveMoved;
			if (!this.state && count >= KEPT) {
				this.readDownTo = oldest;
				return mayHaveMoved;
			}
			mayHaveMoved ||= familiar === 0;
			number += 1;
		}
	}

	/** Reads pages of tasks without a start: all of them, or the one whose turn it is. */
	async readUnstarted(all: boolean): Promise<boolean> {
		const pages = this.unstartedPages();
		const first = all || this.place.turn >= pages.length ? 0 : this.place.turn;
		for (const [turn, page] of pages.entries()) {
			if (turn < first) continue;
			const { results } = await this.read({ page });
			const isLast = results.length === 0 || results.some(hasStart) || turn + 1 === pages.length;
			this.place.turn = isLast ? 0 : turn + 1;
			if (isLast || !all) return all && turn > 0;
		}
		return false;
	}

	/** Looks for the open tasks that the pages so far did not show among all that are in progress. */
	async readInProgress(): Promise<boolean> {
		for (const status of IN_PROGRESS) {
			for (let page = 1, more = true; more && this.isWorthReading(); page++) {
				const answer = await this.read({ page, status });
				more = answer.more && answer.results.some((row) => !hasEnded(row));
			}
		}
		return !this.state;
	}

	private isWorthReading(): boolean {
		if (!this.state) return true;
		const unseen = Object.keys(this.state.open).filter((id) => !this.rows.has(id)).length;
		return unseen > (this.requests < REQUESTS_A_POLL ? 0 : FEW_TASKS);
	}

	/** Finds the page with the newest start, from where it was the last time. */
	private async findNewestStart(): Promise<void> {
		let number = this.place.newestStart;
		let page = await this.read({ page: number });
		while (number > 1 && (page.results.length === 0 || hasStart(page.results[0] ?? NOTHING))) {
			number = page.results.length === 0 ? 1 : number - 1;
			page = await this.read({ page: number });
		}
		while (page.more && !page.results.some(hasStart)) page = await this.read({ page: ++number });
		this.newest = page;
		this.place.newestStart = page.results.some(hasStart) ? number : 1;
	}

	/** The pages before the newest start; where that is on top, those at the end of the list, the last first. */
	private unstartedPages(): number[] {
		const { results, more, count } = this.newest;
		const before = this.place.newestStart - 1;
		if (before > 0) return Array.from({ length: before }, (_, index) => before - index);
		if (!more || !hasStart(results[0] ?? NOTHING)) return [];
		const last = Math.ceil(count / results.length);
		return Array.from({ length: Math.max(last - 1, 0) }, (_, index) => last - index);
	}

	/** How far down tasks are remembered, in ms since the epoch. */
	private horizon(): number {
		return this.state?.horizon ?? latestTime(this.rows.values(), this.now) - MARGIN_MS;
	}

	/**
	 * A time of Gcore's, in ms since the epoch. What the last poll did not see started after it, even
	 * on a machine whose clock is behind.
	 */
	private familiarFrom(): number {
		return this.horizon() + MARGIN_MS - CLOCK_DIFFERENCE_MS;
	}

	private isFamiliar({ task_id }: Task): boolean {
		const { state } = this;
		return state !== undefined && (task_id in state.open || isDone(task_id, state));
	}

	private async read(query: Partial<TaskListQuery>): Promise<TaskPage> {
		this.requests += 1;
		if (this.requests > MOST_REQUESTS)
			throw new GcoreError('unreadable', { words: 'its list does not end' });
		const page = await this.source.listTasks({ page: 1, limit: PAGE_SIZE, ...query });
		for (const row of page.results) this.rows.set(row.task_id, row);
		return page;
	}
}

const NOTHING: Task = { task_id: '', status: '' };

function hasStart(row: Task): boolean {
	return timesOf(row).start !== undefined;
}
