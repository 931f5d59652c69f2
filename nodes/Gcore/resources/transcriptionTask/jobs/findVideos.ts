import { Problem } from '../../../../form/problem';
import { problemOf } from '../../../../form/texts';
import type { GcoreClient } from '../../../../shared/api/client';
import { asGcoreError } from '../../../../shared/api/errors';
import type { Video } from '../../../../shared/api/videoTypes';
import { findHosted, prepareHosting } from '../../../../shared/videos/hosting';
import { renditionPathOf } from '../../../../shared/videos/video';
import { attemptEach } from '../../../operations/each';
import { findVideo } from '../../video/findVideo';
import { refuseSize } from '../../video/fileSize';
import { servesRetry } from '../../video/uploadVideo';
import { needsTask } from './job';
import type { Batch, Job } from './job';
import { fileOf, setVideo, videosOf } from './jobVideo';
import type { JobVideo } from './jobVideo';
import { refuseInputs } from './refuseInputs';

/** The highest number of a claim. */
const MAX_CLAIM = 1e9;

/**
 * Finds the hosted videos of the jobs, and files that an earlier run has uploaded already. Files that
 * cannot be uploaded are refused before anything is sent.
 *
 * @throws BadInputs if there are such files and the first problem ends the node
 */
export async function findVideos(batch: Batch, all: readonly Job[]): Promise<void> {
	const { context } = batch;
	const jobs = all.filter(needsTask);
	const videos = videosOf(jobs);
	const checked = await attemptEach(context, videos, async (video) => {
		const file = fileOf(video);
		if (file) await refuseSize(file);
	});
	const refused = noteProblems(jobs, videos, checked);
	refuseInputs(batch, refused);
	if (context.stopOnProblem && refused.size > 0) return;
	const good = videosOf(jobs.filter(needsTask));
	const found = await attemptEach(context, good, async (video) => await find(batch, video));
	noteProblems(jobs, good, found);
}

/** Notes the problems of videos in their jobs. @returns the problems, by the index of the input */
function noteProblems(
	jobs: readonly Job[],
	videos: readonly JobVideo[],
	results: readonly unknown[],
): Map<number, Problem> {
	const problems = new Map<number, Problem>();
	for (const job of jobs) {
		const problem = job.video && results[videos.indexOf(job.video)];
		if (!(problem instanceof Problem)) continue;
		job.problem = problem;
		problems.set(job.inputIndex, problem);
	}
	return problems;
}

async function find({ context, limitUploads }: Batch, video: JobVideo): Promise<void> {
	const { client } = context;
	const { source } = video;
	if (typeof source === 'string') {
		const found = await findVideo(client, source);
		setVideo(video, found);
		video.path = renditionPathOf(found);
		return;
	}
	if (video.id !== undefined && (await servesRetry(context, video.id))) return;
	delete video.id;
	delete video.claim;
	const request = {
		name: source.name,
		// Otherwise a video that Upload hosted for good would be taken for the copy, and deleted
		...(video.deletesCopy && { description: 'Temporary copy for transcription' }),
		// Otherwise Gcore would transcribe the video by itself too
		auto_transcribe_audio_language: 'disable',
	};
	// This reads the file: many at once would take as much memory as many uploads
	video.hosting = await limitUploads(async () => await prepareHosting(request, source));
	const found = await findHosted(client, video.hosting).catch((error: unknown) => problemOf(error));
	// Without the list the copy cannot be found, so the file is uploaded
	if (!found || found instanceof Problem || !(await claim(client, video, found))) return;
	setVideo(video, found);
	video.path = renditionPathOf(found);
	video.wasUploaded = true;
}

/**
 * Claims a copy that another execution may be about to delete: only the last to claim it deletes it.
 *
 * @returns false if Gcore no longer has it
 */
async function claim(client: GcoreClient, video: JobVideo, found: Video): Promise<boolean> {
	if (!video.deletesCopy) return true;
	const number = Math.ceil(Math.random() * MAX_CLAIM);
	const fields = { name: found.name ?? '', client_user_id: number };
	const error = await client.videos.change(found.id, fields).then(() => undefined, asGcoreError);
	if (!error) video.claim = number;
	return error?.kind !== 'notFound';
}
