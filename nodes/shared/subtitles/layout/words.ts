import { columnsOf } from './width';

/** As much text as is never divided: a word, or a punctuation mark of a script without spaces. */
export interface Word {
	text: string;
	/** In columns. */
	width: number;
	/** Whether a space stands before it, unless it starts a line. */
	spaced: boolean;
	/** Whether it starts a line of its cue. */
	startsLine: boolean;
	/** Whether it is the dash of another speaker, or starts with one. */
	isTurn: boolean;
	/** Whether it is of a script that has no spaces between words. */
	isUnspaced: boolean;
}

/** Thai, Lao, Khmer, Burmese, Japanese and Chinese, with their marks: only a dictionary knows where words end. */
const SCRIPTS =
	'\\u3000-\\u30ff\\uff01-\\uff9f\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Han}';
const UNSPACED = new RegExp(`[${SCRIPTS}]`, 'u');
/** What is in these scripts, and what is not: that stays as it is, as it would stand alone. */
const STRETCHES = new RegExp(`[${SCRIPTS}][${SCRIPTS}\\p{M}\\p{Cf}]*|[^${SCRIPTS}]+`, 'gu');

/** Chinese and Japanese, which have no space between lines either; in the others a space ends a phrase. */
const SOLID_START =
	/^[\u3000-\u303f\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\uff01-\uff60]/u;
const SOLID_END =
	/[\u3000-\u303f\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\uff01-\uff60]$/u;

/** Kinsoku, the rules of line starts in Chinese and Japanese; Thai, Lao and Khmer have such marks too. */
export const NO_LINE_START =
	/^[\p{Pe}\p{Pf}!?:;,.%‰°…‥。、，．！？：；・ー々〻〜～ヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶๆฯໆៗ]/u;

/** White space at which text may be divided: not at a no-break space. */
const SPACES = /[^\S\u00a0\u202f\ufeff]+/;

/** A dash, not the minus of a number. */
const DASH = /^[-‐-―−](?!\d)/;

const TAGS = /<\/?[ibu]>/g;

/** Its dictionaries go by the script of the text, so that one serves every language. */
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a cue's text. Italics and the like, which Gcore does not write, are left out. */
export function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	for (const line of withoutTags(text).split('\n')) {
		let startsLine = true;
		for (const chunk of line.split(SPACES).filter(Boolean)) {
			let spaced = !startsLine || needsSpace(words.at(-1)?.text ?? '', chunk);
			for (const part of partsOf(chunk)) {
				words.push(wordOf(part, { spaced, startsLine, previous: words.at(-1)?.text }));
				spaced = false;
				startsLine = false;
			}
		}
	}
	return words;
}

/** Whether there is a space between two lines, or cues, that become one. */
export function needsSpace(before: string, after: string): boolean {
	return !(SOLID_END.test(before) && SOLID_START.test(after));
}

/** Whether a dash starts the word that opens no line: such a dash stays with the word before it. */
export function startsWithDash({ text, isTurn }: Word): boolean {
	return !isTurn && DASH.test(text);
}

/** The text of words on one line. */
export function lineOf(words: readonly Word[]): string {
	return words.map(({ text, spaced }, at) => (spaced && at > 0 ? ` ${text}` : text)).join('');
}

/** The width of words without spaces, in columns: it is the same wherever they are divided. */
export function bareWidthOf(words: readonly Word[]): number {
	return words.reduce((sum, { width }) => sum + width, 0);
}

/** The width of words on one line, in columns; of those from an index up to another, if given. */
export function widthOf(words: readonly Word[], from = 0, to = words.length): number {
	let width = 0;
	for (let at = from; at < to; at++) {
		const word = words[at] as Word;
		width += word.width + Number(word.spaced && at > from);
	}
	return width;
}

/** A removed tag may leave another behind (`<<i>i>`). */
function withoutTags(text: string): string {
	const plain = text.replace(TAGS, '');
	return plain === text ? text : withoutTags(plain);
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

interface Place {
	spaced: boolean;
	startsLine: boolean;
	previous: string | undefined;
}

function wordOf(text: string, { spaced, startsLine, previous }: Place): Word {
	const opens = startsLine || (spaced && /[.!?…。！？]["'”’»)]*$/.test(previous ?? ''));
	return {
		text,
		width: columnsOf(text),
		spaced,
		startsLine,
		isTurn: opens && DASH.test(text),
		isUnspaced: UNSPACED.test(text),
	};
}
