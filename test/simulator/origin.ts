import type { HostedVideo } from './hostedVideo';

/** How long Gcore takes to download a file, or to give up, as a share of its processing. */
const DOWNLOAD_SHARE = 0.1;

const FAILURES: ReadonlyArray<readonly [url: RegExp, error: string]> = [
	[/missing/, 'The requested origin was not found'],
	[/forbidden/, 'Access to the origin is forbidden'],
	[/\.(m3u8|mpd)($|\?)/i, 'Unable to analyze the origin file'],
];

/** The effect of a download from this address on a new video; words in the address make it fail. */
export function downloadOf(
	url: string,
	{ createdAt, processingMs }: Pick<HostedVideo, 'createdAt' | 'processingMs'>,
): Pick<HostedVideo, 'uploadedAt' | 'failure'> {
	const uploadedAt = createdAt + processingMs * DOWNLOAD_SHARE;
	const error = FAILURES.find(([words]) => words.test(url))?.[1];
	return { uploadedAt, ...(error && { failure: { status: 'empty', error } }) };
}
