import type { GcoreClient } from './client';
import type { Task, TaskListQuery, TaskPage } from './types';

/** Rows a page: the most that is known to be safe to ask for. Fewer may come back. */
export const PAGE_SIZE = 100;

/**
 * Which tasks to list, and in which order. Without `ordering` the list has the task that started last
 * first. Tasks without a start stand first or last: Gcore does not document which.
 */
export type TaskFilter = Omit<TaskListQuery, 'page' | 'limit'>;

/** A client that can list tasks. */
export type TaskLister = Pick<GcoreClient, 'listTasks'>;

/**
 * A page can repeat rows of the page before because newer tasks push them down. So many pages in a
 * row without a new row are no accident: such a list does not end.
 */
const PAGES_WITHOUT_NEWS = 2;

/**
 * Follows the pages of the task list, no further than they are taken. A task that moves to a later
 * page while the list is read is returned once.
 *
 * @param rows how many to ask for a page, at most
 * @returns each page with the rows that no page before had
 */
export async function* eachPage(
	client: TaskLister,
	filter: TaskFilter,
	rows: number = PAGE_SIZE,
): AsyncGenerator<TaskPage> {
	const limit = Math.min(rows, PAGE_SIZE);
	const seen = new Set<string>();
	let withoutNews = 0;
	for (let page = 1; withoutNews < PAGES_WITHOUT_NEWS; page++) {
		const answer = await client.listTasks({ ...filter, page, limit });
		const news = answer.rows.filter(({ task_id }) => !seen.has(task_id));
		for (const task of news) seen.add(task.task_id);
		yield { ...answer, rows: news };
		if (!answer.more) return;
		withoutNews = news.length > 0 ? 0 : withoutNews + 1;
	}
}

/**
 * The first tasks of the list.
 *
 * @param limit how many tasks at most; no page is asked for once there are as many
 */
export async function firstTasks(
	client: TaskLister,
	filter: TaskFilter,
	limit: number,
): Promise<Task[]> {
	const tasks: Task[] = [];
	for await (const { rows } of eachPage(client, filter, limit)) {
		tasks.push(...rows);
		if (tasks.length >= limit) break;
	}
	return tasks.slice(0, limit);
}

/**
 * Every row of the list, or those down to where the caller stops.
 *
 * Rows can shift between pages while they are read, so a list of several pages is read again until a
 * pass finds nothing new.
 *
 * @param isEnough asked about each page: whether the pages after it are of no interest
 */
export async function readSteadily(
	client: TaskLister,
	filter: TaskFilter,
	isEnough: (page: TaskPage) => boolean = () => false,
): Promise<Task[]> {
	const tasks = new Map<string, Task>();
	for (;;) {
		const known = tasks.size;
		let pages = 0;
		for await (const page of eachPage(client, filter)) {
			pages += 1;
			for (const task of page.rows) tasks.set(task.task_id, task);
			if (isEnough(page)) break;
		}
		if (pages <= 1 || tasks.size === known) return [...tasks.values()];
	}
}
