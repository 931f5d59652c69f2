import { FILE_OPTIONS } from '../../../form/subtitleFields';
import { looksLikeMp4 } from '../../../form/videoUrl';
import { WAIT_OPTIONS, waitForCompletion, waitOf } from '../../../form/waitFields';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { operation } from '../../operations/operation';
import type { OperationContext, Values } from '../../operations/operation';
import {
	alsoTranslateTo,
	audioLanguage,
	clientMetadata,
	CREATE_OPTIONS,
	formatsWhileWaiting,
	outputAsWhileWaiting,
	subtitlesLanguage,
	videoUrl,
} from './createFields';
import type { Batch, Job, JobSettings } from './jobs/job';
import { Ledger } from './jobs/ledger';
import { outcomesOf } from './jobs/outcomes';
import { refuseUnsupported } from './jobs/refuse';
import { reuseExisting } from './jobs/reuse';
import { submitAll } from './jobs/submit';
import { renderSubtitles } from './jobs/subtitles';
import { waitForAll } from './jobs/wait';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const FIELDS = [
	videoUrl,
	audioLanguage,
	subtitlesLanguage,
	alsoTranslateTo,
	waitForCompletion,
	formatsWhileWaiting,
	outputAsWhileWaiting,
	clientMetadata,
] as const;

const OPTIONS = [...CREATE_OPTIONS, ...WAIT_OPTIONS, ...FILE_OPTIONS] as const;

type CreateInput = Values<typeof FIELDS, typeof OPTIONS>;

/** What is done with the jobs, in this order; each step acts on the jobs that it concerns. */
const STEPS = [refuseUnsupported, reuseExisting, submitAll, waitForAll, renderSubtitles];

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
		const batch: Batch = { context, ledger: new Ledger(context.retryMemory) };
		const jobs = inputs.flatMap((input, index) => jobsOf(input, index, batch.ledger));
		for (const step of STEPS) {
			await step(batch, jobs);
			if (context.stopOnProblem && jobs.some(({ problem }) => problem)) break;
		}
		return outcomesOf(batch, jobs, inputs.length);
	},
});

/** A job for each language of subtitles, the main one first. */
function jobsOf(input: CreateInput, index: number, ledger: Ledger): Job[] {
	const settings = settingsOf(input);
	const requests = requestsOf(input);
	return requests.map((request) => ({
		inputIndex: index,
		request,
		settings,
		record: ledger.recordFor(request),
		...(requests.length > 1 && { language: languageOfSubtitles(request) }),
	}));
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

function requestsOf(input: CreateInput): CreateTaskRequest[] {
	const { url, audioLanguage, subtitlesLanguage, clientMetadata } = input;
	const { clientUserId, clientEntityData } = clientMetadata;
	const main: CreateTaskRequest = {
		task_name: 'transcription',
		url,
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

function hintUnusualUrls({ hint }: OperationContext, inputs: readonly CreateInput[]): void {
	const count = inputs.filter(({ url }) => !looksLikeMp4(url)).length;
	if (count === 0) return;
	const which = count === 1 ? '1 video URL does' : `${count} video URLs do`;
	hint(
		`${which} not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.`,
	);
}
