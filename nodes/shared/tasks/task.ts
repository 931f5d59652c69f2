import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../api/types';

/** Every status of a task that Gcore documents. */
export const IN_PROGRESS_STATUSES = ['RECEIVED', 'PENDING', 'STARTED', 'RETRY'] as const;
export const FINAL_STATUSES = ['SUCCESS', 'FAILURE', 'REVOKED'] as const;

/** Whether nothing more will happen to a task. An unknown status counts as one in progress. */
export function hasEnded({ status }: Task): boolean {
	return FINAL_STATUSES.some((final) => final === status);
}

/** What kind of task it is, such as `transcription` or `content-moderation`; undefined if Gcore does not say. */
export function taskNameOf({ task_name, task_data }: Task): string | undefined {
	const name = task_data?.task_name ?? task_name;
	return typeof name === 'string' ? name : undefined;
}

/** Whether a task is a transcription, as far as is known: the same API makes other tasks too. */
export function isTranscription(task: Task): boolean {
	return (taskNameOf(task) ?? 'transcription') === 'transcription';
}

/** By how much clocks may differ, ours and those of Gcore's machines. */
export const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** When a task started and ended, in ms since the epoch; undefined if Gcore does not say, or not yet. */
export function timesOf({ processing_time }: Task) {
	return { start: timeOf(processing_time?.started_at), end: timeOf(processing_time?.completed_at) };
}

/** A time without a zone is taken for UTC, so that times compare the same on every machine. */
function timeOf(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const ms = Date.parse(/[T ][\d:.]+$/.test(value) ? `${value}Z` : value);
	return Number.isNaN(ms) ? undefined : ms;
}

/** A task in ten flat fields; null if Gcore does not say, or not yet. */
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
		text: typeof result?.concatenated_text === 'string' ? result.concatenated_text : null,
		failure_reason: failureReason(task),
		completed_at: times?.completed_at ?? null,
	};
}

/** A task as output: in ten flat fields, or as Gcore returned it. */
export function taskJson(task: Task, simplify: boolean): IDataObject {
	if (simplify) return simplifyTask(task);
	const { error, ...raw } = task as unknown as IDataObject;
	// n8n takes an item with a field of that name, even a null, for a failed item
	return error ? { ...raw, error } : raw;
}

/** The codes of the languages of a task's subtitles; null until they are known. */
export function languagesOf({ result }: Task): string[] | null {
	if (!Array.isArray(result?.languages)) return null;
	return result.languages.filter((code): code is string => typeof code === 'string');
}

/** The language of a task's subtitles; null if nobody chose one and none was heard. */
export function languageOf(task: Task): string | null {
	const { audio_language, subtitles_language } = task.task_data ?? {};
	return subtitles_language ?? languagesOf(task)?.[0] ?? audio_language ?? null;
}

/** Gcore's reason for a failure; null if there is none. */
export function failureReason({ result }: Task): string | null {
	const reason = result?.error ?? null;
	return typeof reason === 'string' || reason === null ? reason : JSON.stringify(reason);
}
