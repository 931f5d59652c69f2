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
	/** ISO 639-2 bibliographic code. Unlike the spoken language it makes a paid translation. */
	subtitles_language?: string;
	/** At most 256 characters. */
	client_user_id?: string;
	/** At most 4,096 characters. */
	client_entity_data?: string;
}
