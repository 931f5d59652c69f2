import { BREAK } from './breaks';
import type { Sentence } from './join';
import { countFitting, fits } from './lines';
import type { Rules } from './rules';
import type { Word } from './words';
import { endOf, startOf } from './time';
import { widthOf } from './words';

/** The cost of another cue, on the scale of {@link BREAK}: a good break is worth one. */
const CUE = 20;
/** The weight of a cue's squared shortness: cues of equal length are best. */
const SHORTNESS = 40;
/** A cue that fills at least this share of its room is not short. */
const FILLED = 0.75;
/** The weight of a difference in length between the halves of a cue. */
const UNEVEN = 100;
/** The cost of ending a cue before a new sentence: they were put together on purpose. */
const FORCED = 1_000_000;

const { never, sentence } = BREAK;

type Words = readonly Word[];

/**
 * Splits a sentence that does not fit into one cue, at the best places; then halves cues that would be
 * shown for too long.
 *
 * Splits for length depend on the text alone: times change a little with every layout, and a second
 * layout must split nothing anew.
 *
 * @param rules in columns
 * @returns the words of each cue
 */
export function split({ words, isWhole }: Sentence, rules: Rules): Words[] {
	const cues = splitForRoom(words, rules);
	return cues.flatMap((cue) => splitForTime(cue, isWhole && cues.length === 1, rules));
}

function splitForRoom(words: Words, rules: Rules): Words[] {
	if (fits(words, rules)) return [words];
	const filled = rules.lineLength * rules.lines * FILLED;
	const costs: number[] = new Array<number>(words.length + 1).fill(Infinity);
	const ends: number[] = new Array<number>(words.length + 1).fill(words.length);
	costs[words.length] = 0;
	for (let from = words.length - 1; from >= 0; from--) {
		const last = from + countFitting(words, from, rules);
		const { left } = words[from] as Word;
		let lowest = Infinity;
		for (let to = from + 1; to <= last; to++) {
			const end = words[to];
			if (end?.before === never) continue;
			const lack = Math.max(0, 1 - ((words[to - 1] as Word).right - left) / filled);
			const cost = CUE + SHORTNESS * lack * lack + breakCost(end) + (costs[to] ?? Infinity);
			if (cost >= lowest) continue;
			lowest = cost;
			ends[from] = to;
		}
		costs[from] = lowest;
	}
	const cues: Words[] = [];
	for (let at = 0; at < words.length; at = ends[at] ?? words.length)
		cues.push(words.slice(at, ends[at]));
	return cues;
}

/** Whether a break before a word is inside a sentence, and allowed. */
function isInside({ before }: Word): boolean {
	return before > sentence && before < never;
}

function breakCost(end: Word | undefined): number {
	if (!end) return 0;
	return end.before === sentence ? FORCED : end.before;
}

/**
 * Halves words until no part is shown for too long.
 *
 * @param isWhole whether they are a whole sentence: then they may be divided where something new
 *   starts, and are divided there first
 */
function splitForTime(words: Words, isWhole: boolean, rules: Rules): Words[] {
	if (endOf(words) - startOf(words) <= rules.maxDuration) return [words];
	const at = middle(words, isWhole);
	if (at === undefined) return [words];
	return [words.slice(0, at), words.slice(at)].flatMap((half) =>
		splitForTime(half, isWhole, rules),
	);
}

/** The best break near the middle of words; none if there is no good one, or if they are a dialogue. */
export function middle(words: Words, isWhole: boolean): number | undefined {
	if (words.some(({ isTurn }, at) => isTurn && at > 0)) return undefined;
	const hasStarts = isWhole && words.some(({ before }, at) => at > 0 && before === sentence);
	const total = widthOf(words);
	let best: number | undefined;
	let lowest = Infinity;
	for (let at = 1; at < words.length; at++) {
		const word = words[at] as Word;
		const isBreak = hasStarts ? word.before === sentence : isInside(word);
		const cost = word.before + UNEVEN * Math.abs((widthOf(words, 0, at) * 2) / total - 1);
		if (!isBreak || cost >= lowest) continue;
		lowest = cost;
		best = at;
	}
	return best;
}
