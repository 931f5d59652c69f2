import { GcoreError } from '../shared/api/errors';
import type { Rendition, Video } from '../shared/api/videoTypes';
import { UploadError } from '../shared/videos/hosting';
import { NO_REASON, videoFailureReason } from '../shared/videos/video';
import { Problem } from './problem';
import { describeError, minutes, problemOf } from './texts';

/** The problem of a call about one video, which Gcore may not have. */
export function videoProblemOf(videoId: number | string, error: unknown): Problem {
	if (!(error instanceof GcoreError) || error.kind !== 'notFound') return problemOf(error);
	return new Problem(
		`Gcore has no video ${videoId}`,
		'It does not exist for this API key, or it was deleted. Check the ID, and the account of the Gcore API credential.',
		problemOf(error).details,
	);
}

/** The state of a video that was found or uploaded cannot be read. */
export function videoUnseen(videoId: number, error: unknown): Problem {
	const problem = videoProblemOf(videoId, error);
	if (error instanceof GcoreError && error.kind === 'notFound') return problem;
	return new Problem(
		`The state of video ${videoId} cannot be read: ${problem.message}`,
		`${problem.advice} The video is at Gcore: look at it with Video > Get.`,
		{ ...problem.details, videoId },
	);
}

/** The problem of a file that could not be uploaded. */
export function uploadProblemOf(fileName: string, error: unknown): Problem {
	if (error instanceof GcoreError && error.mayHaveRun) return lostVideo(fileName, error);
	if (!(error instanceof UploadError)) return problemOf(error);
	const { reason, emptyVideoId } = error;
	const problem = problemOf(reason);
	const left =
		emptyVideoId === undefined
			? 'Nothing of it is left at Gcore.'
			: `The empty video ${emptyVideoId} is left at Gcore: delete it with Video > Delete.`;
	return new Problem(
		`The upload of "${fileName}" failed: ${problem.message}`,
		`Run this item again. ${left}`,
		{ ...problem.details, ...(emptyVideoId !== undefined && { videoId: emptyVideoId }) },
	);
}

/** It is unknown whether Gcore made the video. */
function lostVideo(name: string, error: GcoreError): Problem {
	const { message, advice, details } = problemOf(error);
	return new Problem(
		message,
		`${advice} Gcore may have made an empty video named "${name}" all the same: look for it with Video > Get Many.`,
		details,
	);
}

const CONVERT =
	'Check that the file is a video that plays, that Gcore can download it if it is at a URL, and that the Gcore account has storage left.';

/** Why a video has no rendition that a task can read. */
export function noRendition(video: Video): Problem {
	const failure = videoFailureReason(video) ?? failedRendition(video);
	if (failure !== undefined) {
		return new Problem(`Gcore could not process video ${video.id}: ${failure}`, CONVERT, {
			videoId: video.id,
		});
	}
	if (video.status === 'ready' && !renditionsOf(video, 'processing').length) {
		return new Problem(
			`Video ${video.id} has no MP4 file`,
			'MP4 is turned off for this Gcore account: ask Gcore support to turn it on. Tasks read MP4 files only.',
		);
	}
	return new Problem(
		`Gcore still works on video ${video.id} (${video.status ?? 'no status'})`,
		"Turn on 'Wait for Completion', or run this item again later.",
	);
}

/** Why Gcore could make no rendition of a video whose status is `ready` nevertheless. */
function failedRendition(video: Video): string | undefined {
	const failed = renditionsOf(video, 'error');
	const [first] = failed.flatMap(({ error }) => error || []);
	const haveAllFailed = failed.length > 0 && failed.length === video.converted_videos?.length;
	return video.status === 'ready' && haveAllFailed ? (first ?? NO_REASON) : undefined;
}

function renditionsOf({ converted_videos }: Video, status: string): Rendition[] {
	return (converted_videos ?? []).filter((rendition) => rendition.status === status);
}

/** A video was not done in time. */
export function videoNotDone(
	videoId: number | string,
	video: Video | undefined,
	error: GcoreError | undefined,
	waitedMs: number,
): Problem {
	const status = video ? ` (${video.status ?? 'no status'})` : '';
	const trouble = error ? `. The last request for it failed: ${describeError(error)}` : '';
	return new Problem(
		`Gcore has not finished video ${videoId} after ${minutes(waitedMs)}${status}${trouble}`,
		`It goes on at Gcore. Use it later as a Hosted Video with the ID ${videoId}, or turn on 'Wait for Completion' with a longer 'Max Wait (Minutes)'.`,
		{ videoId },
	);
}
