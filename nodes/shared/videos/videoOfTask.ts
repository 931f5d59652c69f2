import type { GcoreClient } from '../api/client';
import { asGcoreError, GcoreError } from '../api/errors';
import type { Task } from '../api/types';
import type { Video } from '../api/videoTypes';

/** A hosted video as a task names it. */
interface Reference {
	/** Numbers in the client data, one of which is the video's ID if Gcore made the task by itself. */
	ids: string[];
	/** From the address of a rendition. */
	slug: string | undefined;
}

/** How many numbers of a task's client data are looked up as IDs of videos, at most. */
export const MOST_IDS = 3;

/** A longer number is no ID, and Gcore may fail over it. */
const ID = /(?<!\d)\d{1,15}(?!\d)/g;

/** Whether a task may read a hosted video, judging by its fields. */
export function mayReadHosted(task: Task): boolean {
	const { ids, slug } = referenceOf(task);
	return slug !== undefined || ids.length > 0;
}

/**
 * The hosted video that a task reads. Gcore names it in the client data of the tasks that it makes by
 * itself, in a form that it does not document; the tasks of this node have the address of a rendition.
 *
 * @returns undefined if it reads none
 * @throws GcoreError if Gcore cannot be asked
 */
export async function videoOfTask({ videos }: GcoreClient, task: Task): Promise<Video | undefined> {
	const { ids, slug } = referenceOf(task);
	for (const id of ids) {
		const video = await videos.get(id).catch(asGcoreError);
		if (video instanceof GcoreError) {
			if (video.kind === 'notFound' || video.cure === 'request') continue;
			throw video;
		}
		// The number may be the user's own, in the client data of a task for any other video
		if (isOf(video, task.task_data?.url)) return video;
	}
	if (slug === undefined) return undefined;
	const { rows } = await videos.list({ page: 1, per_page: 1, search: slug });
	return rows.find((video) => video.slug === slug);
}

/** Whether a task with this URL reads a video, by the name that is in the addresses of its files. */
function isOf({ slug }: Video, url: unknown): boolean {
	if (typeof url !== 'string' || url === '') return true;
	return Boolean(slug) && url.includes(String(slug));
}

function referenceOf({ task_data }: Task): Reference {
	const { url, client_entity_data: data } = task_data ?? {};
	const text = typeof data === 'object' ? JSON.stringify(data) : String(data ?? '');
	const ids = /video/i.test(text) ? (text.match(ID) ?? []) : [];
	// Such as https://demo.gvideo.io/videos/2675_FnlHXwA16ZMxmUr/vod480n.mp4
	const slug = /^https?:\/\/[^/]+\/videos\/\d+_([^/]+)\//i.exec(String(url))?.[1];
	return { ids: [...new Set(ids)].slice(0, MOST_IDS), slug };
}
