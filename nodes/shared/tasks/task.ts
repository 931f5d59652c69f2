import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../api/types';
import { languageName } from '../languages';
import { Problem } from '../problem';

const FINAL_STATUSES: ReadonlySet<string> = new Set(['SUCCESS', 'FAILURE', 'REVOKED']);

/** Whether nothing more will happen to a task. A status that nobody knows yet is one in progress. */
export function hasEnded({ status }: Task): boolean {
	return FINAL_STATUSES.has(status);
}

const TASK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks a task's ID before Gcore is asked for it. Gcore's own sample is no valid UUID of any
 * version, so only its hexadecimal digits are checked.
 *
 * @param value what the user's field holds, of any type; spaces around the ID are fine
 * @param label the field's label, for the error
 * @throws Problem where it is none
 */
export function parseTaskId(value: unknown, label: string): string {
	const taskId = typeof value === 'string' ? value.trim() : value;
	// The list writes IDs in lower case, and is searched for them
	if (typeof taskId === 'string' && TASK_ID.test(taskId)) return taskId.toLowerCase();
	const isEmpty = taskId === '' || taskId === undefined || taskId === null;
	throw new Problem(
		isEmpty ? `${label} is empty` : `${label} is not the ID of a Gcore task`,
		'Give the task_id that Create answered with, such as aafe70c6-0000-0000-0000-327b65f7670f.',
	);
}

/** By how much clocks may differ, ours and those of Gcore's machines. */
export const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** When a task started and ended, in ms since the epoch; undefined where Gcore does not tell, or not yet. */
export function timesOf({ processing_time }: Task) {
	return { start: timeOf(processing_time?.started_at), end: timeOf(processing_time?.completed_at) };
}

/** A time without a zone is taken for UTC, so that times compare the same on every machine. */
function timeOf(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const ms = Date.parse(/[T ][\d:.]+$/.test(value) ? `${value}Z` : value);
	return Number.isNaN(ms) ? undefined : ms;
}

/** A task in ten flat fields; null where Gcore does not tell, or not yet. */
export function simplifyTask(task: Task) {
	const { task_data: request, processing_time: times, result } = task;
	return {
		task_id: task.task_id,
		status: task.status,
		progress: task.progress ?? null,
		url: request?.url ?? null,
		client_user_id: request?.client_user_id ?? null,
		client_entity_data: request?.client_entity_data ?? null,
		languages: languagesOf(task),
		text: textOrNull(result?.concatenated_text),
		failure_reason: failureReason(task),
		completed_at: times?.completed_at ?? null,
	};
}

/** A task as output: in ten flat fields, or as Gcore gave it. */
export function taskJson(task: Task, simplify: boolean): IDataObject {
	if (simplify) return simplifyTask(task);
	const { error, ...raw } = task as unknown as IDataObject;
	// n8n takes an item with a field of that name, even a null, for a failed one
	return error ? { ...raw, error } : raw;
}

/** The codes of the languages of a task's subtitles; null until they are known. */
export function languagesOf({ result }: Task): string[] | null {
	if (!Array.isArray(result?.languages)) return null;
	return result.languages.filter((code): code is string => typeof code === 'string');
}

/** The language of a task's subtitles; null where nobody said and nothing was heard. */
export function languageOf(task: Task): string | null {
	const { audio_language, subtitles_language } = task.task_data ?? {};
	return subtitles_language ?? languagesOf(task)?.[0] ?? audio_language ?? null;
}

/** Gcore's reason for a failure; null where there is none. */
function failureReason({ result }: Task): string | null {
	const reason = result?.error ?? null;
	return typeof reason === 'string' || reason === null ? reason : JSON.stringify(reason);
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

/** Where a task stands, such as `STARTED, 40 %`. */
export function standingOf({ status, progress }: Task): string {
	return typeof progress === 'number' ? `${status}, ${progress} %` : status;
}

const CHECK_VIDEO = 'Check that the video is an MP4 file that anyone can download.';

const CHECK_PAIR =
	'If it is about the languages, choose another one for the subtitles, or ask Gcore support to add the pair.';

/** Why a task that has ended has no subtitles; undefined where it succeeded or is in progress. */
export function endProblem(task: Task): Problem | undefined {
	const { task_id, status, task_data } = task;
	if (status === 'REVOKED') {
		return new Problem(
			`Task ${task_id} was cancelled`,
			'Create a new task if you still need its subtitles.',
		);
	}
	if (status !== 'FAILURE') return undefined;
	const { audio_language, subtitles_language } = task_data ?? {};
	const pair = subtitles_language ? ` (${languagePair(audio_language, subtitles_language)})` : '';
	return new Problem(
		`Task ${task_id} failed${pair}: ${failureReason(task) ?? 'Gcore gives no reason'}`,
		subtitles_language ? `${CHECK_PAIR} ${CHECK_VIDEO}` : CHECK_VIDEO,
	);
}

/** Two languages in words, such as `English to Uzbek`. */
export function languagePair(audio: string | undefined, subtitles: string): string {
	return `${audio ? languageName(audio) : 'detected language'} to ${languageName(subtitles)}`;
}
