import type { IDataObject } from 'n8n-workflow';

import type { Rendition, Video } from '../api/videoTypes';

/** The shorter side, in pixels, that is enough for speech: the sound of larger renditions is the same. */
const ENOUGH_PIXELS = 360;

/** Stands for the reason of a failure, if Gcore reports none. */
export const NO_REASON = 'Gcore reports no reason';

/** Why Gcore could not take or convert a video, in its words; undefined if nothing went wrong so far. */
export function videoFailureReason({ status, error }: Video): string | undefined {
	// An error can stand beside any status: a wait for `error` alone would never end
	if (error) return typeof error === 'string' ? error : JSON.stringify(error);
	return status === 'error' ? NO_REASON : undefined;
}

/** Whether Gcore has finished its work on a video, successfully or not. */
export function hasSettled(video: Video): boolean {
	return video.status === 'ready' || videoFailureReason(video) !== undefined;
}

/**
 * The address of the rendition that is best for a task: complete, and its shorter side nearest to 360
 * pixels from above, else the largest.
 *
 * @returns undefined if there is none (yet)
 */
export function speechUrlOf({ converted_videos }: Video): string | undefined {
	const usable = (converted_videos ?? []).filter(
		({ status, mp4_url }) => status === 'complete' && mp4_url,
	);
	usable.sort(bySuitability);
	return usable[0]?.mp4_url ?? undefined;
}

function bySuitability(a: Rendition, b: Rendition): number {
	const [aSide, bSide] = [shorterSideOf(a), shorterSideOf(b)];
	const [aIsEnough, bIsEnough] = [aSide >= ENOUGH_PIXELS, bSide >= ENOUGH_PIXELS];
	if (aIsEnough !== bIsEnough) return aIsEnough ? -1 : 1;
	return (aIsEnough ? aSide - bSide : bSide - aSide) || (a.size ?? 0) - (b.size ?? 0);
}

/** 0 for sound alone. */
function shorterSideOf({ width, height }: Rendition): number {
	return Math.min(width ?? 0, height ?? 0);
}

/**
 * The part of a rendition's address by which the tasks of a video are found: its folder, which all its
 * renditions share, if that contains the video's slug; else its whole path. The query changes.
 *
 * @param url of a rendition; of any that has an address unless given
 * @returns such as `/videos/2675_FnlHXwA16ZMxmUr/`; undefined if there is no rendition yet
 */
export function renditionPathOf(video: Video, url = anyUrlOf(video)): string | undefined {
	const path = /^https?:\/\/[^/?#]+([^?#]+)/i.exec(url ?? '')?.[1];
	const folder = path?.slice(0, path.lastIndexOf('/') + 1);
	return video.slug && folder?.includes(video.slug) ? folder : path;
}

function anyUrlOf({ converted_videos }: Video): string | undefined {
	return (converted_videos ?? []).flatMap(({ mp4_url }) => mp4_url ?? [])[0];
}

/** A video as output: in flat fields, or as Gcore returned it. */
export function videoJson(video: Video, simplify: boolean): IDataObject {
	return simplify ? simplifyVideo(video) : rawVideo(video);
}

/** A video in flat fields; null if Gcore does not say, or not yet. */
function simplifyVideo(video: Video) {
	return {
		video_id: video.id,
		name: video.name ?? null,
		status: video.status ?? null,
		failure_reason: videoFailureReason(video) ?? null,
		duration_seconds: typeof video.duration === 'number' ? video.duration / 1000 : null,
		size_bytes: video.origin_size ?? null,
		mp4_url: speechUrlOf(video) ?? null,
		player_url: video.iframe_url ?? null,
		poster_url: video.poster ?? null,
		description: video.description ?? null,
		client_user_id: video.client_user_id ?? null,
		created_at: video.created_at ?? null,
	};
}

/** A video as Gcore returned it, without a field that n8n takes for a failure. */
function rawVideo(video: Video): IDataObject {
	const { error, ...raw } = video as unknown as IDataObject;
	return error ? { ...raw, error_text: error } : raw;
}
