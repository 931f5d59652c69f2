import { NO_LINE_START } from './marks';
import { lineOf, newWord, SCRIPTS, UNSPACED } from './words';
import type { Word } from './words';

/** What is in scripts without spaces, and what is not: that stays as it is, as it would stand alone. */
const STRETCHES = new RegExp(`[${SCRIPTS}][${SCRIPTS}\\p{M}\\p{Cf}]*|[^${SCRIPTS}]+`, 'gu');

/** Its dictionaries go by the script of the text, so that one serves every language. */
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });

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
		if (read === 0) {
			const { spaced, startsLine, isFirst, isTurn } = old;
			Object.assign(word, { spaced, startsLine, isFirst, isTurn });
		}
		word.start = timeAt(old, read);
		const previous = whole.at(-1);
		if (previous) previous.latest = word.start - gap;
		for (let left = part.length; left > 0;) {
			const { text } = words[at] as Word;
			const taken = Math.min(left, text.length - read);
			left -= taken;
			read += taken;
			word.end = timeAt(words[at] as Word, read);
			if (read < text.length) continue;
			at += 1;
			read = 0;
		}
		whole.push(word);
	}
	const last = whole.at(-1);
	if (last) last.latest = words.at(-1)?.latest ?? 0;
	return whole;
}

/** When so much of a word has been spoken. */
function timeAt({ text, start, end }: Word, units: number): number {
	return start + Math.floor(((end - start) * units) / text.length);
}

/** Marks stay with their word, so that a word shows whether it ends a sentence. */
function partsOf(chunk: string): string[] {
	if (!UNSPACED.test(chunk)) return [chunk];
	const parts: string[] = [];
	for (const part of chunk.match(STRETCHES)?.flatMap(segmentsOf) ?? []) {
		if (parts.length > 0 && NO_LINE_START.test(part)) parts.push(`${parts.pop()}${part}`);
		else parts.push(part);
	}
	return parts;
}

function segmentsOf(stretch: string): string[] {
	if (!UNSPACED.test(stretch)) return [stretch];
	return Array.from(SEGMENTER.segment(stretch), ({ segment }) => segment);
}
