import { NO_LINE_START } from './marks';
import { UNSPACED, UNSPACED_SCRIPTS as SCRIPTS } from './scripts';
import { lineOf, newWord } from './words';
import type { Word } from './words';

/** Stretches of scripts without spaces, and of other scripts, which stay as they are. */
const STRETCHES = new RegExp(`[${SCRIPTS}][${SCRIPTS}\\p{M}\\p{Cf}]*|[^${SCRIPTS}]+`, 'gu');

const BEHIND_MARK = /(?<=[、。，！？；：])/;

/**
 * Its dictionaries go by the script of the text, so one segmenter serves every language. Made when
 * first needed: that takes 20 ms, which would delay n8n's start.
 */
let segmenter: Intl.Segmenter | undefined;

/**
 * Divides text of scripts without spaces into words, which share its time.
 *
 * @param isCut whether cues and lines end where words do. They do not if a speech model has cut them
 */
export function segmented(words: Word[], isCut: boolean, gap: number): Word[] {
	if (!words.some(({ isUnspaced }) => isUnspaced)) return words;
	const texts = isCut ? words.map(({ text }) => text) : lineOf(words).split(' ');
	const whole: Word[] = [];
	let [at, read] = [0, 0];
	for (const part of texts.flatMap(partsOf)) {
		const old = words[at] as Word;
		const word = newWord(part);
		word.start =
			old.start + Math.floor(((untilOf(words, at) - old.start) * read) / old.text.length);
		if (read === 0) {
			word.spaced = old.spaced;
			word.startsLine = old.startsLine;
			word.isFirst = old.isFirst;
			word.isTurn = old.isTurn;
		}
		const previous = whole.at(-1);
		if (previous && read > 0) previous.end = word.start - gap;
		for (read += part.length; read >= (words[at]?.text.length ?? Infinity); at++) {
			const { text, end } = words[at] as Word;
			read -= text.length;
			word.end = end;
		}
		whole.push(word);
	}
	return whole;
}

/** When the next word begins, or the last word of a cue ends. */
function untilOf(words: readonly Word[], at: number): number {
	const { start, end, text } = words[at] as Word;
	const next = words[at + 1];
	return next && !next.isFirst ? next.start : Math.max(end, start + text.length);
}

/** Marks stay with their word, so that a word shows whether it ends a sentence. */
function partsOf(chunk: string): string[] {
	if (!UNSPACED.test(chunk)) return [chunk];
	const parts: string[] = [];
	for (const part of chunk.match(STRETCHES)?.flatMap(segmentsOf) ?? []) {
		const previous = NO_LINE_START.test(part) ? parts.pop() : undefined;
		parts.push(previous ? previous + part : part);
	}
	return parts;
}

/** Looks only between marks, which no word crosses: a long text would take longer. */
function segmentsOf(stretch: string): string[] {
	if (!UNSPACED.test(stretch)) return [stretch];
	return stretch.split(BEHIND_MARK).flatMap(segmentsBetweenMarks);
}

/** Asking for one segment at a time takes half as long as iterating over them. */
function segmentsBetweenMarks(stretch: string): string[] {
	segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
	const segments = segmenter.segment(stretch);
	const found: string[] = [];
	for (let from = 0; from < stretch.length;) {
		const segment = segments.containing(from)?.segment ?? stretch.slice(from);
		found.push(segment);
		from += segment.length;
	}
	return found;
}
