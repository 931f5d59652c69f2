import type { GcoreClient } from '../api/client';
import type { Task, TaskListQuery } from '../api/types';

/** Rows a page: the most that is known to be safe to ask for. Fewer may come back. */
export const PAGE_SIZE = 100;

/** Which tasks to list, and in which order. */
export type TaskFilter = Omit<TaskListQuery, 'page' | 'limit'>;

/** A page of nothing but tasks seen before may be the work of newer ones coming in; two are no list. */
const PAGES_WITHOUT_NEWS = 2;

/**
 * Follows the pages of the task list, no further than they are taken. A task that moves to a later
 * page while they are read, as newer ones come in, is given once.
 *
 * @param rows how many to ask for a page, at the most
 * @returns of each page the tasks that no page before had
 */
export async function* eachPage(
	client: GcoreClient,
	filter: TaskFilter,
	rows: number = PAGE_SIZE,
): AsyncGenerator<Task[]> {
	const limit = Math.min(rows, PAGE_SIZE);
	const seen = new Set<string>();
	let withoutNews = 0;
	for (let page = 1; withoutNews < PAGES_WITHOUT_NEWS; page++) {
		const { results, more } = await client.listTasks({ ...filter, page, limit });
		const news = results.filter(({ task_id }) => !seen.has(task_id));
		for (const task of news) seen.add(task.task_id);
		yield news;
		if (!more || results.length === 0) return;
		withoutNews = news.length > 0 ? 0 : withoutNews + 1;
	}
}

/**
 * The first tasks of the list.
 *
 * @param limit how many tasks at the most; no page is asked for once there are as many
 */
export async function listTasks(
	client: GcoreClient,
	filter: TaskFilter,
	limit: number,
): Promise<Task[]> {
	const tasks: Task[] = [];
	for await (const page of eachPage(client, filter, limit)) {
		tasks.push(...page);
		if (tasks.length >= limit) break;
	}
	return tasks.slice(0, limit);
}
