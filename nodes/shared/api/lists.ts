import type { GcoreClient } from './client';
import type { Page, Task, TaskListQuery, TaskPage } from './types';
import type { Video, VideoListQuery } from './videoTypes';

/** Rows per page: the most that is known to be safe to ask for. Fewer may come back. */
export const PAGE_SIZE = 100;

/**
 * Which tasks to list, and in which order. Without `ordering` the list has the task that started last
 * first. Tasks without a start stand first or last: Gcore does not document which.
 */
export type TaskFilter = Omit<TaskListQuery, 'page' | 'limit'>;

/** A client that can list tasks. */
export type TaskLister = Pick<GcoreClient, 'listTasks'>;

/**
 * A page can repeat rows of the page before because newer tasks push them down. This many pages in a
 * row without a new row are no accident: such a list does not end.
 */
export const PAGES_WITHOUT_NEWS = 2;

/** Reads one page of a list, counted from 1. */
type ReadPage<Found> = (page: number) => Promise<Found>;

/**
 * Reads the pages of a list one by one, as the caller takes them. A row that moves to a later page
 * while the list is read is returned once.
 *
 * @param idOf a row's ID
 * @param idsOf the IDs of a page, also of rows that it leaves out
 * @returns each page with the rows that no page before had
 */
async function* newRows<Row, Found extends Page<Row>>(
	readPage: ReadPage<Found>,
	idOf: (row: Row) => string | number,
	idsOf: (page: Found) => Array<string | number> = ({ rows }) => rows.map(idOf),
): AsyncGenerator<Found> {
	const seen = new Set<string | number>();
	let withoutNews = 0;
	for (let page = 1; withoutNews < PAGES_WITHOUT_NEWS; page++) {
		const answer = await readPage(page);
		const news = answer.rows.filter((row) => !seen.has(idOf(row)));
		const known = seen.size;
		for (const id of idsOf(answer)) seen.add(id);
		yield { ...answer, rows: news };
		if (!answer.more) return;
		withoutNews = seen.size > known ? 0 : withoutNews + 1;
	}
}

/**
 * The pages of the task list, as {@link newRows} has them.
 *
 * @param rows how many to ask for per page, at most
 */
export function eachPage(
	client: TaskLister,
	filter: TaskFilter,
	rows: number = PAGE_SIZE,
): AsyncGenerator<TaskPage> {
	const limit = Math.min(rows, PAGE_SIZE);
	return newRows(
		async (page) => await client.listTasks({ ...filter, page, limit }),
		({ task_id }: Task) => task_id,
		({ ids }) => ids,
	);
}

/** The pages of the list of hosted videos, newest first, as {@link newRows} has them. */
export function eachVideoPage(
	{ videos }: Pick<GcoreClient, 'videos'>,
	query: Omit<VideoListQuery, 'page' | 'per_page'>,
	rows: number = PAGE_SIZE,
): AsyncGenerator<Page<Video>> {
	const per_page = Math.min(rows, PAGE_SIZE);
	return newRows(
		async (page) => await videos.list({ ...query, page, per_page }),
		({ id }: Video) => id,
	);
}

/**
 * The first rows of a list.
 *
 * @param limit how many at most; no page is asked for once there are as many
 */
export async function firstRows<Row>(
	pages: AsyncGenerator<Page<Row>>,
	limit: number,
): Promise<Row[]> {
	const found: Row[] = [];
	for await (const { rows } of pages) {
		found.push(...rows);
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
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
