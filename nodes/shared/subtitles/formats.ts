import type { TaskResult } from '../api/types';
import { formatAss } from './ass';
import type { Cue } from './cue';
import { formatPlainText } from './plainText';
import { cuesOf, textOf } from './result';
import { formatSrt } from './srt';
import { formatTimestamp } from './timestamp';
import { formatTranscript } from './transcript';
import { formatTtml } from './ttml';
import { formatWebVtt, isValidWebVtt, parseWebVtt } from './webVtt';

/** A file format for subtitles. */
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
	/**
	 * The whole file, made of cues. Without any it is valid and has none.
	 *
	 * @param language a code of Gcore's such as `ger`; null if it is not known
	 */
	write: (cues: readonly Cue[], language: string | null) => string;
	/** Gcore's own file of a result, unless it is missing or lacks cues. */
	own?: (result: TaskResult | null | undefined) => string | undefined;
}

/** The format's name in parameters. */
export type SubtitleFormatId =
	'vtt' | 'srt' | 'txt' | 'cues' | 'ass' | 'ttml' | 'transcript' | 'timedTranscript';

/** Every format of subtitles. */
export const SUBTITLE_FORMATS: Readonly<Record<SubtitleFormatId, SubtitleFormat>> = {
	vtt: {
		label: 'WebVTT',
		extension: 'vtt',
		mimeType: 'text/plain',
		write: formatWebVtt,
		own: ownWebVtt,
	},
	srt: { label: 'SRT', extension: 'srt', mimeType: 'text/plain', write: formatSrt },
	txt: {
		label: 'Plain Text',
		extension: 'txt',
		mimeType: 'text/plain',
		write: formatPlainText,
		own: ownPlainText,
	},
	cues: {
		label: 'JSON Cues',
		extension: 'json',
		mimeType: 'application/json',
		write: (cues) => JSON.stringify(cueRows(cues), null, 2),
	},
	ass: { label: 'ASS', extension: 'ass', mimeType: 'text/plain', write: formatAss },
	ttml: { label: 'TTML', extension: 'ttml', mimeType: 'text/plain', write: formatTtml },
	transcript: {
		label: 'Transcript',
		// Plain text is a .txt too, and both may be in one folder
		extension: 'transcript.txt',
		mimeType: 'text/plain',
		write: (cues) => formatTranscript(cues, false),
	},
	timedTranscript: {
		label: 'Transcript with Times',
		extension: 'timed-transcript.txt',
		mimeType: 'text/plain',
		write: (cues) => formatTranscript(cues, true),
	},
};

/**
 * The file of a result as Gcore has cut it: its own if there is one of this format, else one made of
 * its cues. For cues that were laid out there is {@link SubtitleFormat.write}.
 */
export function renderResult(
	id: SubtitleFormatId,
	result: TaskResult | null | undefined,
	language: string | null = null,
): string {
	const { own, write } = SUBTITLE_FORMATS[id];
	return own?.(result) ?? write(cuesOf(result), language);
}

/** Cues as rows in Gcore's own shape. */
export function cueRows(cues: readonly Cue[]) {
	return cues.map(({ start, end, text }) => ({
		start_time: formatTimestamp(start, '.'),
		end_time: formatTimestamp(end, '.'),
		text,
	}));
}

/** Gcore's own file to the letter, if it is valid and holds all cues. */
function ownWebVtt(result: TaskResult | null | undefined): string | undefined {
	const own = textOf(result?.vttContent);
	return isValidWebVtt(own) && parseWebVtt(own).length >= cuesOf(result).length ? own : undefined;
}

function ownPlainText(result: TaskResult | null | undefined): string | undefined {
	const own = textOf(result?.concatenated_text).replace(/\r\n?/g, '\n').trim();
	return own ? `${own}\n` : undefined;
}
