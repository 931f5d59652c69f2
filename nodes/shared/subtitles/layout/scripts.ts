/**
 * Chinese and Japanese, with their marks, as the inside of a character class: their lines are joined
 * without a space.
 */
export const SOLID = '\\u3000-\\u30ff\\uff01-\\uff9f\\p{Script=Han}';
const SOLID_START = new RegExp(`^[${SOLID}]`, 'u');
const SOLID_END = new RegExp(`[${SOLID}]$`, 'u');
const SOLID_LETTERS = new RegExp(`[${SOLID}]`, 'gu');
const SOLID_SPACES = new RegExp(`(?<=[${SOLID}])[^\\S\\n]+(?=[${SOLID}])`, 'gu');
const SOLID_MARKS = /[、，；：､。．！？｡]/g;

/** Chinese or Japanese with less than one mark per this many characters has spaces instead. */
const LETTERS_A_MARK = 60;

/** The scripts without spaces between words, as the inside of a character class. */
export const UNSPACED_SCRIPTS = `${SOLID}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}`;

export const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS}]`, 'u');

/** Whether a text starts with Chinese or Japanese. */
export function startsSolid(text: string): boolean {
	return SOLID_START.test(text);
}

/** Whether a text ends with Chinese or Japanese. */
export function endsSolid(text: string): boolean {
	return SOLID_END.test(text);
}

/** Whether two lines, or cues, are joined with a space. In Thai, a space ends a phrase. */
export function needsSpace(before: string, after: string): boolean {
	return !(startsSolid(after) && endsSolid(before));
}

/** Joins lines into one. */
export function joinLines(lines: readonly string[]): string {
	return lines
		.map((line, at) => (at > 0 && needsSpace(lines[at - 1] ?? '', line) ? ` ${line}` : line))
		.join('');
}

/** Whether the Chinese or Japanese of a text, if there is any, has punctuation marks instead of spaces. */
export function isPunctuated(text: string): boolean {
	const [letters, marks] = [text.match(SOLID_LETTERS), text.match(SOLID_MARKS)];
	return (marks?.length ?? 0) * LETTERS_A_MARK >= (letters?.length ?? 0);
}

/** Removes the spaces inside Chinese and Japanese, as a line break would. */
export function closeSpaces(text: string): string {
	return text.replace(SOLID_SPACES, '');
}
