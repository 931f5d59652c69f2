import type { Cue } from './cue';
import { SENTENCE_END } from './layout/marks';
import { needsSpace } from './layout/scripts';
import { formatTimestamp } from './timestamp';

/** A pause from which on a paragraph begins, in milliseconds. */
const PAUSE = 1_500;
/** In characters. From here on a paragraph ends with its sentence, if no pause ends it before. */
const LONG = 700;

/**
 * Writes the text for people to read and for language models: paragraphs by the pauses, without lines.
 *
 * @param stamps whether each paragraph begins with its time, such as `[00:01:12]`
 * @returns the file, empty if there are no cues
 */
export function formatTranscript(cues: readonly Cue[], stamps: boolean): string {
	return paragraphsOf(cues)
		.map(({ start, text }) =>
			stamps ? `[${formatTimestamp(start, '.').slice(0, -4)}] ${text}\n` : `${text}\n`,
		)
		.join('\n');
}

function paragraphsOf(cues: readonly Cue[]): Cue[] {
	const paragraphs: Cue[] = [];
	for (const { start, end, text } of cues) {
		const line = text
			.replace(/<\/?[ibu]>/g, '')
			.split('\n')
			.reduce(append);
		const last = paragraphs.at(-1);
		if (
			!last ||
			start - last.end >= PAUSE ||
			(last.text.length > LONG && SENTENCE_END.test(last.text))
		) {
			paragraphs.push({ start, end, text: line });
		} else {
			last.text = append(last.text, line);
			last.end = Math.max(last.end, end);
		}
	}
	return paragraphs;
}

function append(text: string, more: string): string {
	return text + (needsSpace(text, more) ? ' ' : '') + more;
}
