import type { GcoreClient } from '../api/client';
import type { Task } from '../api/types';
import { eachTask, listTasks } from './list';
import type { TaskFilter } from './list';
import { startOf } from './match';

/** Up to so many videos a search for each costs no more than a look at the whole list. */
const SEARCHED_UP_TO = 3;

/**
 * What is listed to find every task that has not started, or not long ago: what is in the queue
 * first, since tasks move on from there while the lists are read. Where the list of everything,
 * which is newest first, has tasks without a start is not documented.
 */
const LISTINGS: readonly TaskFilter[] = [{ status: 'RECEIVED' }, { status: 'PENDING' }, {}];

/**
 * The tasks that Gcore has for some videos.
 *
 * @param urls of the videos; the answer may hold tasks for others too
 * @param since in ms since the epoch: tasks that started before may be missing
 * @throws GcoreError where the list cannot be read
 */
export async function knownTasks(
	client: GcoreClient,
	urls: readonly string[],
	since: number,
): Promise<Task[]> {
	const videos = [...new Set(urls)];
	if (videos.length <= SEARCHED_UP_TO) {
		const found = await Promise.all(videos.map((url) => tasksFor(client, url)));
		return unique(found.flat());
	}
	const tasks: Task[] = [];
	for (const listing of LISTINGS) {
		for await (const task of eachTask(client, listing)) {
			// One that is back in the queue between two stages may stand before some that never started
			if (listing.status === undefined && (startOf(task) ?? Infinity) < since) break;
			tasks.push(task);
		}
	}
	return unique(tasks);
}

/** The tasks for one video. */
export async function tasksFor(client: GcoreClient, url: string): Promise<Task[]> {
	return await listTasks(client, { search: url }, Infinity);
}

function unique(tasks: readonly Task[]): Task[] {
	return [...new Map(tasks.map((task) => [task.task_id, task])).values()];
}
