import type { Word } from './words';
import { needsSpace, NO_LINE_START, startsWithDash } from './words';

/** What a break costs, from the best place to the worst; at 0 something new starts. */
export const BREAK = {
	sentence: 0,
	clause: 5,
	phrase: 50,
	word: 70,
	bad: 110,
	never: Infinity,
} as const;

const CLOSERS = '["\'”’“»›«)\\]}」』】）》〉]*$';
const SENTENCE_END = new RegExp(`[.!?…‥。．！？｡؟۔।॥։።፧။។៕]${CLOSERS}`, 'u');
const CLAUSE_END = new RegExp(`[,;:،؛、，；：､၊—–]${CLOSERS}`, 'u');

/** Before a word in lower case these end no sentence: `"Really?" he asked`, `etc. and so on`. */
const STARTS_LOW = /^["'“‘«„([]*\p{Ll}/u;

/** A title, an initial (`J.`), the number of a day (`3.`), letters with dots (`e.g.`): no ends of sentences. */
const ABBREVIATION =
	/^["'“‘«„(]*(?:Mrs?|Ms|Dr|Prof|St|Sr|Jr|vs|Sra|Srta|Mme|bzw|ca|Nr|\p{Lu}|\d{1,2}|(?:\p{L}\.)+\p{L})\.$/u;

const CLOSING_MARKS = /^[!?:;,.%‰°…‥。、，．！？：；・\p{Pe}\p{Pf}]+$/u;
const OPENING_MARKS = /^[\p{Ps}\p{Pi}¿¡]+$/u;

const NO_LINE_END = /[\p{Ps}\p{Pi}]$/u;

const UNITS = new Set(
	'% ‰ ° °C °F km m cm mm km/h mph kg g mg t l ml s ms min h Hz kHz MHz GHz W kW MW V A B kB KB MB GB TB px $ € £ ¥ ₽ USD EUR GBP kr zł Uhr Grad Prozent percent million billion Millionen Milliarden'.split(
		' ',
	),
);
/** Particles and endings of Japanese and Chinese, which belong to the word before them. */
const PARTICLE =
	/^(?:[はがをにでともへやのかねよばたてだなるれいすず的地得了吗呢吧着过]|から|まで|より|です|ます|した|する|して|って|ない)$/u;

const NUMBER_END = /\d$/;
const DIGIT_GROUP = /^\d{3}(?!\d)/;

/**
 * How bad it is to end a line or a cue between two words: a constant of {@link BREAK}.
 *
 * @param openers the words of the language that open a phrase
 */
export function breakBetween(before: Word, after: Word, openers: ReadonlySet<string>): number {
	if (after.isTurn) return BREAK.sentence;
	if (isInseparable(before, after)) return BREAK.never;
	if (endsSentence(before.text) && !isAbbreviated(before.text, after.text)) return BREAK.sentence;
	if (CLAUSE_END.test(before.text)) return BREAK.clause;
	if (after.spaced && before.isUnspaced && after.isUnspaced) return BREAK.clause;
	if (openers.has(before.text.toLowerCase()) || isParticle(after)) return BREAK.bad;
	return openers.has(after.text.toLowerCase()) || isParticle(before) ? BREAK.phrase : BREAK.word;
}

/** Whether a text ends with the mark of a sentence's end. */
export function endsSentence(text: string): boolean {
	return SENTENCE_END.test(text);
}

function isParticle({ text, isUnspaced }: Word): boolean {
	return isUnspaced && PARTICLE.test(text);
}

function isAbbreviated(text: string, next: string): boolean {
	return STARTS_LOW.test(next) || ABBREVIATION.test(text);
}

function isInseparable(before: Word, after: Word): boolean {
	if (after.width === 0 || startsWithDash(after)) return true;
	if (NUMBER_END.test(before.text))
		if (!after.spaced || UNITS.has(after.text) || DIGIT_GROUP.test(after.text)) return true;
	return after.spaced && needsSpace(before.text, after.text)
		? CLOSING_MARKS.test(after.text) || OPENING_MARKS.test(before.text)
		: NO_LINE_START.test(after.text) || NO_LINE_END.test(before.text);
}
