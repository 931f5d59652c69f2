import { BREAK, breakBetween, endsSentence } from './breaks';
import { fits } from './lines';
import type { Rules } from './rules';
import type { TimedWord } from './time';
import { endOf, pauseOf, startOf } from './time';
import { bareWidthOf, needsSpace, widthOf } from './words';

/** Words that are laid out without a look at those around them. */
export interface Sentence {
	words: readonly TimedWord[];
	/** Whether it may be cut where something new starts. Others would be joined otherwise by a second layout. */
	isWhole: boolean;
}

/** In columns. What goes on for longer is text without punctuation, whose cues are all it has of structure. */
const LONGEST_SENTENCE = 500;

/**
 * Joins cues into sentences. Cues that were cut apart inside a sentence, with no pause between, are
 * joined; at the ends of sentences the text is divided, though sentences of less than half a line
 * stay with the next one.
 *
 * @param cues the words of each cue; what a break before them costs is written into them
 * @param openers the words of the language that open a phrase
 * @param rules in columns
 */
export function join(
	cues: readonly TimedWord[][],
	openers: ReadonlySet<string>,
	rules: Rules,
): Sentence[] {
	return runsOf(cues, openers, rules).flatMap((run) =>
		isDialogue(run, rules)
			? { words: run, isWhole: true }
			: divide(run, rules).flatMap((words) => asKnown(words, rules)),
	);
}

/** Whether the sentence of a cue goes on in the next, going by the text. */
export function goesOn(
	cue: readonly TimedWord[],
	next: readonly TimedWord[] | undefined,
	openers: ReadonlySet<string>,
	rules: Rules,
): boolean {
	const [last, first] = [cue.at(-1), next?.[0]];
	if (!last || !first || !next || isDialogue(cue, rules) || isDialogue(next, rules)) return false;
	return breakBetween(last, first, openers) > BREAK.sentence;
}

/** Cues without a pause or the end of a sentence between them, as one list of words each. */
function runsOf(cues: readonly TimedWord[][], openers: ReadonlySet<string>, rules: Rules) {
	const runs: TimedWord[][] = [];
	let previous: readonly TimedWord[] = [];
	for (const cue of cues) {
		for (const [at, word] of cue.entries()) {
			const before = cue[at - 1];
			if (before) word.before = breakBetween(before, word, openers);
		}
		const [first, last] = [cue[0], previous.at(-1)];
		if (!first) continue;
		const isPaused = first.start - endOf(previous) >= pauseOf(rules);
		if (last && !isPaused && goesOn(previous, cue, openers, rules)) {
			first.spaced = needsSpace(last.text, first.text);
			first.before = breakBetween(last, first, openers);
			runs.at(-1)?.push(...cue);
		} else {
			runs.push([...cue]);
		}
		previous = cue;
	}
	return runs;
}

/** Speakers who each have a line of one cue. */
function isDialogue(words: readonly TimedWord[], { lines, lineLength }: Rules): boolean {
	const turns = words.filter(({ isTurn }) => isTurn).length;
	if (turns < 2 || turns > lines || !words[0]?.isTurn) return false;
	return parts(words, ({ isTurn }) => isTurn).every((turn) => widthOf(turn) <= lineLength);
}

/** Divides words before each that starts a part; the first always does. */
function parts<T>(words: readonly T[], starts: (word: T, at: number) => boolean): T[][] {
	const found: T[][] = [];
	for (const [at, word] of words.entries()) {
		if (at === 0 || starts(word, at)) found.push([]);
		found.at(-1)?.push(word);
	}
	return found;
}

/** Divides a run into sentences, or several if they are short. */
function divide(run: readonly TimedWord[], { lineLength }: Rules): TimedWord[][] {
	let from = 0;
	const sentences = parts(run, ({ before, isTurn }, at) => {
		if (before > BREAK.sentence) return false;
		const isRoom = widthOf(run, from, wordEnd(run, at)) <= lineLength;
		const isShort = isRoom && bareWidthOf(run.slice(from, at)) * 2 < lineLength;
		if (isShort && !isTurn) return false;
		from = at;
		return true;
	});
	const [previous, rest] = sentences.slice(-2);
	if (!previous || !rest || rest[0]?.isTurn || bareWidthOf(rest) * 2 >= lineLength)
		return sentences;
	const lastWord = previous.slice(previous.findLastIndex(({ before }) => before < BREAK.never));
	if (widthOf([...lastWord, ...rest]) > lineLength) return sentences;
	return [...sentences.slice(0, -2), [...previous, ...rest]];
}

/** Where the words end that may not be divided from the one at an index. */
function wordEnd(run: readonly TimedWord[], at: number): number {
	let end = at + 1;
	while (run[end]?.before === BREAK.never) end += 1;
	return end;
}

/**
 * A sentence as one, or by its cues if it is none that could be laid out anew: text without
 * punctuation; and in scripts without spaces what does not fit a cue, since a space that such a
 * script does have, as its comma, is lost where cues end.
 */
function asKnown(words: readonly TimedWord[], rules: Rules): Sentence[] {
	const isUnspaced = words.some((word) => word.isUnspaced);
	const isJoined = isUnspaced ? isOneCue(words, rules) : bareWidthOf(words) <= LONGEST_SENTENCE;
	if (isJoined || !words.some(({ isFirst }, at) => isFirst && at > 0))
		return [{ words, isWhole: true }];
	return parts(words, ({ isFirst }) => isFirst).map((cue) => ({ words: cue, isWhole: false }));
}

function isOneCue(words: readonly TimedWord[], rules: Rules): boolean {
	if (!endsSentence(words.at(-1)?.text ?? '')) return false;
	const apart = words.map((word) => ({ ...word, spaced: word.spaced || word.isFirst }));
	return endOf(words) - startOf(words) <= rules.maxDuration && fits(apart, rules);
}
