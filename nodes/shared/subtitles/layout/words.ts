import { SENTENCE_END } from './marks';
import { needsSpace, UNSPACED } from './scripts';
import { columnsOf } from './width';

/**
 * Text that is never divided: a word, or a punctuation mark of a script without spaces. Its times and
 * places are written into it later, since copies of so many words take too long.
 */
export interface Word {
	text: string;
	/** In columns. */
	width: number;
	/** Whether a space stands before it, unless it starts a line. */
	spaced: boolean;
	/** Whether it starts a line of its cue. */
	startsLine: boolean;
	/** Whether it is the first word of its cue. */
	isFirst: boolean;
	/** Whether it is the dash of another speaker, or starts with one. */
	isTurn: boolean;
	/** Whether it is of a script that has no spaces between words. */
	isUnspaced: boolean;
	/** How long nobody speaks before it if it is the first word of its cue, in milliseconds. */
	pause: number;
	/** When it is spoken, estimated from its cue, in whole milliseconds. */
	start: number;
	/** When a cue that ends with this word ends, before the gap to the next. */
	end: number;
	/** What a break before it costs. */
	before: number;
	/** Where it starts and ends if all words of its run are on one line, in columns. */
	left: number;
	right: number;
}

/** White space at which text may be divided: not at a no-break space. */
const SPACES = /[^\S\u00a0\u202f\ufeff]+/;

/** A dash, not the minus of a number. */
const DASH = /^(?:--?|[‐-―−])(?![\d>-])/;

/** The words of a cue's text. Text of a script without spaces between words is one word up to the next space. */
export function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	let previous: string | undefined;
	for (const line of text.split('\n')) {
		let startsLine = true;
		for (const part of line.split(SPACES)) {
			// Nothing, or a no-break space alone
			if (!part.trim()) continue;
			const word = newWord(part);
			word.startsLine = startsLine;
			word.isFirst = previous === undefined;
			word.spaced = !startsLine || needsSpace(previous ?? '', part);
			word.isTurn = DASH.test(part) && (startsLine || SENTENCE_END.test(previous ?? ''));
			words.push(word);
			startsLine = false;
			previous = part;
		}
	}
	return words;
}

export function newWord(text: string): Word {
	return {
		text,
		width: columnsOf(text),
		spaced: false,
		startsLine: false,
		isFirst: false,
		isTurn: false,
		isUnspaced: UNSPACED.test(text),
		pause: 0,
		start: 0,
		end: 0,
		before: 0,
		left: 0,
		right: 0,
	};
}

/** Whether a word starts with a dash that marks no speaker: it stays with the word before it. */
export function startsWithDash({ text, isTurn }: Word): boolean {
	return !isTurn && DASH.test(text);
}

/** The text of words on one line. */
export function lineOf(words: readonly Word[]): string {
	let line = words[0]?.text ?? '';
	for (let at = 1; at < words.length; at++) {
		const { text, spaced } = words[at] as Word;
		line += spaced ? ` ${text}` : text;
	}
	return line;
}

/** The width of words without spaces, in columns: it is the same wherever they are divided. */
export function bareWidthOf(words: readonly Word[]): number {
	return words.reduce((sum, { width }) => sum + width, 0);
}

/** The width of words that follow each other in a run, on one line; from an index up to another, if given. */
export function widthOf(words: readonly Word[], from = 0, to = words.length): number {
	return to > from ? (words[to - 1] as Word).right - (words[from] as Word).left : 0;
}

/** Sets where each word of a run starts. */
export function setColumns(words: readonly Word[]): void {
	let end = -1;
	for (const word of words) {
		word.left = word.spaced || end < 0 ? end + 1 : end;
		word.right = word.left + word.width;
		end = word.right;
	}
}
