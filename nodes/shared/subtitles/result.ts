import type { TaskResult } from '../api/types';
import type { Cue, TimedText } from './cue';
import { hasTimes, toCues } from './cue';
import { parseTimestamp } from './timestamp';
import { parseWebVtt } from './webVtt';

/**
 * The cues of a result: from `subtitles`, or from `vttContent` if there are none.
 *
 * No text gets lost over a bad time: if a row's times can't be read, `vttContent` replaces all rows if
 * it has as many cues; if not, such rows stand between their neighbours ({@link toCues}).
 */
export function cuesOf(result: TaskResult | null | undefined): Cue[] {
	const rows = readRows(result?.subtitles);
	const cues = toCues(rows);
	if (cues.length > 0 && rows.every(hasTimes)) return cues;
	const others = parseWebVtt(textOf(result?.vttContent));
	return others.length >= cues.length ? others : cues;
}

/** Whether a result is that of a transcription: it holds subtitles or text, or says that nobody spoke. */
export function isTranscript(result: TaskResult | null | undefined): boolean {
	const isSilent = result?.speech_detected === false;
	return isSilent || textOf(result?.concatenated_text) !== '' || cuesOf(result).length > 0;
}

/** Whether Gcore heard speech; if it does not say, whether there is any text. */
export function speechDetected(result: TaskResult | null | undefined): boolean {
	const detected = result?.speech_detected;
	if (typeof detected === 'boolean') return detected;
	return textOf(result?.concatenated_text) !== '' || cuesOf(result).length > 0;
}

/** @returns the value if it is text, else an empty string */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function readRows(subtitles: unknown): TimedText[] {
	if (!Array.isArray(subtitles)) return [];
	return subtitles.map((row: Record<string, unknown> | null) => ({
		start: parseTimestamp(textOf(row?.['start_time'])),
		end: parseTimestamp(textOf(row?.['end_time'])),
		text: textOf(row?.['text']),
	}));
}
