import type { GcoreClient } from '../api/client';
import type { Task, TaskListQuery } from '../api/types';

/** Rows a page: the most that is known to be safe to ask for. Fewer may come back. */
const PAGE_SIZE = 100;

/** Which tasks to list, and in which order. */
export type TaskFilter = Omit<TaskListQuery, 'page' | 'limit'>;

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
	for (let page = 1, more = true; more && tasks.size < limit; page++) {
		const answer = await client.listTasks({ ...filter, page, limit: rows });
		for (const task of answer.results) tasks.set(task.task_id, task);
		more = answer.more && answer.results.length > 0;
	}
	return [...tasks.values()].slice(0, limit);
}
