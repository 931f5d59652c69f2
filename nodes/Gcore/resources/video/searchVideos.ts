import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { errorOutsideRun } from '../../../form/nodeApiError';
import { connectForEditor } from '../../../shared/api/connect';
import type { Video } from '../../../shared/api/videoTypes';
import { videoFailureReason } from '../../../shared/videos/video';

/** Rows per page: the editor loads the next page when a person scrolls. */
export const ROWS = 25;

/**
 * The list of a field for a hosted video, newest first.
 *
 * @param filter what a person typed; Gcore searches for it in the name and the ID
 * @param paginationToken the page to read, from the answer before
 */
export async function searchVideos(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const client = await connectForEditor(this);
	const found = await client.videos
		.list({ page, per_page: ROWS, ...(filter && { search: filter }) })
		.catch((error: unknown) => {
			throw errorOutsideRun(this.getNode(), error);
		});
	return {
		results: found.rows.map((video) => ({ name: describeVideo(video), value: String(video.id) })),
		...(found.more && { paginationToken: String(page + 1) }),
	};
}

/** Such as `talk.mov · 12 min · ready · 2026-11-26`. */
function describeVideo(video: Video): string {
	const { id, name, duration, status, created_at } = video;
	const parts = [
		name || `Video ${id}`,
		typeof duration === 'number' && `${Math.max(1, Math.round(duration / 60_000))} min`,
		videoFailureReason(video) === undefined ? status : 'failed',
		created_at?.slice(0, 10),
	];
	return parts.filter(Boolean).join(' · ');
}
