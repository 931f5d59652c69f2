import type { Cue } from './cue';
import { SENTENCE_END } from './layout/marks';
import { joinLines } from './layout/scripts';
import { onOneLine } from './plainText';
import { formatTimestamp } from './timestamp';

/** The shortest pause that starts a paragraph, in milliseconds. */
const PAUSE = 1_500;
/** In characters. A longer paragraph ends with its sentence, if no pause ends it first. */
const LONG = 700;

/**
 * Writes the text for people to read and for language models: paragraphs by the pauses, without lines.
 *
 * @param stamps whether each paragraph begins with its time, such as `[00:01:12]`
 * @returns the file, empty if there are no cues
 */
export function formatTranscript(cues: readonly Cue[], stamps: boolean): string {
	return paragraphsOf(cues)
		.map(({ start, lines }) => {
			const stamp = stamps ? `[${formatTimestamp(start, '.').slice(0, -4)}] ` : '';
			return `${stamp}${joinLines(lines)}\n`;
		})
		.join('\n');
}

interface Paragraph {
	/** In milliseconds. */
	start: number;
	end: number;
	/** The text of each cue. */
	lines: string[];
	/** In characters. */
	length: number;
}

/** Looks only at the last cue of a paragraph: its whole text again for each cue would take minutes. */
function paragraphsOf(cues: readonly Cue[]): Paragraph[] {
	const paragraphs: Paragraph[] = [];
	for (const { start, end, text } of cues) {
		const line = onOneLine(text);
		let last = paragraphs.at(-1);
		if (!last || start - last.end >= PAUSE || isComplete(last)) {
			last = { start, end, lines: [], length: 0 };
			paragraphs.push(last);
		}
		last.lines.push(line);
		last.length += line.length;
		last.end = Math.max(last.end, end);
	}
	return paragraphs;
}

function isComplete({ lines, length }: Paragraph): boolean {
	return length > LONG && SENTENCE_END.test(lines.at(-1) ?? '');
}
