import { Problem } from '../../../form/problem';
import { videoProblemOf } from '../../../form/videoTexts';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError, GcoreError } from '../../../shared/api/errors';
import { eachVideoPage, firstRows } from '../../../shared/api/lists';
import type { Video } from '../../../shared/api/videoTypes';

/** How many videos a problem lists. */
export const LISTED_AT_MOST = 5;

/**
 * A hosted video by its ID or its exact name.
 *
 * @throws Problem if there is none, or more than one of that name
 */
export async function findVideo(client: GcoreClient, reference: string): Promise<Video> {
	if (/^\d+$/.test(reference)) {
		const video = await client.videos.get(reference).catch(asGcoreError);
		if (!(video instanceof GcoreError)) return video;
		throw videoProblemOf(reference, video);
	}
	// Reads every page: the name may be ambiguous, and the caller may delete the video
	const rows = await firstRows(eachVideoPage(client, { search: reference }), Infinity);
	const name = reference.toLowerCase();
	const found = rows.filter(
		(video) => video.name?.toLowerCase() === name || video.slug === reference,
	);
	const [video] = found;
	if (video && found.length === 1) return video;
	throw video ? ambiguous(reference, found) : unknown(reference, rows);
}

/** Whether Gcore says that it has no such video. */
export async function isGone({ videos }: GcoreClient, id: number | string): Promise<boolean> {
	return await videos.get(id).then(
		() => false,
		(error: unknown) => asGcoreError(error).kind === 'notFound',
	);
}

function ambiguous(name: string, videos: readonly Video[]): Problem {
	const ids = videos.slice(0, LISTED_AT_MOST).map(({ id }) => id);
	return new Problem(
		`Gcore hosts ${videos.length} videos named "${name}"`,
		`Use the ID of one: ${ids.join(', ')}${videos.length > ids.length ? ', …' : ''}.`,
	);
}

function unknown(name: string, similar: readonly Video[]): Problem {
	const names = similar.slice(0, LISTED_AT_MOST).map(({ id, name }) => `"${name}" (${id})`);
	return new Problem(
		`Gcore hosts no video named "${name}"`,
		names.length > 0
			? `Did you mean ${names.join(', ')}?`
			: 'Choose a video from the list, or use its video_id.',
	);
}
