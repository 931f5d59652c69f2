import type { Grammar } from './grammar';
import {
	CLAUSE_END,
	CLOSING_MARKS,
	NO_LINE_END,
	NO_LINE_START,
	OPENING_MARKS,
	SENTENCE_END,
} from './marks';
import { endsSolid, needsSpace, startsSolid } from './scripts';
import { CURRENCIES } from './units';
import { startsWithDash } from './words';
import type { Word } from './words';

/** What a break costs, from the best place to the worst; at 0 something new starts. */
export const BREAK = {
	sentence: 0,
	clause: 5,
	phrase: 50,
	word: 70,
	bad: 110,
	never: 1_000,
} as const;

/** A word in lower case, before which no sentence ends: `"Really?" he asked`, `etc. and so on`. */
const STARTS_LOW = /^["'“‘«„([.…]*\p{Ll}/u;

/** A title, which stands before a name. */
const TITLE =
	/(?<![\p{Cased}'’-])(?:Mrs?|Ms|Mx|Messrs|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Sra|Srta|Dra|Mme|Mlle|Sig|Dott|Hr|Fr)\.$/u;

/** These, an initial (`J.`) and letters with dots (`e.g.`) end no sentence. */
const ABBREVIATION =
	/(?<![\p{Cased}\p{N}'’.-])(?:Sr|Jr|Nr|Mt|vs|approx|ca|bzw|bspw|zzgl|inkl|\p{Cased}|(?:\p{Cased}\.)+\p{Cased})\.$/u;

/** The number of a day or of a king. */
const ORDINAL = /(?<![\d.,:])\d{1,2}\.$/;

const NUMBER_END = /\p{Nd}$/u;
const NUMBER_START = /^\p{Nd}/u;
const DIGIT_GROUP = /^\d{3}(?!\d)/;
const TRAILING_MARKS = /(?<![^\p{L}\p{M}\p{N}\p{Sc}%‰°])[^\p{L}\p{M}\p{N}\p{Sc}%‰°]+$/u;
/** Words and signs before a number: a currency, `No.`, `§`. */
const COUNTED =
	/^(?:\p{Lu}*\p{Sc}|[§#№]|N[º°]|(?:Nos?|Nr|[Ff]ig|[Vv]ol|[Cc]h|Sec|Art|Abs|Kap|pp?|S|\p{L}+str)\.)$/u;

/** Particles and endings of Japanese and Chinese, which belong to the word before them. */
const PARTICLE =
	/^(?:[はがをにでともへやのかねよばたてだなるれいすず的地得了吗呢吧着过]|から|まで|より|です|ます|した|する|して|って|ない)[、。，！？]?$/u;

/** Words of letters alone, between which no mark decides. Most are: asking first halves the time. */
const CASED_LETTERS = /^[\p{Ll}\p{Lu}]+$/u;

/** How bad it is to end a line or a cue between two words: a constant of {@link BREAK}. */
export function breakBetween(before: Word, after: Word, grammar: Grammar): number {
	if (CASED_LETTERS.test(before.text) && CASED_LETTERS.test(after.text))
		return breakByMeaning(before, after, grammar);
	if (after.isTurn) return BREAK.sentence;
	if (isInseparable(before, after, grammar) || isScriptChange(before, after)) return BREAK.never;
	if (SENTENCE_END.test(before.text) && !isAbbreviated(before.text, after.text, grammar))
		return BREAK.sentence;
	if (CLAUSE_END.test(before.text)) return BREAK.clause;
	if (after.spaced && before.isUnspaced && after.isUnspaced) return BREAK.clause;
	return breakByMeaning(before, after, grammar);
}

/** How bad it is to divide two words that belong together, if a line has no room for them. */
export function forcedBreak(before: Word, after: Word, grammar: Grammar): number {
	if (startsWithDash(after)) return BREAK.never;
	if (after.spaced && needsSpace(before.text, after.text)) return BREAK.bad;
	if (!isScriptChange(before, after)) return BREAK.never;
	return isInseparable(before, after, grammar)
		? BREAK.never
		: breakBetween(before, { ...after, spaced: true }, grammar);
}

function breakByMeaning(before: Word, after: Word, { openers }: Grammar): number {
	const opens = openers.has(after.text.toLowerCase());
	if (openers.has(before.text.toLowerCase()) || isParticle(after)) return BREAK.bad;
	if (!opens && NUMBER_END.test(before.text)) return BREAK.bad;
	return opens || isParticle(before) ? BREAK.phrase : BREAK.word;
}

function isParticle({ text, isUnspaced }: Word): boolean {
	return isUnspaced && PARTICLE.test(text);
}

function isAbbreviated(text: string, next: string, { hasOrdinalDots }: Grammar): boolean {
	return STARTS_LOW.test(next) || ABBREVIATION.test(text) || (hasOrdinalDots && ORDINAL.test(text));
}

function isInseparable(before: Word, after: Word, grammar: Grammar): boolean {
	if (after.width === 0 || startsWithDash(after)) return true;
	if (isOneQuantity(before, after, grammar) || TITLE.test(before.text)) return true;
	const isApart = after.spaced && needsSpace(before.text, after.text);
	if ((isApart && !after.isUnspaced ? CLOSING_MARKS : NO_LINE_START).test(after.text)) return true;
	return (isApart ? OPENING_MARKS : NO_LINE_END).test(before.text);
}

/** Whether `字幕` meets `abc`: once divided, they would be joined with a space. */
function isScriptChange(before: Word, after: Word): boolean {
	return !after.spaced && endsSolid(before.text) !== startsSolid(after.text);
}

/** Whether two words are a number with its unit, or parts of one number. */
function isOneQuantity(
	{ text: before }: Word,
	{ text: after, spaced }: Word,
	{ units }: Grammar,
): boolean {
	if (NUMBER_END.test(before))
		return !spaced || DIGIT_GROUP.test(after) || units.has(after.replace(TRAILING_MARKS, ''));
	return NUMBER_START.test(after) && (COUNTED.test(before) || CURRENCIES.has(before));
}
