import type { CreateTaskRequest, Task } from '../api/types';

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
	return JSON.stringify(FIELDS.map((field) => request[field] || null));
}

/** When work on a task began, in ms since the epoch; undefined while it has not, or nobody tells. */
export function startOf({ processing_time }: Task): number | undefined {
	const startedAt = Date.parse(processing_time?.started_at ?? '');
	return Number.isNaN(startedAt) ? undefined : startedAt;
}
