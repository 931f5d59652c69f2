import { CLIENT_ID } from './account';

/** Subtitles of a hosted video. */
export interface HostedSubtitles {
	id: number;
	name: string | null;
	language: string;
	vtt: string;
}

/** One video at the simulated Gcore. Its state follows from how long its file has been there. */
export interface HostedVideo {
	id: number;
	slug: string;
	name: string;
	/** The `video` of the create call, with the changes since. */
	request: Record<string, unknown>;
	/** ms since the epoch. */
	createdAt: number;
	/** When Gcore has, or will have, the whole file; undefined as long as an upload has to bring it. */
	uploadedAt?: number | undefined;
	/** Of the file, in bytes. */
	size?: number;
	/** Of an uploaded file. */
	checksum?: number;
	/** The status in which it stops for good, and the reason that it then shows. */
	failure?: { status: 'empty' | 'error' | 'viewable'; error: string };
	/** From the arrival of the file to `ready`, in ms. */
	processingMs: number;
	subtitles: HostedSubtitles[];
}

/** Where a video stands along its way. */
export interface VideoState {
	status: 'empty' | 'pending' | 'viewable' | 'ready' | 'error';
	error: string | null;
	/** How much of its processing is done, from 0 to 1. */
	share: number;
}

/** The share of its processing after which a video can be viewed. */
const VIEWABLE_AT = 0.5;

/** The state of a video at a time in ms since the epoch. */
export function stateOfVideo(
	{ uploadedAt = Infinity, processingMs, failure }: HostedVideo,
	now: number,
): VideoState {
	if (now < uploadedAt) return { status: 'empty', error: null, share: 0 };
	const share = now < uploadedAt + processingMs ? (now - uploadedAt) / processingMs : 1;
	if (failure && (failure.status === 'empty' || share >= VIEWABLE_AT)) {
		return { ...failure, share: VIEWABLE_AT };
	}
	if (share < VIEWABLE_AT) return { status: 'pending', error: null, share };
	return { status: share < 1 ? 'viewable' : 'ready', error: null, share };
}

/** The folder of a video's files, which no other video has. */
export function folderOf({ slug }: HostedVideo): string {
	return `https://demo.gvideo.io/videos/${CLIENT_ID}_${slug}/`;
}
