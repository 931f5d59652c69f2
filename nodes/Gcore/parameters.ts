import { findLanguage, nearestLanguages } from '../shared/languages';
import { Problem } from '../shared/problem';

/** What stands for "not set": an expression gives these as easily as an empty field does. */
function isUnset(value: unknown): value is '' | null | undefined {
	return value === undefined || value === null || value === '';
}

/**
 * A language code as Gcore takes it, from what a dropdown or an expression gave.
 *
 * @param value any code of a language (`de`, `deu`, `ger`, `DE`, `de-AT`), or nothing
 * @param label the field's label, for the error
 * @returns Gcore's code, or undefined where the field is not set
 * @throws Problem with the nearest languages
 */
export function readLanguage(value: unknown, label: string): string | undefined {
	const code = typeof value === 'string' ? value.trim() : value;
	if (isUnset(code)) return undefined;
	if (typeof code !== 'string') {
		throw new Problem(`${label} is not text`, 'Give one language code as text, such as ger.');
	}
	const language = findLanguage(code);
	if (language) return language.code;
	const nearest = nearestLanguages(code.slice(0, 40)).map(({ code, name }) => `${name} (${code})`);
	throw new Problem(
		`${label} "${code.slice(0, 40)}" is no language that Gcore knows`,
		`Did you mean ${nearest.join(', ')}? Leave it empty for the default.`,
	);
}

/**
 * Several language codes as Gcore takes them, from what a dropdown or an expression gave: a list,
 * or text with commas between the codes. What `readLanguage` says of one code holds for each.
 */
export function readLanguages(value: unknown, label: string): string[] {
	const codes = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(',')
			: [value];
	return codes.flatMap((code: unknown) => readLanguage(code, label) ?? []);
}

/**
 * Text of a client's own, from what a field or an expression gave.
 *
 * @param value text or a number, or nothing
 * @param label the field's label, for the error
 * @param limit in characters
 * @returns the text to the letter, or undefined where the field is not set
 * @throws Problem where it is something else, or too long
 */
export function readText(value: unknown, label: string, limit: number): string | undefined {
	if (isUnset(value)) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new Problem(`${label} is not text or a number`, 'Give it as text or as a number.');
	}
	const text = String(value);
	// Counted as JSON Schema's maxLength counts: by code point, so that an emoji is one
	const length = [...text].length;
	if (length > limit) {
		throw new Problem(
			`${label} has ${length} characters`,
			`Gcore stores at most ${limit} characters: shorten it.`,
		);
	}
	return text;
}

/** JSON that is no text and no number as its text; anything else as it is. */
export function jsonAsText(value: unknown): unknown {
	const isJson = typeof value === 'boolean' || (typeof value === 'object' && value !== null);
	return isJson ? JSON.stringify(value) : value;
}

/**
 * A switch, from what it or an expression gave.
 *
 * @param fallback what counts where it is not set
 * @throws Problem where it is neither true nor false, as a value or as text
 */
export function readBoolean(value: unknown, label: string, fallback: boolean): boolean {
	if (isUnset(value)) return fallback;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new Problem(`${label} is neither true nor false`, 'Give true or false.');
}

/**
 * One entry of a dropdown, from what it or an expression gave.
 *
 * @param entries the values of the dropdown; the first counts where it is not set
 * @throws Problem where it is none of them
 */
export function readChoice<Entry extends string>(
	value: unknown,
	label: string,
	entries: readonly [Entry, ...Entry[]],
): Entry {
	if (isUnset(value)) return entries[0];
	const chosen = entries.find((entry) => entry === value);
	if (chosen !== undefined) return chosen;
	throw new Problem(
		`${label} has no "${String(value).slice(0, 40)}"`,
		`Choose one of ${entries.filter(Boolean).join(', ')}.`,
	);
}

/**
 * A number, from what a field or an expression gave.
 *
 * @param range `above` is excluded, `upTo` included
 * @param fallback what counts where it is not set
 * @throws Problem where it is no number, or out of range
 */
export function readNumber(
	value: unknown,
	label: string,
	{ above, upTo = Infinity, fallback }: { above: number; upTo?: number; fallback: number },
): number {
	const number = isUnset(value) ? fallback : typeof value === 'object' ? NaN : Number(value);
	if (number > above && number <= upTo) return number;
	const limit = upTo === Infinity ? '' : ` and up to ${upTo}`;
	throw new Problem(`${label} is not usable`, `Give a number above ${above}${limit}.`);
}

/** The fields that are set: what is undefined is left out of a request. */
export function definedOnly<Fields extends object>(fields: Fields) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
	};
}
