import { looksLikeMp4 } from '../../../form/videoUrl';
import { WAIT_OPTIONS, waitForCompletion, waitOf } from '../../../form/waitFields';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { limiter } from '../../../shared/pool';
import { UPLOADS_AT_ONCE } from '../../../shared/videos/upload';
import { operation } from '../../operations/operation';
import type { OperationContext, Values } from '../../operations/operation';
import {
	alsoTranslateTo,
	audioLanguage,
	clientMetadata,
	CREATE_OPTIONS,
	deleteHostedCopy,
	formatsWhileWaiting,
	outputAsWhileWaiting,
	SUBTITLE_OPTIONS_WHILE_WAITING,
	subtitlesLanguage,
	videoSource,
} from './createFields';
import { deleteCopies } from './jobs/deleteCopies';
import { readExistingTasks } from './jobs/existing';
import { findVideos } from './jobs/findVideos';
import type { Batch, Job, JobSettings } from './jobs/job';
import type { JobVideo } from './jobs/jobVideo';
import { Ledger } from './jobs/ledger';
import type { TaskRecord } from './jobs/ledger';
import { outcomesOf } from './jobs/outcomes';
import { refuseUnsupported } from './jobs/refuse';
import { submitAll } from './jobs/submit';
import { renderSubtitles } from './jobs/subtitles';
import { waitForAll } from './jobs/wait';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How long Gcore may take to convert an uploaded file if the node does not wait for its tasks. */
export const CONVERSION_MS = HOUR_MS;

const FIELDS = [
	videoSource,
	audioLanguage,
	subtitlesLanguage,
	alsoTranslateTo,
	waitForCompletion,
	deleteHostedCopy,
	formatsWhileWaiting,
	outputAsWhileWaiting,
	clientMetadata,
] as const;

const OPTIONS = [...CREATE_OPTIONS, ...WAIT_OPTIONS, ...SUBTITLE_OPTIONS_WHILE_WAITING] as const;

type CreateInput = Values<typeof FIELDS, typeof OPTIONS>;

/** The steps that jobs go through, in this order; each acts on the jobs that it concerns. */
const STEPS = [
	refuseUnsupported,
	findVideos,
	readExistingTasks,
	submitAll,
	waitForAll,
	renderSubtitles,
];

/**
 * Creates the tasks of all items, and returns their IDs at once: Gcore works on them for minutes. If
 * it is to wait, it waits for all of them as one group.
 */
export const create = operation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Start turning the speech in a video into subtitles',
		action: 'Create transcription task',
	},

	fields: FIELDS,
	options: OPTIONS,

	async run(context, inputs) {
		hintUnusualUrls(context, inputs);
		const batch: Batch = {
			context,
			ledger: new Ledger(context),
			limitUploads: limiter(UPLOADS_AT_ONCE),
		};
		const jobs = inputs.flatMap((input, index) => jobsOf(input, index, batch.ledger));
		for (const step of STEPS) {
			await step(batch, jobs);
			if (context.stopOnProblem && jobs.some(({ problem }) => problem)) break;
		}
		await deleteCopies(batch, jobs);
		return outcomesOf(batch, jobs, inputs.length);
	},
});

/** A job for each language of subtitles, the main one first. */
function jobsOf(input: CreateInput, index: number, ledger: Ledger): Job[] {
	const settings = settingsOf(input);
	const requests = requestsOf(input, index);
	const records = requests.map((request) => ledger.recordFor(request));
	const video = videoOf(input, records);
	return requests.map((request, at) => ({
		inputIndex: index,
		request,
		settings,
		record: records[at] as TaskRecord,
		...(video && { video }),
		...(requests.length > 1 && { language: languageOfSubtitles(request) }),
	}));
}

/** The hosted video of an item; undefined if its video is at a URL. */
function videoOf(input: CreateInput, records: TaskRecord[]): JobVideo | undefined {
	const { source, waitForCompletion, deleteHostedCopy } = input;
	if (source.from === 'url') return undefined;
	const maxWaitMs = waitOf(input)?.maxWaitMs ?? (source.from === 'file' ? CONVERSION_MS : 0);
	const {
		videoId: id,
		videoName,
		videoClaim: claim,
	} = records.find(({ videoId }) => videoId !== undefined) ?? {};
	return {
		source: source.from === 'file' ? source.file : source.video,
		maxWaitMs,
		deletesCopy: source.from === 'file' && waitForCompletion && deleteHostedCopy,
		records,
		name: source.from === 'file' ? source.file.name : videoName,
		...(id !== undefined && { id }),
		...(claim !== undefined && { claim }),
	};
}

function languageOfSubtitles({ subtitles_language }: CreateTaskRequest): string {
	return subtitles_language ? languageName(subtitles_language) : 'the spoken language';
}

function settingsOf(input: CreateInput): JobSettings {
	const { checkLanguagePair, room, reuse } = input.options;
	return {
		checkPair: checkLanguagePair,
		maxWaitForRoomMs: (room?.maxWaitForRoom ?? 0) * MINUTE_MS,
		reuseWithinMs: reuse && reuse.reuseWithin * HOUR_MS,
		wait: waitOf(input),
		subtitles: input.formats.length > 0 ? input : undefined,
	};
}

function requestsOf(input: CreateInput, index: number): CreateTaskRequest[] {
	const { source, audioLanguage, subtitlesLanguage, clientMetadata } = input;
	const { clientUserId, clientEntityData } = clientMetadata;
	const main: CreateTaskRequest = {
		task_name: 'transcription',
		url: urlOrPlaceholder(source, index),
		...(audioLanguage && { audio_language: audioLanguage }),
		...(subtitlesLanguage && { subtitles_language: subtitlesLanguage }),
		...(clientUserId !== undefined && { client_user_id: clientUserId }),
		...(clientEntityData !== undefined && { client_entity_data: clientEntityData }),
	};
	// The language of the main task's own subtitles, as far as it is known
	const done = subtitlesLanguage ?? audioLanguage;
	const others = input.alsoTranslateTo.filter((code) => code !== done);
	return [main, ...others.map((subtitles_language) => ({ ...main, subtitles_language }))];
}

/** The URL of a video; for a file or a hosted video, a placeholder until its address is known. */
function urlOrPlaceholder(source: CreateInput['source'], index: number): string {
	if (source.from === 'url') return source.url;
	return source.from === 'file' ? `file:${index}:${source.file.name}` : `video:${source.video}`;
}

function hintUnusualUrls({ hint }: OperationContext, inputs: readonly CreateInput[]): void {
	const count = inputs.filter(
		({ source }) => source.from === 'url' && !looksLikeMp4(source.url),
	).length;
	if (count === 0) return;
	const which = count === 1 ? '1 video URL does' : `${count} video URLs do`;
	hint(
		`${which} not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.`,
	);
}
