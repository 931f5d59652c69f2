import type { CreateTaskRequest } from '../api/types';

/** What makes a request: two that are the same in these ask for the same work. */
const FIELDS = [
	'url',
	'audio_language',
	'subtitles_language',
	'client_user_id',
	'client_entity_data',
] as const satisfies ReadonlyArray<keyof CreateTaskRequest>;

/**
 * A key that two requests share where they are the same. What is null or empty counts as absent,
 * and what Gcore adds to a request does not count.
 *
 * @param request as it is sent, or as Gcore gives it back with the task
 */
export function requestKey(request: Partial<CreateTaskRequest>): string {
	return JSON.stringify(FIELDS.map((field) => textOf(request[field])));
}

/** Gcore may give numbers and JSON back as such. */
function textOf(value: unknown): string | null {
	if (value === undefined || value === null || value === '') return null;
	return typeof value === 'string' ? value : JSON.stringify(value);
}
