import { apiYear } from './shapes';
import type { ApiYear } from './shapes';

/** The simulator's behaviour that Gcore's documentation leaves open, and limits that tests need. */
export interface GcoreOptions {
	/** Which of Gcore's API descriptions it plays. */
	api: ApiYear;
	/** How many requests it takes in any second; more get a 429. */
	requestsPerSecond: number;
	/** How many unfinished tasks there may be before the next create call is refused. */
	queueLimit: number;
	/** How long a request is under way at most, in ms; some take a tenth of it. */
	latencyMs: number;
	/** How long a task takes, in ms. */
	taskDurationMs: number;
	/** The most rows that a page of the list has, whatever is asked for. */
	pageSizeLimit: number;
	/** Whether the list has tasks without a start last; else first. Gcore does not document which. */
	queuedLast: boolean;
	/** From the arrival of a video's file to `ready`, in ms; the video can be viewed after half of it. */
	videoProcessingMs: number;
	/** Whether the account has MP4 files of its videos. */
	mp4Enabled: boolean;
	/** Whether a rendition has its address before it is complete. The sources conflict. */
	mp4WhileProcessing: boolean;
	/** What a create call for a video returns: the video, or an array of one. The sources conflict. */
	videoAnswer: 'object' | 'array';
	/** The most rows that a page of videos has, and how many it has by default. Neither is documented. */
	videoPageSizeLimit: number;
	/** Whether the list of videos has the oldest first. Its order is not documented. */
	oldVideosFirst: boolean;
	/** The paths at which the upload host opens an upload. The sources conflict over the slash. */
	uploadPaths: readonly string[];
	/** How the upload host writes the address of a new upload. */
	uploadLocation: 'absolute' | 'relative';
	/** Which servers a video's upload call names; one that is not active refuses connections. */
	uploadServers: 'one' | 'firstInactive' | 'noneActive';
	/** Whether a refusal of subtitles repeats the status in its body. The sources conflict. */
	subtitleErrors: 'plain' | 'withStatus';
	/** Whether the answer to a change of subtitles has their ID. */
	patchAnswersId: boolean;
	/** How a task that Gcore made by itself names its video. Not documented. */
	autoTaskData: 'json' | 'text';
	/** Whether videos are taller than wide. */
	upright: boolean;
}

/** The default options. */
export const DEFAULTS: GcoreOptions = {
	api: apiYear(),
	requestsPerSecond: Infinity,
	queueLimit: 100,
	latencyMs: 0,
	taskDurationMs: 5000,
	pageSizeLimit: 100,
	queuedLast: false,
	videoProcessingMs: 10_000,
	mp4Enabled: true,
	mp4WhileProcessing: false,
	videoAnswer: 'array',
	videoPageSizeLimit: 25,
	oldVideosFirst: false,
	uploadPaths: ['/upload', '/upload/'],
	uploadLocation: 'absolute',
	uploadServers: 'one',
	subtitleErrors: 'plain',
	patchAnswersId: true,
	autoTaskData: 'json',
	upright: false,
};
