import { noRendition, videoProblemOf } from '../../../../form/videoTexts';
import { GcoreError } from '../../../../shared/api/errors';
import type { Video } from '../../../../shared/api/videoTypes';
import { hasSettled, renditionPathOf, speechUrlOf } from '../../../../shared/videos/video';
import { awaitVideo } from '../../video/awaitVideo';
import { uploadVideo } from '../../video/uploadVideo';
import type { Batch } from './job';
import { setVideo } from './jobVideo';
import type { JobVideo } from './jobVideo';

/**
 * The address of the rendition that the tasks of a video read. Uploads the file first, if there is one,
 * and waits for the rendition; all jobs of the video share that.
 *
 * @param isOver whether the video is no longer wanted
 * @throws Problem if there is none, or GcoreError `stopped`
 */
export async function hostedAddressOf(
	batch: Batch,
	video: JobVideo,
	isOver: () => boolean,
): Promise<string> {
	return await (video.address ??= prepare(batch, video, isOver));
}

async function prepare(batch: Batch, video: JobVideo, isOver: () => boolean): Promise<string> {
	const id = video.id ?? (await upload(batch, video, isOver));
	const latest = await fetchOrAwait(batch, video, id, isOver);
	if (isOver()) throw new GcoreError('stopped');
	const url = speechUrlOf(latest);
	if (url === undefined) throw noRendition(latest);
	video.path = renditionPathOf(latest, url);
	return url;
}

async function upload(
	{ context, limitUploads }: Batch,
	video: JobVideo,
	isOver: () => boolean,
): Promise<number> {
	const { hosting } = video;
	if (!hosting) throw new Error('There is no file to upload');
	const uploaded = await limitUploads(async () => await uploadVideo(context, hosting, isOver));
	setVideo(video, uploaded);
	return uploaded.id;
}

async function fetchOrAwait(
	{ context }: Batch,
	video: JobVideo,
	id: number,
	isOver: () => boolean,
): Promise<Video> {
	if (video.maxWaitMs > 0) {
		return await awaitVideo(
			context,
			id,
			{ maxWaitMs: video.maxWaitMs, whenTimeIsUp: 'fail' },
			(latest) => speechUrlOf(latest) !== undefined || hasSettled(latest) || isOver(),
		);
	}
	return await context.client.videos.get(id).catch((error: unknown) => {
		throw videoProblemOf(id, error);
	});
}
