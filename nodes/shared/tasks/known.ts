import type { GcoreClient } from '../api/client';
import type { Task } from '../api/types';
import { eachPage, PAGE_SIZE } from './list';
import type { TaskFilter } from './list';
import { timesOf } from './task';

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
		return unique(await Promise.all(videos.map((url) => tasksFor(client, url))));
	}
	const { results, more } = await client.listTasks({ page: 1, limit: PAGE_SIZE });
	if (!more) return results;
	const lists: Task[][] = [];
	for (const filter of LISTINGS) lists.push(await steadyList(client, filter, since));
	return unique(lists);
}

/** The tasks for one video. */
export async function tasksFor(client: GcoreClient, url: string): Promise<Task[]> {
	return await steadyList(client, { search: url }, -Infinity);
}

/** Tasks move between pages while these are read: where there are several, until that brings none. */
async function steadyList(client: GcoreClient, filter: TaskFilter, since: number): Promise<Task[]> {
	// In the queue one that is back there between two stages may stand before some that never started
	const isSorted = filter.status === undefined;
	const isOld = (task: Task) => (timesOf(task).start ?? Infinity) < since;
	const tasks = new Map<string, Task>();
	let pages: number;
	let known: number;
	do {
		[pages, known] = [0, tasks.size];
		for await (const page of eachPage(client, filter)) {
			pages += 1;
			for (const task of page) tasks.set(task.task_id, task);
			if (isSorted && page.some(isOld)) break;
		}
	} while (pages > 1 && tasks.size > known);
	return [...tasks.values()];
}

function unique(lists: readonly Task[][]): Task[] {
	return [...new Map(lists.flat().map((task) => [task.task_id, task])).values()];
}
