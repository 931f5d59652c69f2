import type { Cue } from '../cue';
import { columnsOf } from './width';
import type { Rules } from './rules';
import type { Word } from './words';

/** A word and when it is spoken, as far as its cue tells. Times are whole milliseconds. */
export interface TimedWord extends Word {
	start: number;
	end: number;
	/** When a cue that ends with this word has to have ended: the next needs its gap. */
	latest: number;
	/** Whether it is the first word of its cue. */
	isFirst: boolean;
	/** What a break before it costs; set where cues are joined. */
	before: number;
}

/** Cues apart by less are said in one breath. In milliseconds. */
const BREATH = 300;

/** The pause from which on cues stay apart, in milliseconds. A gap of the rules is none. */
export function pauseOf({ gap }: Rules): number {
	return Math.max(BREATH, gap + 1);
}

/**
 * Gives each word its time. Cues that overlap follow each other: the second begins as soon as the
 * first was shown for the minimum duration, never before its own start. Inside a cue its words share
 * the time by their width, since Gcore has no times of words.
 *
 * @param cues ordered by start
 * @param words those of each cue, none of them empty; the times are written into them
 */
export function timeWords(
	cues: readonly Cue[],
	words: readonly Word[][],
	rules: Rules,
): TimedWord[][] {
	const times = timesApart(cues, words, rules);
	return words.map((own, at) => {
		const { start, end } = times[at] ?? { start: 0, end: 0 };
		const latest = (times[at + 1]?.start ?? Infinity) - rules.gap;
		return share(own, { start, end, latest }, rules);
	});
}

/** The least time for words: a millisecond a UTF-16 unit, or a cue could not be divided between any two. */
function leastOf(words: readonly Word[]): number {
	return words.reduce((sum, { text }) => sum + text.length, 0);
}

function timesApart(cues: readonly Cue[], words: readonly Word[][], { minDuration }: Rules) {
	let earliest = 0;
	return cues.map((cue, at) => {
		const least = leastOf(words[at] ?? []);
		const start = Math.max(cue.start, earliest);
		const end = Math.max(cue.end, start + least);
		earliest = Math.min(end, start + Math.max(least, minDuration));
		return { start, end };
	});
}

function share(
	words: readonly Word[],
	{ start, end, latest }: Pick<TimedWord, 'start' | 'end' | 'latest'>,
	{ gap }: Rules,
): TimedWord[] {
	const until = Math.max(start + leastOf(words), Math.min(end, latest));
	const weights = words.map(({ width, spaced }) => Math.max(1, width + Number(spaced)));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let read = 0;
	let earliest = start;
	let left = leastOf(words);
	const starts = words.map(({ text }, at) => {
		const exact = start + Math.floor(((until - start) * read) / total);
		const from = Math.min(Math.max(exact, earliest), until - left);
		read += weights[at] ?? 0;
		left -= text.length;
		earliest = from + text.length;
		return from;
	});
	return words.map((word, at) => {
		const next = starts[at + 1];
		const times = { start: starts[at] ?? start, end: next ?? until };
		const own = { latest: next === undefined ? latest : next - gap, isFirst: at === 0, before: 0 };
		// Copies of so many words take more time than all the rest
		return Object.assign(word, times, own);
	});
}

/** When words shown as one cue end, in milliseconds: with the speech, or for the gap before the next. */
export function endOf(words: readonly TimedWord[]): number {
	const { end = 0, latest = 0 } = words.at(-1) ?? {};
	return Math.max(startOf(words) + leastOf(words), Math.min(end, latest));
}

/** When words shown as one cue start, in milliseconds. */
export function startOf(words: readonly TimedWord[]): number {
	return words[0]?.start ?? 0;
}

/**
 * Sets when cues end: those too short to be read stay in the gap behind them, those shown for
 * longer than the maximum end before. Starts stay as they are.
 *
 * @param cues as they are displayed, ordered and apart
 * @param goesOn whether the sentence of a cue goes on in the next. A pause between two such cues
 *   remains one, and only a cue without such a next one is cut short: how far cues are apart decides
 *   which are joined, so a second layout would otherwise join others
 */
export function settleEnds(cues: readonly Cue[], goesOn: readonly boolean[], rules: Rules): Cue[] {
	return cues.map((cue, at) => {
		const next = cues[at + 1]?.start ?? Infinity;
		const isPaused = next - cue.end >= pauseOf(rules);
		const latest = next - (goesOn[at] && isPaused ? pauseOf(rules) : rules.gap);
		const end = Math.max(cue.end, Math.min(latest, cue.start + timeToRead(cue.text, rules)));
		const isJoined = goesOn[at] && !isPaused;
		return { ...cue, end: isJoined ? end : Math.min(end, cue.start + rules.maxDuration) };
	});
}

/** How long a text has to be shown, in milliseconds; at most as long as it may be. */
function timeToRead(text: string, { readingSpeed, minDuration, maxDuration }: Rules): number {
	const toRead = Math.ceil((readingLength(text) * 1_000) / readingSpeed);
	return Math.min(Math.max(toRead, minDuration), maxDuration);
}

/** What there is to read, in columns: lines are apart as words are. */
export function readingLength(text: string): number {
	return columnsOf(text.replaceAll('\n', ' '));
}
