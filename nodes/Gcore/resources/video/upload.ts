import { Problem } from '../../../form/problem';
import { simplifyField } from '../../../form/taskFields';
import { noRendition, videoUnseen } from '../../../form/videoTexts';
import { VIDEO_WAIT_OPTIONS, waitForCompletion, waitOf } from '../../../form/waitFields';
import type { CreateVideoRequest, Video } from '../../../shared/api/videoTypes';
import { limiter } from '../../../shared/pool';
import { fileNameOf } from '../../../shared/subtitles/fileName';
import { findHosted, prepareHosting } from '../../../shared/videos/hosting';
import { UPLOADS_AT_ONCE } from '../../../shared/videos/upload';
import { hasSettled, videoFailureReason, videoJson } from '../../../shared/videos/video';
import { attemptEach, doneInRun, runEach } from '../../operations/each';
import { BadInputs, operation } from '../../operations/operation';
import type { OperationContext, Outcome, Values } from '../../operations/operation';
import { awaitVideo } from './awaitVideo';
import { refuseSize } from './fileSize';
import { logVideos, servesRetry, uploadVideo, videosStay } from './uploadVideo';
import { automaticSubtitles, name, UPLOAD_OPTIONS, uploadSource } from './uploadFields';

const FIELDS = [uploadSource, name, automaticSubtitles, waitForCompletion, simplifyField] as const;

const OPTIONS = [...UPLOAD_OPTIONS, ...VIDEO_WAIT_OPTIONS] as const;

type UploadInput = Values<typeof FIELDS, typeof OPTIONS>;

/** Puts a video into Gcore's video hosting: from a file of the item, or from an address. */
export const upload = operation({
	option: {
		name: 'Upload',
		value: 'upload',
		description: 'Put a video into Gcore video hosting, which is paid',
		action: 'Upload video',
	},

	fields: FIELDS,
	options: OPTIONS,

	async run(context, inputs) {
		// Gcore may repeat a header that this run does not send: in a retry, or from an earlier upload
		for (const { options } of inputs)
			if (options.fileHeader) context.client.videos.hideHeader(options.fileHeader);
		const limitUploads = limiter(UPLOADS_AT_ONCE);
		const refused = await refuseSizes(context, inputs);
		const done = doneInRun<Hosted>(context, inputs);
		const outcomes = await runEach(context, inputs, async (input, index, isOver) => {
			const problem = refused.get(index);
			if (problem) throw problem;
			if (done[index] && !(await servesRetry(context, done[index].id))) delete done[index];
			const { id, reused } = (done[index] ??= await limitUploads(
				async () => await host(context, input, isOver),
			));
			const video = await currentState(context, input, id, isOver);
			return { ...videoJson(video, input.simplify), reused };
		});
		logVideos(context, uploadedIds(done));
		return context.stopOnProblem
			? outcomes.map((of) => of.map((one) => withVideos(one, done)))
			: outcomes;
	},
});

/** The IDs of the videos that this run has made. */
function uploadedIds(done: Readonly<Record<number, Hosted>>): number[] {
	return Object.values(done).flatMap(({ id, reused }) => (reused ? [] : id));
}

/** A problem that ends the node, with the videos that it leaves behind. */
function withVideos(outcome: Outcome, done: Readonly<Record<number, Hosted>>): Outcome {
	const uploadedVideoIds = uploadedIds(done);
	if (!(outcome instanceof Problem) || uploadedVideoIds.length === 0) return outcome;
	const { message, advice, details } = outcome;
	const left = videosStay(uploadedVideoIds.filter((id) => id !== details['videoId']).length);
	return new Problem(message, [advice, left].filter(Boolean).join(' '), {
		...details,
		uploadedVideoIds,
	});
}

/** @throws BadInputs if files cannot be uploaded and the first problem ends the node */
async function refuseSizes(
	context: OperationContext,
	inputs: readonly UploadInput[],
): Promise<ReadonlyMap<number, Problem>> {
	const checked = await attemptEach(context, inputs, async ({ source }) => {
		if (source.from === 'file') await refuseSize(source.file);
	});
	const problems = new Map(
		checked.flatMap((result, index) => (result instanceof Problem ? [[index, result]] : [])),
	);
	if (context.stopOnProblem && problems.size > 0) throw new BadInputs(problems);
	return problems;
}

/** A video at Gcore. */
interface Hosted {
	id: number;
	/** Whether an earlier run has uploaded it. */
	reused: boolean;
}

async function host(
	context: OperationContext,
	input: UploadInput,
	isOver: () => boolean,
): Promise<Hosted> {
	const { source } = input;
	const hosting = await prepareHosting(
		requestOf(input),
		source.from === 'file' ? source.file : undefined,
	);
	const earlier = input.options.reuseUpload ? await findHosted(context.client, hosting) : undefined;
	if (earlier) return { id: earlier.id, reused: true };
	const { id } = await uploadVideo(context, hosting, isOver);
	return { id, reused: false };
}

async function currentState(
	context: OperationContext,
	input: UploadInput,
	id: number,
	isOver: () => boolean,
): Promise<Video> {
	const wait = waitOf(input);
	const video = wait
		? await awaitVideo(context, id, wait, (latest) => hasSettled(latest) || isOver())
		: await context.client.videos.get(id).catch((error: unknown) => {
				throw videoUnseen(id, error);
			});
	if (videoFailureReason(video) !== undefined) throw noRendition(video);
	return video;
}

function requestOf({ source, name, subtitles, options }: UploadInput): CreateVideoRequest {
	const { description, clientUserId, clipStart, clipDuration } = options;
	const fallback = source.from === 'file' ? source.file.name : fileNameOf(source.url);
	// Gcore would translate into the spoken language too, and charge for it
	const translations = (subtitles?.alsoTranslateTo ?? []).filter(
		(code) => code !== subtitles?.audioLanguage,
	);
	return {
		name: name?.trim() || fallback || 'video',
		...(description && { description }),
		...(source.from === 'url' && { origin_url: source.url }),
		...(source.from === 'url' && options.fileHeader && { origin_http_headers: options.fileHeader }),
		...(clientUserId !== undefined && { client_user_id: clientUserId }),
		...(clipStart !== undefined && { clip_start_seconds: clipStart }),
		...(clipDuration !== undefined && { clip_duration_seconds: clipDuration }),
		auto_transcribe_audio_language: subtitles ? (subtitles.audioLanguage ?? 'auto') : 'disable',
		...(translations.length > 0 && { auto_translate_subtitles_language: translations.join(',') }),
	};
}
