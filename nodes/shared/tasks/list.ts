import type { GcoreClient } from '../api/client';
import type { Task, TaskListQuery } from '../api/types';

/** Rows a page: the most that is known to be safe to ask for. Fewer may come back. */
const PAGE_SIZE = 100;

/** Which tasks to list, and in which order. */
export type TaskFilter = Omit<TaskListQuery, 'page' | 'limit'>;

/** A page of nothing but tasks seen before may be the work of newer ones coming in; two are no list. */
const PAGES_WITHOUT_NEWS = 2;

/**
 * Follows the pages of the task list. A task that moves to a later page while they are read, as
 * newer ones come in, is given once.
 *
 * @param limit how many tasks at the most; no page is asked for once there are as many
 */
export async function listTasks(
	client: GcoreClient,
	filter: TaskFilter,
	limit: number,
): Promise<Task[]> {
	const tasks = new Map<string, Task>();
	const rows = Math.min(limit, PAGE_SIZE);
	let withoutNews = 0;
	for (let page = 1; tasks.size < limit && withoutNews < PAGES_WITHOUT_NEWS; page++) {
		const known = tasks.size;
		const { results, more } = await client.listTasks({ ...filter, page, limit: rows });
		for (const task of results) tasks.set(task.task_id, task);
		if (!more || results.length === 0) break;
		withoutNews = tasks.size === known ? withoutNews + 1 : 0;
	}
	return [...tasks.values()].slice(0, limit);
}
