import type { TaskResult } from '../api/types';
import { cuesOf, textOf } from './result';
import { formatSrt } from './srt';
import { formatTimestamp } from './timestamp';
import { formatWebVtt, isWebVtt, parseWebVtt } from './webVtt';

/** A file format for a task's result. */
interface SubtitleFormat {
	/** Its name for people. */
	label: string;
	/** Without a dot. */
	extension: string;
	/**
	 * A type whose files n8n's editor shows: it knows neither SRT's own, `application/x-subrip`, nor
	 * WebVTT's, `text/vtt` (`ViewableMimeTypes` of `@n8n/api-types`).
	 */
	mimeType: string;
	/** The whole file. A result without speech becomes a valid file without cues. */
	render: (result: TaskResult | null | undefined) => string;
}

/** The format's name in parameters. */
export type SubtitleFormatId = 'vtt' | 'srt' | 'txt' | 'cues';

/** Every format there is, in the order to offer them. */
export const SUBTITLE_FORMATS: Readonly<Record<SubtitleFormatId, SubtitleFormat>> = {
	vtt: { label: 'WebVTT', extension: 'vtt', mimeType: 'text/plain', render: renderWebVtt },
	srt: {
		label: 'SRT',
		extension: 'srt',
		mimeType: 'text/plain',
		render: (result) => formatSrt(cuesOf(result)),
	},
	txt: { label: 'Plain Text', extension: 'txt', mimeType: 'text/plain', render: renderPlainText },
	cues: { label: 'JSON Cues', extension: 'json', mimeType: 'application/json', render: renderCues },
};

/** Gcore's own file to the letter, if it is valid and holds all cues. */
function renderWebVtt(result: TaskResult | null | undefined): string {
	const own = textOf(result?.vttContent);
	const cues = cuesOf(result);
	return isWebVtt(own) && parseWebVtt(own).length >= cues.length ? own : formatWebVtt(cues);
}

/** Gcore's own text, else the text of each cue on a line of its own. */
function renderPlainText(result: TaskResult | null | undefined): string {
	const own = textOf(result?.concatenated_text).replace(/\r\n?/g, '\n').trim();
	const text =
		own ||
		cuesOf(result)
			.map(({ text }) => text.replace(/<\/?[ibu]>/g, '').replaceAll('\n', ' '))
			.join('\n');
	return text && `${text}\n`;
}

/** The cues as rows in Gcore's own shape. */
export function cueRows(result: TaskResult | null | undefined) {
	return cuesOf(result).map(({ start, end, text }) => ({
		start_time: formatTimestamp(start, '.'),
		end_time: formatTimestamp(end, '.'),
		text,
	}));
}

function renderCues(result: TaskResult | null | undefined): string {
	return JSON.stringify(cueRows(result), null, 2);
}
