import type { Cue } from '../cue';
import { sentencesOf } from './join';
import type { Sentence } from './join';
import type { Layout } from './layout';
import { isTooFast, isTooLong, timedWordsOf } from './layout';
import { grammarOf } from './grammar';
import { matched } from './match';
import type { Match } from './match';
import { offset } from './offset';
import type { Rules } from './rules';
import { inColumns } from './rules';
import { middle, split } from './split';
import { takeTags } from './tags';
import type { Word } from './words';
import { endOf, settleEnds, startOf } from './time';
import { bareWidthOf, lineOf, widthOf } from './words';

/** The subtitles of one language. */
export interface Track {
	/** Ordered by start. */
	cues: readonly Cue[];
	/** A code of Gcore's such as `ger`; null if it is not known. */
	language: string | null;
	rules: Rules;
}

type Words = readonly Word[];

/** The rules of the original and of the translation, each of one line, in columns. */
type BothRules = readonly [Rules, Rules];

/** A cue in two languages; a line may be empty. */
interface Pair {
	start: number;
	end: number;
	lines: [original: string, translation: string];
}

/**
 * Puts a translation under the original, one line each. Sentences are matched by their order and time,
 * and the two are split into as many cues as the longer needs. A sentence that shares time with none
 * stands alone. A cue counts as too fast or too long if one of its lines does.
 *
 * @param seconds by which all cues move, before their ends and the counts are settled
 */
export function merge(original: Track, translation: Track, seconds = 0): Layout {
	const rules: BothRules = [oneLine(original), oneLine(translation)];
	const matches = matched(sentencesIn(original, rules[0]), sentencesIn(translation, rules[1]));
	const pairs = withoutShort(matches, rules).flatMap((match) => pairsOf(match, rules));
	return settled(offset(apart(pairs, rules[0]), seconds), rules);
}

function oneLine({ rules, language }: Track): Rules {
	return { ...inColumns(rules, language), lines: 1 };
}

function sentencesIn({ cues, language }: Track, rules: Rules): Sentence[] {
	const { bare } = takeTags(cues);
	const grammar = grammarOf(language, bare);
	return sentencesOf(timedWordsOf(bare, grammar, rules), grammar, rules);
}

/** Puts sentences of less than half a line in both languages together with their neighbours. */
function withoutShort(matches: readonly Match[], rules: BothRules): Match[] {
	const all: Match[] = [];
	for (const [at, match] of matches.entries()) {
		const previous = all.at(-1);
		const next = matches[at + 1];
		const isLast = !next || !goesOn(match, next);
		const isShort = previous && (isShorter(previous, rules) || (isLast && isShorter(match, rules)));
		const both = isShort && goesOn(previous, match) ? united(previous, match) : undefined;
		if (both && isEven(both, rules)) all[all.length - 1] = both;
		else all.push(match);
	}
	return all;
}

function isShorter(match: Match, rules: BothRules): boolean {
	return match.every((sentences, side) =>
		sentences.every(({ words }) => bareWidthOf(words) * 2 < (rules[side]?.lineLength ?? 0)),
	);
}

/** Whether each language has nothing in either match, or one sentence in each, in the same cue. */
function goesOn(previous: Match, match: Match): boolean {
	return match.every((sentences, side) => {
		const before = previous[side] ?? [];
		const [first] = sentences[0]?.words ?? [];
		if (!first) return before.length === 0;
		return before.length === 1 && sentences.length === 1 && !first.isFirst && !first.isTurn;
	});
}

function united(previous: Match, match: Match): Match {
	const of = (side: 0 | 1): Sentence[] => {
		const words = [...previous[side], ...match[side]].flatMap((sentence) => sentence.words);
		return words.length > 0 ? [{ words, isWhole: true }] : [];
	};
	return [of(0), of(1)];
}

/** Whether both languages need equally many cues, so that a sentence's start stays with its translation. */
function isEven(match: Match, rules: BothRules): boolean {
	const [own, other] = piecesOf(match, rules);
	return own.length === 0 || other.length === 0 || own.length === other.length;
}

function piecesOf([original, translation]: Match, [above, below]: BothRules): [Words[], Words[]] {
	return [
		original.flatMap((sentence) => split(sentence, above)),
		translation.flatMap((sentence) => split(sentence, below)),
	];
}

/**
 * Pieces of sentences and of their translation, equally many if there are enough words. If the original
 * has too few, each of its pieces is shown with the first of several of the translation, which share
 * its time: none is shown before its speech.
 */
function pairsOf(match: Match, rules: BothRules): Pair[] {
	const [original, translation] = piecesOf(match, rules);
	const count = Math.max(original.length, translation.length);
	const [above = [], below = []] = [original, translation].map((pieces) => divided(pieces, count));
	const spoken = above.length > 0 ? above : below;
	const firstOf = (piece: number) => Math.ceil((piece * count) / spoken.length);
	return Array.from({ length: count }, (_, at) => {
		const piece = Math.floor((at * spoken.length) / count);
		const first = firstOf(piece);
		const words = spoken[piece] ?? [];
		const [start, end] = [startOf(words), endOf(words)];
		const part = (index: number) =>
			Math.round(start + ((end - start) * (index - first)) / (firstOf(piece + 1) - first));
		return {
			start: part(at),
			end: part(at + 1),
			lines: [at === first ? lineOf(above[piece] ?? []) : '', lineOf(below[at] ?? [])],
		};
	});
}

/** Pairs in their order, each over before the next. */
function apart(pairs: readonly Pair[], { gap }: Rules): Pair[] {
	let earliest = 0;
	const ordered = [...pairs].sort((a, b) => a.start - b.start);
	const starts = ordered.map(({ start }) => {
		const own = Math.max(start, earliest);
		earliest = own + 1;
		return own;
	});
	return ordered.map((pair, at) => {
		const start = starts[at] ?? 0;
		const latest = (starts[at + 1] ?? Infinity) - gap;
		return { ...pair, start, end: Math.max(start + 1, Math.min(pair.end, latest)) };
	});
}

/** Halves the widest piece until there are as many as wanted, or none can be halved. */
function divided(pieces: readonly Words[], count: number): Words[] {
	const all = [...pieces];
	while (all.length < count) {
		const widths = all.map((words) => (middle(words, true) === undefined ? 0 : widthOf(words)));
		const widest = widths.indexOf(Math.max(...widths));
		const words = all[widest] ?? [];
		const at = middle(words, true);
		if (at === undefined) break;
		all.splice(widest, 1, words.slice(0, at), words.slice(at));
	}
	return all;
}

/** Each cue is shown for as long as its slower line needs. */
function settled(pairs: readonly Pair[], rules: BothRules): Layout {
	const lines = rules.map((own, side) => {
		const cues = pairs.map(({ start, end, lines: texts }) => ({
			start,
			end,
			text: texts[side] ?? '',
		}));
		return settleEnds(cues, [], own);
	});
	const cues = pairs.map(({ start, lines: texts }, at) => ({
		start,
		end: Math.max(...lines.map((own) => own[at]?.end ?? 0)),
		text: texts.filter(Boolean).join('\n'),
	}));
	const count = (breaks: (cue: Cue, rules: Rules) => boolean) =>
		cues.filter(({ start, end }, at) =>
			rules.some((own, side) => breaks({ start, end, text: pairs[at]?.lines[side] ?? '' }, own)),
		).length;
	return { cues, tooFast: count(isTooFast), tooLong: count(isTooLong) };
}
