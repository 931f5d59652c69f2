import type { Cue, TimedText } from './cue';
import { hasTimes, toCues } from './cue';
import { cueBlocks } from './cueBlocks';
import { parseTimestamp } from './timestamp';
import { decodeCueText, encodeCueText } from './webVttText';

const SIGNATURE = /^\uFEFF?WEBVTT(?![^ \t\r\n])/;

/** Blocks that hold no cue, whatever they contain. */
const OTHER_BLOCK = /^(NOTE|STYLE|REGION)(?!\S)/;

const ARROW = '-->';

/** A line of times as the standard has it: players drop a cue with any other. */
const TIMES =
	/^(\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]*-->[ \t]*(\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}([ \t]|$)/;

/** Whether players read the times of all cues of a WebVTT file. */
export function isValidWebVtt(text: string): boolean {
	const times = text.split(/[\r\n]/).filter((line) => line.includes(ARROW));
	return isWebVtt(text) && times.every((line) => TIMES.test(line));
}

/** Whether a text is a WebVTT file, by its first line, as the standard has it. */
export function isWebVtt(text: string): boolean {
	return SIGNATURE.test(text);
}

/**
 * Reads the cues of a WebVTT file, and of one without its first line. Identifiers, settings,
 * comments, styles and regions are skipped; of the tags only `<i>`, `<b>` and `<u>` remain.
 *
 * It is more forgiving than the standard if that would drop text: a cue whose times can't be read
 * is kept (see {@link toCues}), and so is a line of text with `-->` in it.
 */
export function parseWebVtt(text: string): Cue[] {
	const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
	return toCues(blocks.filter((block) => !OTHER_BLOCK.test(block)).flatMap(readBlock));
}

/**
 * Writes a WebVTT file, its cues numbered.
 *
 * @returns the file; its first line alone if there are no cues
 */
export function formatWebVtt(cues: readonly Cue[]): string {
	return ['WEBVTT\n', ...cueBlocks(cues, '.', encodeCueText)].join('\n');
}

/** Lines before the first times are the file's header or the cue's identifier. A block may hold several cues. */
function readBlock(block: string): TimedText[] {
	const found: TimedText[] = [];
	for (const line of block.split('\n')) {
		const current = found.at(-1);
		const times = readTimes(line);
		if (hasTimes(times) || (!current && line.includes(ARROW))) {
			found.push({ ...times, text: '' });
		} else if (current) {
			current.text += `${line}\n`;
		}
	}
	return found.map((cue) => ({ ...cue, text: decodeCueText(cue.text) }));
}

function readTimes(line: string): Pick<TimedText, 'start' | 'end'> {
	const [start = '', rest = ''] = line.split(ARROW);
	const [end = ''] = rest.trim().split(/\s/);
	return { start: parseTimestamp(start), end: parseTimestamp(end) };
}
