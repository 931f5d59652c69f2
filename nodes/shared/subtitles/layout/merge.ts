import type { Cue } from '../cue';
import { join } from './join';
import type { Layout } from './layout';
import { isTooFast, isTooLong, timedWordsOf } from './layout';
import { grammarOf } from './grammar';
import type { Rules } from './rules';
import { inColumns } from './rules';
import { middle, split } from './split';
import { takeTags } from './tags';
import type { Word } from './words';
import { endOf, settleEnds, startOf } from './time';
import { columnsOf } from './width';
import { lineOf, widthOf } from './words';

/** The subtitles of one language. */
export interface Track {
	/** Ordered by start. */
	cues: readonly Cue[];
	/** A code of Gcore's such as `ger`; null if it is not known. */
	language: string | null;
	rules: Rules;
}

type Words = readonly Word[];

/** A cue in two languages; a line may be empty. */
interface Pair {
	start: number;
	end: number;
	lines: [original: string, translation: string];
}

/**
 * Puts a translation under the original, one line each. A cue of the translation goes with the
 * sentence that it shares most time with, and the two are split into as many cues as the longer needs.
 * One that shares time with none stands alone. A cue counts as too fast or too long if one of its
 * lines does.
 */
export function merge(original: Track, translation: Track): Layout {
	const rules = oneLine(original);
	const sentences = sentencesOf(original.cues, original.language, rules);
	const { below, alone } = matched(
		sentences.map(({ words }) => words),
		translation.cues,
	);
	const pairs = sentences.flatMap((sentence, at) => {
		const text = below[at]?.map((cue) => cue.text).join('\n') ?? '';
		const [start, end] = [startOf(sentence.words), endOf(sentence.words)];
		return pairsOf(split(sentence, rules), piecesOf({ start, end, text }, translation));
	});
	const others = alone.flatMap((cue) => pairsOf([], piecesOf(cue, translation)));
	return settled(apart([...pairs, ...others], rules), rules, oneLine(translation));
}

function oneLine({ rules, language }: Track): Rules {
	return { ...inColumns(rules, language), lines: 1 };
}

function sentencesOf(cues: readonly Cue[], language: string | null, rules: Rules) {
	const { bare } = takeTags(cues);
	const grammar = grammarOf(language, bare);
	return join(timedWordsOf(bare, grammar, rules), grammar, rules);
}

/** The cues of a translation by the sentence of the original that they belong to, and those of none. */
function matched(sentences: readonly Words[], cues: readonly Cue[]) {
	const below: Cue[][] = sentences.map(() => []);
	const alone: Cue[] = [];
	let from = 0;
	for (const cue of cues) {
		while (from < sentences.length - 1 && endOf(sentences[from] ?? []) <= cue.start) from += 1;
		let [best, most] = [from, 0];
		for (let at = from; at < sentences.length; at++) {
			const [start, end] = [startOf(sentences[at] ?? []), endOf(sentences[at] ?? [])];
			const shared = Math.min(end, cue.end) - Math.max(start, cue.start);
			if (shared > most) [best, most] = [at, shared];
			if (start >= cue.end) break;
		}
		(most > 0 ? below[best] : alone)?.push(cue);
		from = Math.max(0, best - 1);
	}
	return { below, alone };
}

function piecesOf(cue: Cue, track: Track): Words[] {
	const rules = oneLine(track);
	return sentencesOf([cue], track.language, rules).flatMap((own) => split(own, rules));
}

/** Pieces of a sentence and of its translation, as many of the one as of the other if words suffice. */
function pairsOf(original: readonly Words[], translation: readonly Words[]): Pair[] {
	const count = Math.max(original.length, translation.length);
	const [above, below] = [original, translation].map((pieces) => divided(pieces, count));
	const spoken = original.length > 0 ? original : translation;
	const [start, end] = [startOf(spoken[0] ?? []), endOf(spoken.at(-1) ?? [])];
	const timed = original.length > 0 ? above : below;
	const isEven = (timed?.length ?? 0) < count;
	return Array.from({ length: count }, (_, at) => {
		const piece = timed?.[at] ?? [];
		const part = (share: number) => Math.round(start + ((end - start) * share) / count);
		return {
			start: isEven ? part(at) : startOf(piece),
			end: isEven ? part(at + 1) : endOf(piece),
			lines: [lineOf(above?.[at] ?? []), lineOf(below?.[at] ?? [])],
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

function settled(pairs: readonly Pair[], above: Rules, below: Rules): Layout {
	const longer = pairs.map(({ start, end, lines: [own, other] }) => ({
		start,
		end,
		text: columnsOf(own) < columnsOf(other) ? other : own,
	}));
	const times = settleEnds(longer, [], above);
	const lines = pairs.map(({ lines: [own, other] }, at) => {
		const { start, end } = times[at] ?? { start: 0, end: 0 };
		return [
			{ start, end, text: own },
			{ start, end, text: other },
		] as const;
	});
	const count = (breaks: (cue: Cue, rules: Rules) => boolean) =>
		lines.filter(([own, other]) => breaks(own, above) || breaks(other, below)).length;
	return {
		cues: lines.map(([own, other]) => ({
			...own,
			text: [own.text, other.text].filter(Boolean).join('\n'),
		})),
		tooFast: count(isTooFast),
		tooLong: count(isTooLong),
	};
}
