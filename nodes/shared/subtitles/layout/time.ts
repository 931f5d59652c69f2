import type { Cue } from '../cue';
import { lettersIn } from './tags';
import { columnsOf } from './width';
import type { Rules } from './rules';
import type { Word } from './words';

/** The shortest pause that keeps cues apart, in milliseconds: with less, they are said in one breath. */
export const PAUSE = 300;

/** The time that the slowest speech takes for a column, in milliseconds. */
const SLOWEST = 500;

/** How much longer than its speech a cue may last before its end counts as silence, in milliseconds. */
const SILENCE = 1_000;

/**
 * Sets when each word is spoken. Cues that overlap follow each other: the second begins as soon as
 * the first was shown for the minimum duration, never before its own start. Inside a cue its words
 * share the time by their width, since Gcore has no times of words.
 *
 * @param cues ordered by start
 * @param words the words of each cue, none of them empty
 */
export function timeWords(
	cues: readonly Cue[],
	words: ReadonlyArray<readonly Word[]>,
	{ minDuration, maxDuration, gap }: Rules,
): void {
	let earliest = 0;
	const times = cues.map((cue, at) => {
		const own = words[at] ?? [];
		const least = leastOf(own);
		const start = Math.max(cue.start, earliest);
		const end = Math.max(start + withoutSilence(cue.end - start, own, maxDuration), start + least);
		earliest = Math.min(end, start + Math.max(least, minDuration));
		return { start, end };
	});
	for (const [at, { start, end }] of times.entries()) {
		const next = times[at + 1]?.start ?? Infinity;
		const first = words[at + 1]?.[0];
		if (first) first.pause = next - end;
		share(words[at] ?? [], start, Math.min(end, next - gap), gap);
	}
}

/**
 * Delays words that would start before their original cue: when joined cues are laid out again, all of
 * their words share the time.
 *
 * @param spoken the same text in its original cues
 */
export function startWithSpeech(words: readonly Word[], spoken: readonly Cue[]): void {
	let [at, until, letters, earliest] = [-1, 0, 0, 0];
	for (const word of words) {
		while (letters >= until && at < spoken.length - 1) {
			at += 1;
			until += lettersIn(spoken[at]?.text ?? '');
		}
		letters += lettersIn(word.text);
		word.start = Math.max(word.start, spoken[at]?.start ?? 0, earliest);
		earliest = word.start + word.text.length;
	}
}

/** How long a cue lasts without the silence at its end, which speech models leave there. */
function withoutSilence(duration: number, words: readonly Word[], maxDuration: number): number {
	const longest = Math.max(maxDuration, totalWeightOf(words) * SLOWEST);
	return duration > longest + SILENCE ? longest : duration;
}

/** The least time for words, a millisecond per UTF-16 unit: a cue can be divided between any two. */
function leastOf(words: readonly Word[]): number {
	let units = 0;
	for (const { text } of words) units += text.length;
	return units;
}

function share(words: readonly Word[], start: number, end: number, gap: number): void {
	const least = leastOf(words);
	const until = Math.max(start + least, end);
	const total = totalWeightOf(words);
	let read = 0;
	let earliest = start;
	let last = until - least;
	let previous: Word | undefined;
	for (const word of words) {
		const exact = start + Math.floor(((until - start) * read) / total);
		word.start = Math.min(Math.max(exact, earliest), last);
		word.end = end;
		if (previous) previous.end = word.start - gap;
		read += weightOf(word);
		earliest = word.start + word.text.length;
		last += word.text.length;
		previous = word;
	}
}

function weightOf({ width, spaced }: Word): number {
	return Math.max(1, width + (spaced ? 1 : 0));
}

function totalWeightOf(words: readonly Word[]): number {
	return words.reduce((sum, word) => sum + weightOf(word), 0);
}

/** When words shown as one cue end, in milliseconds. */
export function endOf(words: readonly Word[]): number {
	return Math.max(startOf(words) + leastOf(words), words.at(-1)?.end ?? 0);
}

/** When words shown as one cue start, in milliseconds. */
export function startOf(words: readonly Word[]): number {
	return words[0]?.start ?? 0;
}

/**
 * Sets when cues end: cues too short to be read stay in the gap behind them, cues shown for longer than
 * the maximum end earlier. Starts stay as they are.
 *
 * @param cues as they are displayed, ordered and apart
 * @param goesOn whether the sentence of a cue goes on in the next. If so, a pause between them is kept,
 *   and without a pause the cue is not cut short: a second layout joins cues by the pauses between them
 */
export function settleEnds(cues: readonly Cue[], goesOn: readonly boolean[], rules: Rules): Cue[] {
	return cues.map((cue, at) => {
		const next = cues[at + 1]?.start ?? Infinity;
		const isPaused = next - cue.end >= PAUSE;
		const latest = next - (goesOn[at] && isPaused ? Math.max(PAUSE, rules.gap) : rules.gap);
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

/** The length of a text to read, in columns; a line break counts as a space. */
export function readingLength(text: string): number {
	return columnsOf(text.replaceAll('\n', ' '));
}
