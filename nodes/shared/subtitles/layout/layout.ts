import type { Cue } from '../cue';
import { goesOn, join } from './join';
import { balance } from './lines';
import { grammarOf } from './grammar';
import type { Grammar } from './grammar';
import type { Rules } from './rules';
import { inColumns } from './rules';
import { closeSpaces, SOLID } from './scripts';
import { split } from './split';
import type { Word } from './words';
import { putTags, takeTags } from './tags';
import {
	endOf,
	PAUSE,
	readingLength,
	settleEnds,
	startOf,
	startWithSpeech,
	timeWords,
} from './time';
import { columnsOf } from './width';
import { wordsOf } from './words';

/** Cues as people can read them, and how many of them still break the rules. */
export interface Layout {
	cues: Cue[];
	/** Cues with more characters a second than the rules allow. */
	tooFast: number;
	/** Cues that are shown for longer than the rules allow, or have a longer line or more lines. */
	tooLong: number;
}

/** How often a text is laid out at most, until that changes nothing. */
const MOST_PASSES = 4;

/**
 * Text that a second layout may change: a dictionary sees each line alone, tags find others of their
 * kind, and Chinese or Japanese that was divided from Latin is joined with a space.
 */
const MAY_CHANGE = new RegExp(
	`[<\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]|[${SOLID}][^${SOLID}\\s]|[^${SOLID}\\s][${SOLID}]`,
	'u',
);

/**
 * Lays out cues so that they can be read: joins sentences that were cut apart, splits them into cues
 * of a length that fits, and sets lines and times. No letter is lost and no cue starts before its
 * speech. Cues that are laid out already stay as they are.
 *
 * @param cues ordered by start
 * @param language a code of Gcore's such as `ger`; null if it is not known
 */
export function layout(cues: readonly Cue[], language: string | null, rules: Rules): Layout {
	const columns = inColumns(rules, language);
	const grammar = grammarOf(language, cues);
	// A gap as long as a pause keeps apart what the first layout has joined
	const mayChange = columns.gap >= PAUSE || cues.some(({ text }) => MAY_CHANGE.test(text));
	let laid = layOut(cues, grammar, columns);
	// A cue that is too long may count as silence the second time
	for (let pass = 1; pass < MOST_PASSES && (laid.tooLong > 0 || mayChange); pass++) {
		const again = layOut(laid.cues, grammar, columns, cues);
		if (isSame(again.cues, laid.cues)) break;
		laid = again;
	}
	return laid;
}

/** @param spoken the original cues, if `cues` have been laid out already */
function layOut(
	cues: readonly Cue[],
	grammar: Grammar,
	columns: Rules,
	spoken?: readonly Cue[],
): Layout {
	const { bare, styles } = takeTags(cues);
	const timed = timedWordsOf(bare, grammar, columns);
	const sentences = join(timed, grammar, columns);
	if (spoken) {
		const words = sentences.flatMap((sentence) => sentence.words);
		startWithSpeech(words, takeTags(spoken).bare);
	}
	const laid = sentences.flatMap((sentence) => split(sentence, columns));
	const shown = laid.map((words) => cueOf(words, balance(words, columns)));
	const going = laid.map((words, at) => goesOn(words, laid[at + 1], grammar, columns));
	const settled = settleEnds(shown, going, columns);
	return { ...countsOf(settled, columns), cues: putTags(settled, styles) };
}

function isSame(cues: readonly Cue[], others: readonly Cue[]): boolean {
	return (
		cues.length === others.length &&
		cues.every(({ start, end, text }, at) => {
			const other = others[at];
			return start === other?.start && end === other.end && text === other.text;
		})
	);
}

/** The words of each cue that has any, with their times. */
export function timedWordsOf(
	cues: readonly Cue[],
	{ isPunctuated }: Grammar,
	rules: Rules,
): Word[][] {
	const read = cues.map((cue) => ({
		cue,
		words: wordsOf(isPunctuated ? closeSpaces(cue.text) : cue.text),
	}));
	const spoken = read.filter(({ words }) => words.length > 0);
	const words = spoken.map(({ words: own }) => own);
	timeWords(
		spoken.map(({ cue }) => cue),
		words,
		rules,
	);
	return words;
}

/** A cue of words. */
function cueOf(words: readonly Word[], text: string): Cue {
	return { start: startOf(words), end: endOf(words), text };
}

function countsOf(cues: readonly Cue[], rules: Rules): Omit<Layout, 'cues'> {
	return {
		tooFast: cues.filter((cue) => isTooFast(cue, rules)).length,
		tooLong: cues.filter((cue) => isTooLong(cue, rules)).length,
	};
}

/** @param rules in columns */
export function isTooFast({ start, end, text }: Cue, { readingSpeed }: Rules): boolean {
	return readingLength(text) * 1_000 > readingSpeed * (end - start);
}

/** @param rules in columns */
export function isTooLong(
	{ start, end, text }: Cue,
	{ lineLength, lines, maxDuration }: Rules,
): boolean {
	const own = text.split('\n');
	return (
		end - start > maxDuration ||
		own.length > lines ||
		own.some((line) => columnsOf(line) > lineLength)
	);
}
