/** The request as the simulator took it: the body of a valid create call. */
export interface CreateTask {
	task_name: 'transcription';
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
	/** What its row shows in place of what follows from the rest. */
	shown?: { status?: Status; times?: { started_at?: string | null; completed_at?: string | null } };
}

/** Where a task stands along its way: up to which share of its time it has which status. */
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

/** Languages that Gcore translates only into English and from it not at all, by the last count. */
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
export function stateOf(task: Task, now: number): { status: Status; progress: number } {
	const share = Math.min(((task.cancelledAt ?? now) - task.createdAt) / task.durationMs, 1);
	const progress = Math.floor(share * 100);
	if (task.shown?.status) return { status: task.shown.status, progress };
	if (task.cancelledAt !== undefined) return { status: 'REVOKED', progress };
	if (share < 1) {
		const status = LIFE_CYCLE.find(([until]) => share < until)?.[1] ?? 'STARTED';
		return { status, progress };
	}
	return { status: failureOf(task) === undefined ? 'SUCCESS' : 'FAILURE', progress: 100 };
}

/** Whether a task still takes a place in the queue. */
export function isUnfinished(task: Task, now: number): boolean {
	return !['SUCCESS', 'FAILURE', 'REVOKED'].includes(stateOf(task, now).status);
}

/** A row of the list: everything but the result. */
export function rowOf(task: Task, now: number) {
	const startedAt = task.createdAt + task.durationMs * STARTS_AT;
	const completedAt = task.cancelledAt ?? task.createdAt + task.durationMs;
	const started = startedAt <= (task.cancelledAt ?? now);
	const completed = completedAt <= now;
	return {
		task_id: task.id,
		task_name: task.request.task_name,
		...stateOf(task, now),
		task_data: { ...task.request, client_id: 1234 },
		processing_time: {
			started_at: started ? new Date(startedAt).toISOString() : null,
			completed_at: completed ? new Date(completedAt).toISOString() : null,
			total_time_sec: started && completed ? (completedAt - startedAt) / 1000 : null,
			...task.shown?.times,
		},
	};
}

/** The whole task, with its result once it has one. */
export function taskOf(task: Task, now: number) {
	return { ...rowOf(task, now), result: resultOf(task, stateOf(task, now).status) };
}

function resultOf(task: Task, status: Status) {
	if (status === 'FAILURE') return { error: failureOf(task) ?? '' };
	if (status !== 'SUCCESS') return null;
	const language =
		task.request.subtitles_language ?? task.request.audio_language ?? SPOKEN_BY_DEFAULT;
	const subtitles = task.request.url.includes('no-speech') ? [] : CUES;
	return {
		speech_detected: subtitles.length > 0,
		concatenated_text: subtitles.map(({ text }) => text).join(' '),
		languages: [language],
		subtitles,
		vttContent: webVttOf(subtitles),
	};
}

/** A URL with `failure` in it fails, and so does a pair of languages that is not supported. */
function failureOf({ request }: Task): string | undefined {
	const { url, audio_language = SPOKEN_BY_DEFAULT, subtitles_language } = request;
	if (url.includes('failure')) return 'The file could not be downloaded';
	if (isSupported(audio_language, subtitles_language)) return undefined;
	return `Language pair is not supported: ${audio_language} => ${subtitles_language}`;
}

function webVttOf(cues: typeof CUES): string {
	const blocks = cues.map(
		({ start_time, end_time, text }, index) =>
			`${index + 1}\n${start_time} --> ${end_time}\n${text}`,
	);
	return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}
