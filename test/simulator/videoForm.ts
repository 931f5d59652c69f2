import { CLIENT_ID } from './account';
import { folderOf, stateOfVideo } from './hostedVideo';
import type { HostedVideo } from './hostedVideo';
import type { GcoreOptions } from './options';
import { DURATION_MS, renditionsOf } from './renditions';

/** A video as the API returns it. */
export function videoOf(video: HostedVideo, now: number, options: GcoreOptions) {
	const { id, slug, name, request, createdAt, uploadedAt = Infinity, size } = video;
	const state = stateOfVideo(video, now);
	const { status, error } = state;
	const isEmpty = status === 'empty';
	const canBeViewed = status === 'viewable' || status === 'ready';
	return {
		id,
		name,
		description: request['description'] ?? null,
		client_id: CLIENT_ID,
		client_user_id: request['client_user_id'] ?? null,
		slug,
		status,
		error,
		duration: isEmpty ? null : DURATION_MS,
		origin_size: isEmpty ? null : (size ?? null),
		created_at: new Date(createdAt).toISOString(),
		updated_at: new Date(uploadedAt <= now ? uploadedAt : createdAt).toISOString(),
		iframe_url: `https://player.gvideo.co/videos/${CLIENT_ID}_${slug}`,
		hls_url: canBeViewed ? `${folderOf(video)}master.m3u8` : null,
		poster: canBeViewed ? `${folderOf(video)}poster.jpg` : null,
		converted_videos: renditionsOf(video, state, options),
	};
}
