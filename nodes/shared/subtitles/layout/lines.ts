import { BREAK } from './breaks';
import type { Rules } from './rules';
import type { TimedWord } from './time';
import { lineOf, widthOf } from './words';

/** How much it counts that lines are long: squares, so that lines of one length are best. */
const LENGTH = 150;
/** How much it counts that a line is longer than the one below it. */
const TOP_HEAVY = 60;

/**
 * Whether words find room in one cue. Words of which one may not be divided from the next take a line
 * even if they are longer.
 *
 * @param rules in columns
 */
export function fits(words: readonly TimedWord[], rules: Rules): boolean {
	return countFitting(words, 0, rules) === words.length;
}

/** How many of the words from an index on find room in one cue, at least up to the first break. */
export function countFitting(words: readonly TimedWord[], from: number, rules: Rules): number {
	let line = 1;
	let width = 0;
	let breakAt = from;
	let widthAtBreak = 0;
	for (let at = from; at < words.length; at++) {
		const word = words[at] as TimedWord;
		if (at > from && word.before < BREAK.never) {
			breakAt = at;
			widthAtBreak = width;
			if (word.isTurn) {
				line += 1;
				width = 0;
				widthAtBreak = 0;
			}
		}
		width += word.width + Number(word.spaced && width > 0);
		if (width > rules.lineLength && widthAtBreak > 0) {
			line += 1;
			width = widthOf(words.slice(breakAt, at + 1));
			widthAtBreak = 0;
		}
		if (line > rules.lines) return breakAt - from;
	}
	return words.length - from;
}

/**
 * The text of a cue: on one line if it fits, else on as few lines as possible, of about one length,
 * divided at the best places. In a script without spaces the lines of a cue stay as they are, if they
 * fit: there a line break may stand for a space.
 *
 * @param words those of one cue, which {@link fits}
 * @param rules in columns
 */
export function balance(words: readonly TimedWord[], rules: Rules): string {
	const own = words.some(({ isUnspaced }) => isUnspaced) && ownLines(words, rules);
	const lines = own || bestLines(words, rules);
	return lines.map(lineOf).join('\n');
}

function ownLines(words: readonly TimedWord[], rules: Rules) {
	if (!words[0]?.isFirst || words.some(({ isFirst }, at) => isFirst && at > 0)) return undefined;
	const lines: TimedWord[][] = [];
	for (const word of words) {
		if (word.startsLine && lines.length > 0 && word.before === BREAK.never) return undefined;
		if (word.startsLine || word.isTurn || lines.length === 0) lines.push([]);
		lines.at(-1)?.push(word);
	}
	const isFine =
		lines.length <= rules.lines &&
		lines.every((line) => lineCost(line, rules.lineLength) < Infinity);
	return isFine ? lines : undefined;
}

/** The cheapest way to set the words from an index on, by the number of lines. */
interface Rest {
	cost: number;
	lines: TimedWord[][];
}

function bestLines(words: readonly TimedWord[], rules: Rules): TimedWord[][] {
	for (let count = 1; count <= words.length; count++) {
		const best = setLines(words, count, rules);
		if (best) return best.lines;
	}
	return [[...words]];
}

function setLines(words: readonly TimedWord[], count: number, rules: Rules): Rest | undefined {
	const cost = lineCost(words, rules.lineLength);
	if (count === 1) return cost < Infinity ? { cost, lines: [[...words]] } : undefined;
	let best: Rest | undefined;
	for (let at = 1; at < words.length; at++) {
		const next = words[at] as TimedWord;
		if (next.before === BREAK.never) continue;
		const line = words.slice(0, at);
		const own = lineCost(line, rules.lineLength);
		if (own === Infinity) break;
		const rest = setLines(words.slice(at), count - 1, rules);
		if (!rest) continue;
		const heavy = Math.max(0, widthOf(line) - widthOf(rest.lines[0] ?? [])) / rules.lineLength;
		const total = own + next.before + heavy * TOP_HEAVY + rest.cost;
		if (!best || total < best.cost) best = { cost: total, lines: [line, ...rest.lines] };
	}
	return best;
}

/** Infinite if words are too long for a line, and could be divided. */
function lineCost(words: readonly TimedWord[], lineLength: number): number {
	const width = widthOf(words);
	const inner = words.slice(1);
	if (inner.some(({ isTurn }) => isTurn)) return Infinity;
	if (width > lineLength && inner.some(({ before }) => before < BREAK.never)) return Infinity;
	return LENGTH * (width / lineLength) ** 2;
}
