import { cuesOf, textOf } from './result';
import type { SubtitleResult } from './result';
import { formatSrt } from './srt';
import { formatTimestamp } from './timestamp';
import { formatWebVtt, isWebVtt } from './webVtt';

export { subtitleFileName } from './fileName';
export { cuesOf, speechDetected } from './result';
export type { SubtitleResult } from './result';

/** A file that a task's result can be given as. */
export interface SubtitleFormat {
	/** What people call it. */
	label: string;
	/** Without a dot. */
	extension: string;
	/** One whose files n8n's editor shows: it doesn't know SRT's own, `application/x-subrip`. */
	mimeType: string;
	/** The whole file. A result without speech gives a valid one without cues. */
	render: (result: SubtitleResult | null | undefined) => string;
}

/** The format's name in parameters. */
export type SubtitleFormatId = 'vtt' | 'srt' | 'txt' | 'cues';

/** Every format there is, in the order to offer them. */
export const SUBTITLE_FORMATS: Readonly<Record<SubtitleFormatId, SubtitleFormat>> = {
	vtt: { label: 'WebVTT', extension: 'vtt', mimeType: 'text/vtt', render: renderWebVtt },
	srt: {
		label: 'SRT',
		extension: 'srt',
		mimeType: 'text/plain',
		render: (result) => formatSrt(cuesOf(result)),
	},
	txt: { label: 'Plain Text', extension: 'txt', mimeType: 'text/plain', render: renderPlainText },
	cues: { label: 'JSON Cues', extension: 'json', mimeType: 'application/json', render: renderCues },
};

/** Gcore's own file to the letter, where it is one. */
function renderWebVtt(result: SubtitleResult | null | undefined): string {
	const own = textOf(result?.vttContent);
	return isWebVtt(own) ? own : formatWebVtt(cuesOf(result));
}

/** Gcore's own text, else the text of each cue on a line of its own. */
function renderPlainText(result: SubtitleResult | null | undefined): string {
	const own = textOf(result?.concatenated_text).replace(/\r\n?/g, '\n').trim();
	const text =
		own ||
		cuesOf(result)
			.map((cue) => cue.text.replaceAll('\n', ' '))
			.join('\n');
	return text && `${text}\n`;
}

/** Rows in the shape that Gcore gives them. */
function renderCues(result: SubtitleResult | null | undefined): string {
	const rows = cuesOf(result).map(({ start, end, text }) => ({
		start_time: formatTimestamp(start, '.'),
		end_time: formatTimestamp(end, '.'),
		text,
	}));
	return JSON.stringify(rows, null, 2);
}
