import { Problem } from '../../../form/problem';
import { SUBTITLES_LIMIT_BYTES } from '../../../shared/api/videoTypes';
import { isWebVtt } from '../../../shared/subtitles/webVtt';

/** SRT begins with a number and a line of times. */
const SRT = /^(\d+[ \t]*\r?\n)?[ \t]*\d+:\d\d:\d\d[,.]\d{1,3}[ \t]*-->/;

/**
 * @param what names the text
 * @throws Problem about a text that Gcore does not take for subtitles
 */
export function refuseOtherText(text: string, what: string): void {
	refuseLarge(Buffer.byteLength(text), what);
	if (isWebVtt(text) || SRT.test(text.trimStart())) return;
	throw new Problem(
		`${what} is neither WebVTT nor SRT`,
		'WebVTT begins with the line WEBVTT, SRT with a number and a line of times.',
	);
}

/** @throws Problem about a text that is larger than Gcore takes */
export function refuseLarge(bytes: number, what: string): void {
	if (bytes <= SUBTITLES_LIMIT_BYTES) return;
	throw new Problem(
		`${what} is larger than 5 MB`,
		'Gcore takes no larger subtitles: check that it is the right text, or split the video.',
	);
}
