import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { problemOf } from '../../../form/texts';
import { connect } from '../../../shared/api/connect';
import type { Task, TaskListQuery } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { fileNameOf } from '../../../shared/subtitles/fileName';
import { hasEnded, timesOf } from '../../../shared/tasks/task';

/** Rows a page: the editor loads the next page when a person scrolls. */
const ROWS = 30;

/** A person waits in front of the list. */
const TIMEOUT_MS = 20_000;

/** The tasks that an operation can do something with; all of them unless named here. */
const USABLE: Readonly<Record<string, { status?: string; isUsable?: (task: Task) => boolean }>> = {
	cancel: { isUsable: (task) => !hasEnded(task) },
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
	const page = Number(paginationToken ?? 1);
	const query: TaskListQuery = {
		page,
		limit: ROWS,
		...(status && { status }),
		...(filter && { search: filter }),
	};
	const client = await connect(this, TIMEOUT_MS);
	const found = await client
		.spending({ tries: 2, patienceMs: TIMEOUT_MS })
		.listTasks(query)
		.then(
			(answer) => ({ answer }),
			(error: unknown) => ({ problem: problemOf(error) }),
		);
	if ('problem' in found) {
		const { message, advice } = found.problem;
		throw new NodeApiError(this.getNode(), {}, { message: `${message}. ${advice}` });
	}
	const { rows, more } = found.answer;
	return {
		results: rows
			.filter(isUsable)
			.map((task) => ({ name: describeTask(task), value: task.task_id })),
		...(more && { paginationToken: String(page + 1) }),
	};
}

/** Words for a status; an unknown status stands for itself. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
	FAILURE: 'failed',
	PENDING: 'queued',
	RECEIVED: 'queued',
	RETRY: 'waiting for another try',
	REVOKED: 'cancelled',
	STARTED: 'running',
	SUCCESS: 'succeeded',
};

/** Such as `talk.mp4 · German · succeeded · 2 hours ago`. */
function describeTask(task: Task): string {
	const { url, audio_language, subtitles_language } = task.task_data ?? {};
	const language = subtitles_language ?? audio_language;
	const { start, end } = timesOf(task);
	const parts = [
		fileNameOf(url) || task.task_id,
		language && languageName(language),
		STATUS_WORDS[task.status] ?? task.status,
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
