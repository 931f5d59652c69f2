import type { Task } from '../../../../shared/api/types';
import type { Video } from '../../../../shared/api/videoTypes';
import type { Hosting } from '../../../../shared/videos/hosting';
import type { InputFile } from '../../../../shared/inputFile';
import type { Job } from './job';
import type { TaskRecord } from './ledger';

/** The hosted video that the jobs of one item read: one for all languages. */
export interface JobVideo {
	/** A file to upload, or the ID or the name of a video. */
	source: InputFile | string;
	/** How long to wait for a rendition, in ms; 0 to take what is there. */
	maxWaitMs: number;
	/** Whether the copy that was made of a file is to be deleted once its tasks have ended. */
	deletesCopy: boolean;
	/** The entries of its jobs, in which retries find its ID. */
	records: TaskRecord[];
	/** Its name, as far as it is known: the names of renditions say nothing. */
	name?: string | undefined;
	/** The request and the file to upload, once `findVideos` has prepared them. */
	hosting?: Hosting;
	/** Its ID, once it is known: a file is then complete at Gcore. */
	id?: number;
	/** The number with which an execution claims a copy that it found; none if it uploaded the copy. */
	claim?: number;
	/** Whether an earlier run has uploaded the file, and perhaps created tasks for it. */
	wasUploaded?: boolean;
	/** The part of the addresses of its renditions by which its tasks are found. */
	path?: string | undefined;
	/** The address of the rendition for its tasks. */
	address?: Promise<string>;
	/** Whether the copy has been deleted. */
	isDeleted?: boolean;
}

/** The file that a video was made from, for its tasks alone; undefined for other videos. */
export function fileOf({ source }: JobVideo): InputFile | undefined {
	return typeof source === 'string' ? undefined : source;
}

/** Whether a task reads a rendition of a video, as far as the addresses of its renditions are known. */
export function readsVideo({ task_data }: Task, { path }: JobVideo): boolean {
	return path !== undefined && String(task_data?.url).includes(path);
}

/** Keeps the ID and the name of a video, and the claim on it, for retries too. */
export function setVideo(video: JobVideo, { id, name }: Pick<Video, 'id' | 'name'>): void {
	video.id = id;
	video.name ??= name ?? undefined;
	const { claim: videoClaim } = video;
	for (const record of video.records) {
		Object.assign(record, { videoId: id, videoName: video.name, videoClaim });
	}
}

/** The videos of some jobs, each once. */
export function videosOf(jobs: readonly Job[]): JobVideo[] {
	return [...new Set(jobs.flatMap(({ video }) => video ?? []))];
}
