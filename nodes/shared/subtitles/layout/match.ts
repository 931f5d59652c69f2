import type { Sentence } from './join';
import { endOf, startOf } from './time';

/** Sentences of an original and of its translation that say the same. Either may be empty. */
export type Match = [original: Sentence[], translation: Sentence[]];

/**
 * Matches the sentences of two languages. Equal numbers of sentences at the same time are matched in
 * order, since times inside a cue are only estimates; others are matched by the time that they share.
 *
 * @param original ordered by start, not overlapping
 * @param translation ordered by start, not overlapping
 * @returns all sentences, in their order
 */
export function matched(original: readonly Sentence[], translation: readonly Sentence[]): Match[] {
	return blocksOf(original, translation).flatMap((block) => {
		const [own, other] = block;
		if (own.length === 0 || other.length === 0) return [block];
		const isPaired = own.length === other.length && own.every((one, at) => share(one, other[at]));
		return isPaired ? own.map((one, at): Match => [[one], other.slice(at, at + 1)]) : byTime(block);
	});
}

/** Sentences that share time with each other, directly or through others. */
function blocksOf(original: readonly Sentence[], translation: readonly Sentence[]): Match[] {
	const all = [original, translation]
		.flatMap((sentences, side) => sentences.map((sentence) => ({ sentence, side })))
		.sort((a, b) => fromOf(a.sentence) - fromOf(b.sentence));
	const blocks: Match[] = [];
	let until = 0;
	for (const { sentence, side } of all) {
		if (blocks.length === 0 || fromOf(sentence) >= until) blocks.push([[], []]);
		blocks.at(-1)?.[side]?.push(sentence);
		until = Math.max(until, untilOf(sentence));
	}
	return blocks;
}

function fromOf({ words }: Sentence): number {
	return startOf(words);
}

/** The gap to the next word may end a sentence before its last word starts. */
function untilOf({ words }: Sentence): number {
	return Math.max(endOf(words), (words.at(-1)?.start ?? 0) + 1);
}

/** The time that two sentences share, in milliseconds; 0 if there is none. */
function share(one: Sentence, other: Sentence | undefined): number {
	if (!other) return 0;
	const until = Math.min(untilOf(one), untilOf(other));
	return Math.max(0, until - Math.max(fromOf(one), fromOf(other)));
}

/**
 * A sentence of the translation goes with the sentence of the original that it shares most time with. A
 * sentence of the original that is left without one, but is covered at least half by one, joins the
 * sentence that this one goes with.
 */
function byTime([original, translation]: Match): Match[] {
	const { ofOriginal, ofTranslation } = mostShared(original, translation);
	const isOwner = new Set(ofTranslation.map(({ at }) => at));
	const matches = new Map<number, Match>();
	for (const [at, sentence] of original.entries()) {
		const { at: longest, time } = ofOriginal[at] ?? { at: 0, time: 0 };
		const isCovered = time * 2 >= untilOf(sentence) - fromOf(sentence);
		const owner = isOwner.has(at) || !isCovered ? at : (ofTranslation[longest]?.at ?? at);
		const match = matches.get(owner);
		if (match) match[0].push(sentence);
		else matches.set(owner, [[sentence], []]);
	}
	for (const [at, sentence] of translation.entries())
		matches.get(ofTranslation[at]?.at ?? 0)?.[1].push(sentence);
	return [...matches.values()];
}

/** For each sentence, the sentence of the other language that shares most time with it. */
function mostShared(original: readonly Sentence[], translation: readonly Sentence[]) {
	const none = () => ({ at: 0, time: 0 });
	const [ofOriginal, ofTranslation] = [original.map(none), translation.map(none)];
	let [own, other] = [0, 0];
	while (own < original.length && other < translation.length) {
		const [one, two] = [original[own] as Sentence, translation[other] as Sentence];
		const time = share(one, two);
		if (time > (ofOriginal[own]?.time ?? 0)) ofOriginal[own] = { at: other, time };
		if (time > (ofTranslation[other]?.time ?? 0)) ofTranslation[other] = { at: own, time };
		if (untilOf(one) < untilOf(two)) own += 1;
		else other += 1;
	}
	return { ofOriginal, ofTranslation };
}
