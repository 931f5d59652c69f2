import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../api/types';
import { findLanguage } from '../languages';
import { parseTime } from '../time';

/** The statuses that a task keeps. */
const FINAL_STATUSES = ['SUCCESS', 'FAILURE', 'REVOKED'];

/** Whether nothing more will happen to a task. An unknown status counts as one in progress. */
export function hasEnded({ status }: Task): boolean {
	return FINAL_STATUSES.includes(status);
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

/** When a task started and ended, in ms since the epoch; undefined if Gcore does not say, or not yet. */
export function timesOf({ processing_time }: Task) {
	return {
		start: parseTime(processing_time?.started_at),
		end: parseTime(processing_time?.completed_at),
	};
}

/** A task in flat fields; null if Gcore does not say, or not yet. */
export function simplifyTask(task: Task) {
	return { ...simplifyWithoutLanguages(task), languages: languagesOf(task) };
}

/** The same, for an output that has its own field for the language. */
export function simplifyWithoutLanguages(task: Task) {
	return {
		...simplifyRequest(task),
		text: textOrNull(task.result?.concatenated_text),
		failure_reason: failureReason(task),
		completed_at: task.processing_time?.completed_at ?? null,
	};
}

/** A row of the list in flat fields: it has no result. */
function simplifyRow(row: Task) {
	return {
		...simplifyRequest(row),
		started_at: row.processing_time?.started_at ?? null,
		completed_at: row.processing_time?.completed_at ?? null,
	};
}

function simplifyRequest({ task_id, status, progress, task_data }: Task) {
	return {
		task_id,
		status,
		progress: progress ?? null,
		url: task_data?.url ?? null,
		client_user_id: task_data?.client_user_id ?? null,
		client_entity_data: task_data?.client_entity_data ?? null,
	};
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

const NO_TASK: Task = { task_id: '', status: '' };

/** The names of the flat fields of a task, and of a row of the list. */
export const SIMPLIFIED_FIELDS = Object.keys(simplifyTask(NO_TASK));
export const SIMPLIFIED_ROW_FIELDS = Object.keys(simplifyRow(NO_TASK));

/** The form in which a task is returned: Gcore's answer, all flat fields, or the fields named. */
export type TaskOutput = 'raw' | 'simplified' | readonly string[];

/** A task as output. */
export function taskJson(task: Task, output: TaskOutput): IDataObject {
	return output === 'raw' ? rawJson(task) : pick(simplifyTask(task), output);
}

/** A row of the list as output. */
export function rowJson(row: Task, output: TaskOutput): IDataObject {
	return output === 'raw' ? rawJson(row) : pick(simplifyRow(row), output);
}

function rawJson(task: Task): IDataObject {
	const { error, ...raw } = task as unknown as IDataObject;
	// n8n takes an item with a field of that name, even a null, for a failed item
	return error ? { ...raw, error } : raw;
}

function pick(json: IDataObject, output: 'simplified' | readonly string[]): IDataObject {
	if (output === 'simplified' || output.length === 0) return json;
	return Object.fromEntries(Object.entries(json).filter(([name]) => output.includes(name)));
}

/** The codes of the languages of a task's subtitles; null until they are known. */
function languagesOf({ result }: Task): string[] | null {
	if (!Array.isArray(result?.languages)) return null;
	return result.languages.filter((code): code is string => typeof code === 'string');
}

/** The code of the language of a task's subtitles, as Gcore takes it; null if none was chosen or heard. */
export function languageOf(task: Task): string | null {
	const { audio_language, subtitles_language } = task.task_data ?? {};
	// Gcore may return empty text for what was not chosen
	const code = subtitles_language || languagesOf(task)?.[0] || audio_language || null;
	return code && (findLanguage(code)?.code ?? code);
}

/** Gcore's reason for a failure; null if there is none. */
export function failureReason({ result }: Task): string | null {
	const reason = result?.error || null;
	return typeof reason === 'string' || reason === null ? reason : JSON.stringify(reason);
}
