import type { GcoreClient } from '../api/client';
import { PAGE_SIZE, readSteadily } from '../api/lists';
import type { TaskFilter } from '../api/lists';
import type { CreateTaskRequest, Task, TaskPage } from '../api/types';
import { withoutSignature } from './signedUrl';
import { timesOf } from './task';

/** The fields of a request that decide which work it asks for. */
const KEY_FIELDS = [
	'audio_language',
	'subtitles_language',
	'client_user_id',
	'client_entity_data',
] as const satisfies ReadonlyArray<keyof CreateTaskRequest>;

/**
 * A key that two requests share if they ask for the same work. The signature of a presigned link
 * does not count, nor does anything that Gcore adds to a request; null and empty count as absent.
 *
 * @param request as it is sent, or as Gcore returns it with the task
 */
export function requestKey(request: NonNullable<Task['task_data']>): string {
	const url = typeof request.url === 'string' ? withoutSignature(request.url) : null;
	return JSON.stringify([url, workKey(request)]);
}

/** The same without the video. */
export function workKey(request: NonNullable<Task['task_data']>): string {
	return JSON.stringify(KEY_FIELDS.map((field) => canonicalText(request[field])));
}

/** Gcore may return numbers and parsed JSON, and JSON with other white space and order of keys. */
function canonicalText(value: unknown): string | null {
	if (value === undefined || value === null || value === '') return null;
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	return typeof parsed === 'object' && parsed !== null
		? JSON.stringify(parsed, sorted)
		: String(value);
}

/** A replacer for JSON that puts keys in order: a database may return them in another. */
function sorted(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** For at most this many videos, one search each costs no more than reading the whole list. */
const SEARCHED_UP_TO = 3;

/**
 * The lists that together hold every task that has not started, or started not long ago. The queue
 * comes first, since tasks move on from there while the lists are read.
 */
const LISTINGS: readonly TaskFilter[] = [{ status: 'RECEIVED' }, { status: 'PENDING' }, {}];

/**
 * The tasks that Gcore has for some videos.
 *
 * @param urls of the videos; the answer may hold tasks for others too
 * @param since in ms since the epoch: tasks that started before may be missing
 * @throws GcoreError if the list cannot be read
 */
export async function existingTasks(
	client: GcoreClient,
	urls: readonly string[],
	since: number,
): Promise<Task[]> {
	const videos = [...new Set(urls)];
	if (videos.length <= SEARCHED_UP_TO) {
		return unique(await Promise.all(videos.map(async (url) => await tasksForUrl(client, url))));
	}
	const small = await client.listTasks({ page: 1, limit: PAGE_SIZE });
	if (!small.more) return small.rows;
	const isOld = (task: Task) => (timesOf(task).start ?? Infinity) < since;
	const lists: Task[][] = [];
	for (const filter of LISTINGS) {
		// In the queue, a task between two stages of its work may stand before tasks that never started
		const isEnough = ({ rows }: TaskPage) => filter.status === undefined && rows.some(isOld);
		lists.push(await readSteadily(client, filter, isEnough));
	}
	return unique(lists);
}

/**
 * The tasks for one video. A presigned link is searched without its query, which may have changed.
 *
 * @param url or a part of it
 */
export async function tasksForUrl(client: GcoreClient, url: string): Promise<Task[]> {
	return await readSteadily(client, { search: isSigned(url) ? url.replace(/[?#].*$/s, '') : url });
}

/** Whether a URL is a presigned link, whose query may be another next time. */
export function isSigned(url: string): boolean {
	return withoutSignature(url) !== url;
}

/** The tasks of some lists, each once: as the last list has it. */
export function unique(lists: readonly Task[][]): Task[] {
	return [...new Map(lists.flat().map((task) => [task.task_id, task])).values()];
}
