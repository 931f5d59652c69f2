import { folderOf } from './hostedVideo';
import type { HostedVideo, VideoState } from './hostedVideo';
import type { GcoreOptions } from './options';

/** How long every video is, in ms. */
export const DURATION_MS = 30_500;

interface Format {
	/** Gcore's names do not show the codec and the lines: the second of these has 468 lines. */
	name: string;
	/** In pixels, of a video that is wider than tall; null for sound alone. */
	width: number | null;
	height: number | null;
	bytesPerSecond: number;
}

/** Gcore's, the lowest first, which is done before the others. */
const FORMATS: readonly Format[] = [
	{ name: 'vod240n', width: 426, height: 240, bytesPerSecond: 50_000 },
	{ name: 'vod480n', width: 832, height: 468, bytesPerSecond: 150_000 },
	{ name: '4029_h264_720p', width: 1280, height: 720, bytesPerSecond: 375_000 },
	{ name: '4014_hevc_720p', width: 1280, height: 720, bytesPerSecond: 250_000 },
	{ name: '4031_aac_128', width: null, height: null, bytesPerSecond: 16_000 },
];

/** Makes every `mp4_url` different, since Gcore's can change at any time. */
let addressesGiven = 0;

/** The `converted_videos` of a video in this state. */
export function renditionsOf(video: HostedVideo, state: VideoState, options: GcoreOptions) {
	if (state.status === 'empty') return [];
	const { mp4Enabled, mp4WhileProcessing, upright } = options;
	return FORMATS.map(({ name, width, height, bytesPerSecond }, index) => {
		const status = statusOf(index, state);
		const isComplete = status === 'complete';
		const hasAddress = mp4Enabled && (isComplete || mp4WhileProcessing);
		return {
			id: video.id * FORMATS.length + index,
			name,
			width: upright ? height : width,
			height: upright ? width : height,
			size: isComplete ? (bytesPerSecond * DURATION_MS) / 1000 : null,
			progress: isComplete ? 100 : Math.floor(state.share * 100),
			status,
			error: status === 'error' ? state.error : null,
			...(hasAddress && { mp4_url: mp4Of(video, name) }),
		};
	});
}

/** The address of a rendition as it is now. */
export function mp4Of(video: HostedVideo, name: string = FORMATS[0]?.name ?? ''): string {
	return `${folderOf(video)}${name}.mp4?v=${++addressesGiven}`;
}

function statusOf(index: number, { status, error }: VideoState) {
	const isLowest = index === 0;
	if (status === 'ready' || (status === 'viewable' && isLowest)) return 'complete';
	return error === null ? 'processing' : 'error';
}
