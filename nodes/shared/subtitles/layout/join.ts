import { BREAK, breakBetween, forcedBreak } from './breaks';
import type { Grammar } from './grammar';
import type { Rules } from './rules';
import { endsSolid, needsSpace, startsSolid } from './scripts';
import { segmented } from './segments';
import { PAUSE } from './time';
import { bareWidthOf, setColumns, widthOf } from './words';
import type { Word } from './words';

const { never, sentence } = BREAK;

/** Words that are laid out independently of those around them. */
export interface Sentence {
	words: readonly Word[];
	/** Whether it may be cut where something new starts. A second layout would join others differently. */
	isWhole: boolean;
}

/** In columns. Longer text has no punctuation: its cues are its only structure. */
const LONGEST_SENTENCE = 500;

/**
 * Joins cues into sentences. Cues that were cut apart inside a sentence, with no pause between, are
 * joined; at the ends of sentences the text is divided, though sentences of less than half a line
 * stay with the next one.
 *
 * @param cues the words of each cue, into which the costs of breaks are written
 * @param rules in columns
 */
export function join(
	cues: ReadonlyArray<readonly Word[]>,
	grammar: Grammar,
	rules: Rules,
): Sentence[] {
	return runsOf(cues, grammar, rules).flatMap((run) => {
		if (isDialogue(run, rules)) return { words: run, isWhole: true };
		return divide(run, rules).flatMap((words) => wholeOrCues(words, grammar));
	});
}

/** The sentences of cues as {@link join} finds them, but with short ones separate. */
export function sentencesOf(
	cues: ReadonlyArray<readonly Word[]>,
	grammar: Grammar,
	rules: Rules,
): Sentence[] {
	return runsOf(cues, grammar, rules)
		.flatMap((run) => parts(run, ({ before }) => before === sentence))
		.flatMap((words) => wholeOrCues(words, grammar));
}

/** A sentence, or its cues if it can't be laid out anew. */
function wholeOrCues(words: Word[], grammar: Grammar): Sentence[] {
	const own = parts(words, ({ isFirst }) => isFirst);
	if (own.length === 1 || isSentence(words, grammar)) return [{ words, isWhole: true }];
	return own.map((cue) => ({ words: cue, isWhole: false }));
}

/** Whether the sentence of a cue goes on in the next, going by the text. */
export function goesOn(
	cue: readonly Word[],
	next: readonly Word[] | undefined,
	grammar: Grammar,
	rules: Rules,
): boolean {
	const [last, first] = [cue.at(-1), next?.[0]];
	if (!last || !first || !next || isDialogue(cue, rules) || isDialogue(next, rules)) return false;
	return breakBetween(last, first, grammar) > sentence;
}

/** Runs of cues without a pause or a sentence end between them, each as one list of words. */
function runsOf(cues: ReadonlyArray<readonly Word[]>, grammar: Grammar, rules: Rules): Word[][] {
	const runs: Word[][] = [];
	let previous: readonly Word[] = [];
	for (const cue of cues) {
		const [first, last] = [cue[0], previous.at(-1)];
		if (!first) continue;
		if (last && first.pause < PAUSE && goesOn(previous, cue, grammar, rules)) {
			first.spaced = needsSpace(last.text, first.text);
			runs.at(-1)?.push(...cue);
		} else {
			runs.push([...cue]);
		}
		previous = cue;
	}
	return runs.map((run) => {
		const words = segmented(run, !grammar.isPunctuated, rules.gap);
		setBreaks(words, grammar, rules);
		return words;
	});
}

/** Sets the cost of a break before each word, and the word's columns. */
function setBreaks(run: readonly Word[], grammar: Grammar, rules: Rules): void {
	let previous: Word | undefined;
	for (const word of run) {
		word.before = previous ? breakBetween(previous, word, grammar) : sentence;
		previous = word;
	}
	setColumns(run);
	loosen(run, grammar, rules);
}

/** Allows breaks in words that belong together but are longer than a line. */
function loosen(run: readonly Word[], grammar: Grammar, { lineLength }: Rules): void {
	for (let from = 0, to; from < run.length; from = to) {
		to = wordEnd(run, from);
		if (to === from + 1 || widthOf(run, from, to) <= lineLength) continue;
		for (let at = from + 1; at < to; at++) {
			const word = run[at] as Word;
			word.before = forcedBreak(run[at - 1] as Word, word, grammar);
		}
	}
}

/** Whether words are a dialogue in one cue, with a line for each speaker. */
function isDialogue(words: readonly Word[], { lines, lineLength }: Rules): boolean {
	if (!words[0]?.isTurn) return false;
	const turns = parts(words, ({ isTurn }) => isTurn);
	if (turns.length < 2 || turns.length > lines) return false;
	for (const turn of turns) setColumns(turn);
	return turns.every((turn) => widthOf(turn) <= lineLength);
}

/** Divides words before each that starts a part; the first always does. */
function parts(words: readonly Word[], starts: (word: Word, at: number) => boolean): Word[][] {
	const found: Word[][] = [];
	let from = 0;
	for (let at = 1; at <= words.length; at++) {
		const word = words[at];
		if (word && !starts(word, at)) continue;
		found.push(words.slice(from, at));
		from = at;
	}
	return found;
}

/** Divides a run into sentences; short ones stay together. */
function divide(run: readonly Word[], { lineLength }: Rules): Word[][] {
	let from = 0;
	const sentences = parts(run, ({ before, isTurn }, at) => {
		if (before > sentence) return false;
		const isRoom = widthOf(run, from, wordEnd(run, at)) <= lineLength;
		const isShort = isRoom && bareWidthOf(run.slice(from, at)) * 2 < lineLength;
		if (isShort && !isTurn) return false;
		from = at;
		return true;
	});
	const [previous, rest] = sentences.slice(-2);
	if (!previous || !rest || rest[0]?.isTurn || bareWidthOf(rest) * 2 >= lineLength)
		return sentences;
	const lastWord = previous.slice(previous.findLastIndex(({ before }) => before < never));
	if (widthOf([...lastWord, ...rest]) > lineLength) return sentences;
	return [...sentences.slice(0, -2), [...previous, ...rest]];
}

/** The end of the words that may not be divided from the word at an index. */
function wordEnd(run: readonly Word[], at: number): number {
	let end = at + 1;
	while (run[end]?.before === never) end += 1;
	return end;
}

/**
 * Whether words of several cues are a sentence that can be laid out anew. Text without punctuation
 * keeps its cues, and so does a script whose commas are spaces: they are lost at line ends.
 */
function isSentence(words: readonly Word[], { isPunctuated }: Grammar): boolean {
	if (bareWidthOf(words) > LONGEST_SENTENCE) return false;
	return words.every(
		(word) =>
			!word.isUnspaced || (isPunctuated && (startsSolid(word.text) || endsSolid(word.text))),
	);
}
