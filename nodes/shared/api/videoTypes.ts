/** The largest file that Gcore takes, in bytes (Gcore's guide to uploading videos: 30 GB). */
export const LARGEST_FILE_BYTES = 30 * 1024 ** 3;

/** The body of `POST /streaming/videos`. What is not set is left out. */
export interface CreateVideoRequest {
	name: string;
	description?: string;
	/** Where Gcore downloads the file; without it a file is uploaded. */
	origin_url?: string;
	/** A header for that download, such as `Authorization: Bearer …`: a secret. */
	origin_http_headers?: string;
	/** A whole number here, unlike in AI tasks. */
	client_user_id?: number;
	/** `disable`, `auto` (Gcore's default) or a language code. */
	auto_transcribe_audio_language: string;
	/** `disable` (Gcore's default) or language codes with commas between them. */
	auto_translate_subtitles_language?: string;
	/** The part of the video to keep, in seconds. */
	clip_start_seconds?: number;
	clip_duration_seconds?: number;
}

/**
 * A hosted video as `GET /streaming/videos/{id}` returns it. Gcore's documentation promises these
 * fields; anything but the ID may be missing all the same.
 */
export interface Video {
	id: number;
	/** A name for addresses, which no other video has. */
	slug?: string | null;
	name?: string | null;
	description?: string | null;
	/** `empty`, `pending`, `viewable` (one rendition can be played), `ready`, `error`, or one still to come. */
	status?: string | null;
	/** Why Gcore could not take or convert it; it can stand beside any status. */
	error?: string | null;
	/** In ms; null while it is empty. */
	duration?: number | null;
	/** Of the uploaded file, in bytes. */
	origin_size?: number | null;
	client_user_id?: number | null;
	created_at?: string | null;
	/** The page of Gcore's player. */
	iframe_url?: string | null;
	poster?: string | null;
	converted_videos?: Rendition[] | null;
}

/** One of the files that Gcore makes of a video. */
export interface Rendition {
	/** In pixels; null for sound alone. */
	width?: number | null;
	height?: number | null;
	/** In bytes; null until it is done. */
	size?: number | null;
	/** `processing`, `complete`, `error`. */
	status?: string | null;
	/** Why it could not be made. */
	error?: string | null;
	/** Missing if MP4 is off for the account. It changes at any time: use it at once. */
	mp4_url?: string | null;
}

/** What to ask the list of videos for. `page` counts from 1. */
export interface VideoListQuery {
	page: number;
	/** Rows per page; fewer may come back. */
	per_page: number;
	/** The ID, the slug or a part of the name. */
	search?: string;
	status?: string;
	client_user_id?: number;
}

/** Where the file of a video is uploaded to: `GET /streaming/videos/{id}/upload`. */
export interface UploadTarget {
	/** The names of the servers that take uploads now, with their ports if they have some. */
	hosts: string[];
	/** Opens one upload within 4 hours. */
	token: string;
	/** Whose video it is. */
	clientId: string;
}

/** The most that Gcore takes as the text of subtitles, in bytes. */
export const SUBTITLES_LIMIT_BYTES = 5_000_000;

/** Subtitles of a hosted video, in the language with this ISO 639-2/B code. */
export interface VideoSubtitles {
	id: number;
	language: string;
	name?: string | null;
	/** WebVTT or SRT. */
	vtt?: string | null;
}
