import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { errorOutsideRun } from '../../../form/nodeApiError';
import { statusWord } from '../../../form/statuses';
import { connectForEditor } from '../../../shared/api/connect';
import type { TaskLister } from '../../../shared/api/lists';
import type { Task, TaskListQuery } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { fileNameOf } from '../../../shared/subtitles/fileName';
import { textOf } from '../../../shared/subtitles/result';
import { hasEnded, timesOf } from '../../../shared/tasks/task';

/** Rows per page: the editor loads the next page when a person scrolls. */
export const ROWS = 30;

/** At most this many pages without a usable row are skipped at once. */
export const EMPTY_PAGES = 10;

/** The tasks that an operation can use; all of them unless listed here. */
const USABLE: Readonly<Record<string, { status?: string; isUsable?: (task: Task) => boolean }>> = {
	cancel: { isUsable: (task) => !hasEnded(task) },
	add: { status: 'SUCCESS' },
	getSubtitles: { status: 'SUCCESS' },
};

/**
 * The list of a task field: tasks that suit the operation, newest first.
 *
 * @param filter what a person typed; Gcore searches for it in the ID and the request
 * @param paginationToken the page to read, from the answer before
 */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const operation = this.getCurrentNodeParameter('operation') as string;
	const isWaiting = this.getCurrentNodeParameter('waitForCompletion') === true;
	const { status, isUsable = () => true } = (isWaiting ? undefined : USABLE[operation]) ?? {};
	const query = { limit: ROWS, ...(status && { status }), ...(filter && { search: filter }) };
	const lister = await connectForEditor(this);
	const found = await usablePage(lister, query, Number(paginationToken ?? 1), isUsable).catch(
		(error: unknown) => {
			throw errorOutsideRun(this.getNode(), error);
		},
	);
	return {
		results: found.rows.map((task) => ({ name: describeTask(task), value: task.task_id })),
		...(found.more && { paginationToken: String(found.page + 1) }),
	};
}

/**
 * The first page with usable rows. The editor asks for the next page only when a person scrolls, and
 * an empty list does not scroll.
 */
async function usablePage(
	lister: TaskLister,
	query: Omit<TaskListQuery, 'page'>,
	firstPage: number,
	isUsable: (task: Task) => boolean,
) {
	for (let page = firstPage; ; page++) {
		const answer = await lister.listTasks({ ...query, page });
		const rows = answer.rows.filter(isUsable);
		const isEnough = rows.length > 0 || !answer.more || page - firstPage >= EMPTY_PAGES;
		if (isEnough) return { page, rows, more: answer.more };
	}
}

/** Such as `talk.mp4 · German · succeeded · 2 hours ago`. */
function describeTask(task: Task): string {
	const { url, audio_language, subtitles_language } = task.task_data ?? {};
	const language = textOf(subtitles_language) || textOf(audio_language);
	const { start, end } = timesOf(task);
	const parts = [
		fileNameOf(url) || task.task_id,
		language && languageName(language),
		statusWord(task.status),
		describeAge(end ?? start),
	];
	return parts.filter(Boolean).join(' · ');
}

const UNITS: ReadonlyArray<readonly [unit: Intl.RelativeTimeFormatUnit, ms: number]> = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
];

/** Such as `2 hours ago`; empty for a task that has not started. */
function describeAge(time: number | undefined): string {
	if (time === undefined) return '';
	const ageMs = Math.max(Date.now() - time, 0);
	const [unit, ms] = UNITS.find(([, ms]) => ageMs >= ms) ?? ['minute', 60_000];
	return new Intl.RelativeTimeFormat('en').format(-Math.floor(ageMs / ms), unit);
}
