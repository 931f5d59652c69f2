/** The most that Gcore stores, in characters (Gcore's page "Create AI ASR task"). */
export const CLIENT_USER_ID_LIMIT = 256;
export const CLIENT_ENTITY_DATA_LIMIT = 4096;

/**
 * The body of `POST /streaming/ai/tasks` (Gcore's page "Create AI ASR task"). What is not set is
 * left out: Gcore then detects the spoken language, and keeps it for the subtitles.
 */
export interface CreateTaskRequest {
	task_name: 'transcription';
	/** An MP4 file that Gcore can download over HTTP or HTTPS. */
	url: string;
	/** ISO 639-2 bibliographic code, such as `ger`. */
	audio_language?: string;
	/** ISO 639-2 bibliographic code. If it is not the spoken language, it makes a paid translation. */
	subtitles_language?: string;
	/** At most {@link CLIENT_USER_ID_LIMIT} characters. */
	client_user_id?: string;
	/** At most {@link CLIENT_ENTITY_DATA_LIMIT} characters. */
	client_entity_data?: string;
}

/**
 * A task as `GET /streaming/ai/tasks/{task_id}` returns it, or as a row of the list, which has no
 * `result`. Gcore's documentation promises these fields; anything may be missing all the same.
 */
export interface Task {
	task_id: string;
	/** Only in answers from before July 2026; later ones have it in `task_data`. */
	task_name?: string;
	/** `RECEIVED`, `PENDING`, `STARTED`, `RETRY`, `SUCCESS`, `FAILURE`, `REVOKED`, or one still to come. */
	status: string;
	/** 0 to 100. */
	progress?: number | null;
	/** The request as it was sent. */
	task_data?: (Omit<Partial<CreateTaskRequest>, 'task_name'> & { task_name?: string }) | null;
	/** Times in ISO 8601; null until known. */
	processing_time?: { started_at?: string | null; completed_at?: string | null } | null;
	result?: TaskResult | null;
}

/**
 * The result of a task that has ended: `error` after a failure, the rest after a success. The
 * comments are what Gcore documents; nothing here is checked, so every user of a field must check it.
 */
export interface TaskResult {
	/** Text: why it failed. */
	error?: unknown;
	/** A boolean. */
	speech_detected?: unknown;
	/** The whole text, without times. */
	concatenated_text?: unknown;
	/** An array of codes: the languages of the subtitles. */
	languages?: unknown;
	/** An array of `{start_time, end_time, text}`, with times as `HH:mm:ss.fff`. */
	subtitles?: unknown;
	/** A WebVTT file. */
	vttContent?: unknown;
}

/** What to ask the task list for. `page` counts from 1. */
export interface TaskListQuery {
	page: number;
	/** Rows per page; fewer may come back. */
	limit: number;
	status?: string;
	/** Text found in the ID, the status or the request. */
	search?: string;
	/** A column to sort by, ascending. */
	ordering?: string;
}

/** One page of a list. */
export interface Page<Row> {
	rows: Row[];
	/** Whether there may be a page after this one. */
	more: boolean;
}

/** One page of the task list. */
export interface TaskPage extends Page<Task> {
	/** How many tasks there are on all pages; 0 if Gcore does not say. */
	count: number;
	/** The IDs of all its tasks, also of other kinds, which are left out. */
	ids: string[];
}
