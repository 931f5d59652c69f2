import { CLIENT_ID } from './account';
import type { Shape } from './shapes';

/** The request as the simulator took it: the body of a valid create call, or what a test added. */
export interface CreateTask {
	/** The simulator creates only transcriptions; a test may add the others. */
	task_name: 'transcription' | 'content-moderation';
	url: string;
	audio_language?: string;
	subtitles_language?: string;
	client_user_id?: string;
	client_entity_data?: string;
}

export type Status =
	'RECEIVED' | 'PENDING' | 'STARTED' | 'RETRY' | 'SUCCESS' | 'FAILURE' | 'REVOKED';

/** One task at the simulated Gcore. Its state follows from how long it has been there. */
export interface Task {
	id: string;
	request: CreateTask;
	/** ms since the epoch. */
	createdAt: number;
	/** From creation to the end, in ms. */
	durationMs: number;
	/** When it was cancelled, in ms since the epoch. */
	cancelledAt?: number;
	/** Values that it shows instead of those that follow from the rest. */
	shown?: {
		status?: Status;
		times?: { started_at?: string | null; completed_at?: string | null };
		result?: object | null;
	};
}

/** A task's status up to each share of its time. */
const LIFE_CYCLE: ReadonlyArray<readonly [until: number, status: Status]> = [
	[0.05, 'RECEIVED'],
	[0.15, 'PENDING'],
	[0.5, 'STARTED'],
	[0.6, 'PENDING'], // back in line between two stages, as Gcore's tasks do
	[1, 'STARTED'],
];

/** When work on a task starts, as a share of its time. */
const STARTS_AT = 0.15;

const SPOKEN_BY_DEFAULT = 'eng';

const CUES = [
	{ start_time: '00:00:00.000', end_time: '00:00:02.500', text: 'Come on, come on.' },
	{
		start_time: '00:00:03.000',
		end_time: '00:00:06.120',
		text: 'Where are we going?\nTo the forest!',
	},
	{ start_time: '00:00:07.250', end_time: '00:00:10.000', text: 'I can see the light.' },
];

/** Languages that Gcore translates only into English, and never from it, when last counted. */
const NOT_TRANSLATED = new Set(
	'alb bak bre fao hat hau haw lat lin ltz mao may mlg nor oci san sin sun tat tib tuk uzb yid'.split(
		' ',
	),
);

/** Whether subtitles in one language can be made from speech in another. */
export function isSupported(audio: string, subtitles: string = audio): boolean {
	if (audio === subtitles || subtitles === 'eng') return true;
	return !NOT_TRANSLATED.has(audio) && !NOT_TRANSLATED.has(subtitles);
}

/** The status and progress of a task at a time in ms since the epoch. */
export function stateOf(
	task: Task,
	now: number,
	shape: Shape,
): { status: Status; progress: number } {
	const share = Math.min(((task.cancelledAt ?? now) - task.createdAt) / task.durationMs, 1);
	const progress = Math.floor(share * 100);
	if (task.shown?.status) return { status: task.shown.status, progress };
	if (task.cancelledAt !== undefined) return { status: 'REVOKED', progress };
	if (share < 1) {
		const status = LIFE_CYCLE.find(([until]) => share < until)?.[1] ?? 'STARTED';
		return { status, progress };
	}
	return { status: failureOf(task, shape) === undefined ? 'SUCCESS' : 'FAILURE', progress: 100 };
}

/** Whether a task still takes a place in the queue. */
export function isUnfinished(task: Task, now: number, shape: Shape): boolean {
	return !['SUCCESS', 'FAILURE', 'REVOKED'].includes(stateOf(task, now, shape).status);
}

/** When a task started, in ms since the epoch; undefined if it does not show that. */
export function startOf(task: Task, now: number): number | undefined {
	const shown = task.shown?.times?.started_at;
	if (shown !== undefined) return shown === null ? undefined : Date.parse(shown);
	const startedAt = task.createdAt + task.durationMs * STARTS_AT;
	return startedAt <= (task.cancelledAt ?? now) ? startedAt : undefined;
}

/** A row of the list: everything but the result. */
export function rowOf(task: Task, now: number, shape: Shape) {
	const startedAt = startOf(task, now);
	const endsAt = task.cancelledAt ?? task.createdAt + task.durationMs;
	const completedAt = endsAt <= now ? endsAt : undefined;
	const isTimed = startedAt !== undefined && completedAt !== undefined;
	const written = (ms: number | undefined) =>
		ms === undefined ? null : shape.time(new Date(ms).toISOString());
	return {
		task_id: task.id,
		...(shape.hasNameOnTop && { task_name: task.request.task_name }),
		...stateOf(task, now, shape),
		task_data: { ...task.request, client_id: CLIENT_ID },
		processing_time: {
			started_at: written(startedAt),
			completed_at: written(completedAt),
			total_time_sec: isTimed ? (completedAt - startedAt) / 1000 : null,
			...task.shown?.times,
		},
	};
}

/** The whole task, with its result once it has one. */
export function taskOf(task: Task, now: number, shape: Shape) {
	return { ...rowOf(task, now, shape), result: resultOf(task, now, shape) };
}

function resultOf(task: Task, now: number, shape: Shape) {
	if (task.shown?.result !== undefined) return task.shown.result;
	const { status } = stateOf(task, now, shape);
	if (status === 'FAILURE') return { error: failureOf(task, shape) ?? '' };
	if (status !== 'SUCCESS') return null;
	return task.request.task_name === 'transcription'
		? transcriptionOf(task, shape)
		: { nsfw_detected: false, detection_results: [], frames: [] };
}

function transcriptionOf({ request }: Task, { time }: Shape) {
	const { url, audio_language, subtitles_language } = request;
	const cues = url.includes('no-speech') ? [] : CUES;
	return {
		speech_detected: cues.length > 0,
		concatenated_text: cues.map(({ text }) => text).join(' '),
		languages: [subtitles_language ?? audio_language ?? SPOKEN_BY_DEFAULT],
		subtitles: cues.map(({ start_time, end_time, text }) => ({
			start_time: time(start_time),
			end_time: time(end_time),
			text,
		})),
		vttContent: webVttOf(cues),
	};
}

/** A URL with `failure` in it fails, and so does an unsupported language pair or file. */
function failureOf({ request }: Task, shape: Shape): string | undefined {
	const { url, audio_language = SPOKEN_BY_DEFAULT, subtitles_language } = request;
	if (url.includes('failure')) return 'The file could not be downloaded';
	if (!isSupported(audio_language, subtitles_language)) {
		return `Language pair is not supported: ${audio_language} => ${subtitles_language}`;
	}
	return shape.unsupportedFile(url);
}

function webVttOf(cues: typeof CUES): string {
	const blocks = cues.map(
		({ start_time, end_time, text }, index) =>
			`${index + 1}\n${start_time} --> ${end_time}\n${text}`,
	);
	return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}
