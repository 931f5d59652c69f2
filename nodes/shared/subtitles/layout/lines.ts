import { BREAK } from './breaks';
import type { Rules } from './rules';
import type { Word } from './words';
import { lineOf, widthOf } from './words';

/** The weight of a line's squared length: lines of equal length are best. */
const LENGTH = 150;
/** The weight of a line that is longer than the line below it. */
const TOP_HEAVY = 60;

const { never } = BREAK;

/**
 * Whether words fit into one cue. Words that may not be divided take one line even if they are too long
 * for it.
 *
 * @param rules in columns
 */
export function fits(words: readonly Word[], rules: Rules): boolean {
	return countFitting(words, 0, rules) === words.length;
}

/** How many of the words from an index on fit into one cue, at least up to the first break. */
export function countFitting(
	words: readonly Word[],
	from: number,
	{ lines, lineLength }: Rules,
): number {
	let line = 1;
	let lineAt = from;
	let breakAt = from;
	for (let at = from; at < words.length; at++) {
		const word = words[at] as Word;
		if (at > from && word.before < never) {
			breakAt = at;
			if (word.isTurn) {
				line += 1;
				lineAt = at;
			}
		}
		if (breakAt > lineAt && word.right - (words[lineAt] as Word).left > lineLength) {
			line += 1;
			lineAt = breakAt;
		}
		if (line > lines) return breakAt - from;
	}
	return words.length - from;
}

/**
 * The text of a cue: on one line if it fits, else on as few lines as possible, of about one length,
 * divided at the best places. In a script without spaces the lines of a cue stay as they are, if they
 * fit: there a line break may stand for a space.
 *
 * @param words the words of one cue, which {@link fits}
 * @param rules in columns
 */
export function balance(words: readonly Word[], rules: Rules): string {
	const own = words.some(({ isUnspaced }) => isUnspaced) && ownLines(words, rules);
	const lines = own || bestLines(words, rules);
	return lines.map(lineOf).join('\n');
}

function ownLines(words: readonly Word[], rules: Rules) {
	if (!words[0]?.isFirst || words.some(({ isFirst }, at) => isFirst && at > 0)) return undefined;
	const lines: Word[][] = [];
	for (const word of words) {
		if (word.startsLine && lines.length > 0 && word.before === never) return undefined;
		if (word.startsLine || word.isTurn || lines.length === 0) lines.push([]);
		lines.at(-1)?.push(word);
	}
	const isFine =
		lines.length <= rules.lines &&
		lines.every((line) => lineCost(line, rules.lineLength) < Infinity);
	return isFine ? lines : undefined;
}

/** A way to set the words from an index on. */
interface Setting {
	cost: number;
	/** Where each line ends. */
	ends: number[];
}

function bestLines(words: readonly Word[], rules: Rules): Word[][] {
	for (let count = 1; count <= words.length; count++) {
		const best = setLines(words, 0, count, rules.lineLength);
		if (best) return best.ends.map((end, at) => words.slice(best.ends[at - 1] ?? 0, end));
	}
	return [[...words]];
}

/** The cheapest way to set the words from an index on in so many lines, if there is any. */
function setLines(
	words: readonly Word[],
	from: number,
	count: number,
	lineLength: number,
): Setting | undefined {
	if (count === 1) {
		const cost = lineCost(words, lineLength, from);
		return cost < Infinity ? { cost, ends: [words.length] } : undefined;
	}
	let best: Setting | undefined;
	for (let at = from + 1; at < words.length; at++) {
		const { before } = words[at] as Word;
		if (before === never) continue;
		const own = lineCost(words, lineLength, from, at);
		if (own === Infinity) break;
		const rest = setLines(words, at, count - 1, lineLength);
		if (!rest) continue;
		const longer = widthOf(words, from, at) - widthOf(words, at, rest.ends[0]);
		const heavy = (TOP_HEAVY * Math.max(0, longer)) / lineLength;
		const cost = own + before + heavy + rest.cost;
		if (!best || cost < best.cost) best = { cost, ends: [at, ...rest.ends] };
	}
	return best;
}

/** What a line of words costs; infinite if it is too long and could be divided, or has two speakers. */
function lineCost(words: readonly Word[], lineLength: number, from = 0, to = words.length): number {
	const width = widthOf(words, from, to);
	for (let at = from + 1; at < to; at++) {
		const { isTurn, before } = words[at] as Word;
		if (isTurn || (width > lineLength && before < never)) return Infinity;
	}
	return LENGTH * (width / lineLength) ** 2;
}
