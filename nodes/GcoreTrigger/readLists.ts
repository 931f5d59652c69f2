import { GcoreError } from '../shared/api/errors';
import { PAGE_SIZE, readSteadily } from '../shared/api/lists';
import type { TaskLister } from '../shared/api/lists';
import type { Task, TaskPage } from '../shared/api/types';
import { timesOf } from '../shared/tasks/task';
import { CLOCK_DIFFERENCE_MS } from '../shared/time';
import { isNew, KEPT, latestTime, MARGIN_MS } from './state';
import type { TriggerState } from './state';

/** Below this number of requests, a poll reads another list even for a single open task. */
const REQUESTS_A_POLL = 5;

/** The most list requests of a poll: more mean that a list does not end. */
export const MOST_REQUESTS = 10_000;

/** Once a poll has sent {@link REQUESTS_A_POLL} requests, it reads another list only for more open tasks than this. */
const FEW_TASKS = 5;

/** After this many consecutive rows that the state knows, it knows all earlier tasks too. */
const FAMILIAR_ROWS = 50;

/** The two statuses that most tasks in progress have, and the two that few tasks keep for long. */
const USUAL_STATUSES = ['PENDING', 'STARTED'];
const RARE_STATUSES = ['RETRY', 'RECEIVED'];

/** What a poll asks the lists for. */
interface ListQuestion {
	/** What the last poll left; undefined in the very first poll, which looks for all tasks in progress. */
	state: TriggerState | undefined;
	/** The final statuses to look for. */
	statuses: readonly string[];
	/** Whether to read lists too that have the same length as at the last poll. */
	isSweep: boolean;
	/** When the poll began, in ms since the epoch. */
	now: number;
}

/** What the lists showed. */
interface ListAnswer {
	/** By task ID. */
	rows: ReadonlyMap<string, Task>;
	/** How many tasks each list has, by status. */
	counts: Readonly<Record<string, number>>;
	/** Tasks that started before this time, in ms since the epoch, may have been passed over. */
	readDownTo: number;
}

/**
 * Reads Gcore's lists as far as needed to see which tasks are in progress, and which have ended since
 * the last poll.
 *
 * A list has the tasks that started last first. Tasks that ended without a start come before or after
 * all others: Gcore does not document which.
 */
export async function readLists(source: TaskLister, question: ListQuestion): Promise<ListAnswer> {
	const reader = new ListReader(source, question);
	if (question.isSweep) await reader.readAllInProgress();
	else await reader.readInProgress(USUAL_STATUSES);
	for (const status of question.statuses) await reader.readEnded(status);
	if (!question.isSweep && reader.isWorthMore()) await reader.readInProgress(RARE_STATUSES);
	return reader;
}

class ListReader implements ListAnswer, TaskLister {
	readonly rows = new Map<string, Task>();

	readonly counts: Record<string, number>;

	readDownTo = 0;

	private requests = 0;

	constructor(
		private readonly source: TaskLister,
		private readonly question: ListQuestion,
	) {
		this.counts = { ...question.state?.counts };
	}

	async listTasks(query: Parameters<TaskLister['listTasks']>[0]): Promise<TaskPage> {
		this.requests += 1;
		if (this.requests > MOST_REQUESTS) {
			throw new GcoreError('unreadable', { words: 'its list does not end' });
		}
		const page = await this.source.listTasks(query);
		for (const row of page.rows) this.rows.set(row.task_id, row);
		return page;
	}

	async readInProgress(statuses: readonly string[]): Promise<void> {
		for (const status of statuses) await readSteadily(this, { status });
	}

	/** A task may return to an earlier status while the lists are read, so they are read until nothing new appears. */
	async readAllInProgress(): Promise<void> {
		for (let known = -1; ; known = this.rows.size) {
			await this.readInProgress([...USUAL_STATUSES, ...RARE_STATUSES]);
			if (this.rows.size === known) return;
		}
	}

	/** Whether another list costs less than a request for each open task that the lists did not show. */
	isWorthMore(): boolean {
		return this.unseenOpen().length > (this.requests < REQUESTS_A_POLL ? 0 : FEW_TASKS);
	}

	/** The open tasks that the lists have not shown yet. */
	private unseenOpen(): string[] {
		const open = Object.keys(this.question.state?.open ?? {});
		return open.filter((taskId) => !this.rows.has(taskId));
	}

	/** Reads the tasks that ended with a status, again as long as rows may have shifted between pages. */
	async readEnded(status: string): Promise<void> {
		let known: number;
		let pages: number;
		do {
			known = this.rows.size;
			pages = await this.readEndedOnce(status);
		} while (pages > 1 && this.rows.size > known);
	}

	/** @returns how many pages it read */
	private async readEndedOnce(status: string): Promise<number> {
		const first = await this.page(status, 1);
		const earlierCount = this.question.state?.counts[status];
		this.counts[status] = first.count;
		const news = new Set(this.newOf(first));
		if (this.isUnchanged(first, earlierCount) && news.size === 0) return 1;

		const { pages, isEnd } = await this.readDown(status, first, news);
		const hasPassedUnstarted = !hasStart(first.rows[0]);
		if (
			isEnd ||
			hasPassedUnstarted ||
			this.isExplained(news.size, first.count - (earlierCount ?? NaN))
		) {
			return pages;
		}
		return pages + (await this.readUnstartedAtEnd(status, first, pages));
	}

	/** A list of the same length has nothing new, unless one task has taken another's place. */
	private isUnchanged({ count }: TaskPage, earlierCount: number | undefined): boolean {
		return !this.question.isSweep && count > 0 && count === earlierCount;
	}

	/** Whether the new rows, and open tasks that started long ago, explain the growth of a list. */
	private isExplained(news: number, growth: number): boolean {
		const mayBeHere = this.unseenOpen().length;
		return !this.question.isSweep && growth >= news && growth <= news + mayBeHere;
	}

	/** Reads on from the first page, down to tasks that the state knows. */
	private async readDown(status: string, first: TaskPage, news: Set<string>) {
		let familiar = 0;
		let count = 0;
		for (let pages = 1, page = first; ; page = await this.page(status, ++pages)) {
			for (const taskId of this.newOf(page)) news.add(taskId);
			const started = page.rows.filter(hasStart);
			count += started.length;
			for (const { task_id } of started) familiar = this.isFamiliar(task_id) ? familiar + 1 : 0;
			if (!page.more) return { pages, isEnd: true };
			const last = started.at(-1);
			const oldest = last && timesOf(last).start;
			if (oldest === undefined) continue;
			if (oldest <= this.horizon()) return { pages, isEnd: false };
			if (familiar >= FAMILIAR_ROWS && oldest <= this.familiarFrom())
				return { pages, isEnd: false };
			if (!this.question.state && count >= KEPT) {
				this.readDownTo = Math.max(this.readDownTo, oldest);
				return { pages, isEnd: false };
			}
		}
	}

	/** Reads the last pages, backwards, as long as they have tasks without a start. */
	private async readUnstartedAtEnd(status: string, first: TaskPage, alreadyRead: number) {
		const last = Math.ceil(first.count / first.ids.length);
		let pages = 0;
		for (let number = last; number > alreadyRead; number--) {
			const { rows } = await this.page(status, number);
			pages += 1;
			if (hasStart(rows[0])) break;
		}
		return pages;
	}

	private newOf({ rows }: TaskPage): string[] {
		const { state } = this.question;
		return rows.filter((row) => isNew(row, state)).map(({ task_id }) => task_id);
	}

	/** How far back tasks are remembered, in ms since the epoch. */
	private horizon(): number {
		const { state, now } = this.question;
		return state?.horizon ?? latestTime(this.rows.values(), now) - MARGIN_MS;
	}

	/**
	 * A time of Gcore's, in ms since the epoch. Every task that the last poll did not see started after
	 * it, even on a machine whose clock is behind.
	 */
	private familiarFrom(): number {
		return this.horizon() + MARGIN_MS - CLOCK_DIFFERENCE_MS;
	}

	private isFamiliar(taskId: string): boolean {
		const { state } = this.question;
		return state !== undefined && (taskId in state.open || taskId in state.done);
	}

	private async page(status: string, page: number): Promise<TaskPage> {
		return await this.listTasks({ status, page, limit: PAGE_SIZE });
	}
}

function hasStart(row: Task | undefined): boolean {
	return row !== undefined && timesOf(row).start !== undefined;
}
