import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { findLanguage, LANGUAGES, nearestLanguages } from '../shared/languages';
import { field, isUnset, quoted, readList } from './field';
import type { Field } from './field';
import { Problem } from './problem';

/** Every language, for a dropdown. */
export const LANGUAGE_OPTIONS: INodePropertyOptions[] = LANGUAGES.map(({ code, name }) => ({
	name,
	value: code,
}));

/** What to know of a language field before an expression goes into it. */
export const CODES_BY_EXPRESSION =
	'An expression may return any code of the language, such as <code>de</code>, <code>deu</code> or <code>de-AT</code>.';

/** A language; reads Gcore's code for it, or undefined if it is not set. */
export function languageField<const Name extends string>(
	property: INodeProperties & { name: Name },
): Field<Name, string | undefined> {
	return field(property, readLanguage);
}

/** A language that must be set; reads Gcore's code for it. */
export function requiredLanguageField<const Name extends string>(
	property: INodeProperties & { name: Name },
): Field<Name, string> {
	return field(property, (value, label) => {
		const code = readLanguage(value, label);
		if (code) return code;
		throw new Problem(`${label} is empty`, 'Choose a language.');
	});
}

/** Several languages: an expression may return a list, or text with commas between the codes. */
export function languagesField<const Name extends string>(
	property: INodeProperties & { name: Name },
): Field<Name, string[]> {
	return field(property, (value, label) => [
		...new Set(readList(value).flatMap((code) => readLanguage(code, label) ?? [])),
	]);
}

/**
 * A language code as Gcore takes it, from what a dropdown or an expression returned.
 *
 * @param value any code of a language (`de`, `deu`, `ger`, `DE`, `de-AT`), or nothing
 * @param label the field's label, for the error
 * @returns Gcore's code, or undefined if the field is not set
 * @throws Problem with the nearest languages
 */
export function readLanguage(value: unknown, label: string): string | undefined {
	const code = typeof value === 'string' ? value.trim() : value;
	if (isUnset(code)) return undefined;
	if (typeof code !== 'string') {
		throw new Problem(`${label} is not text`, 'Use one language code as text, such as ger.');
	}
	const language = findLanguage(code);
	if (language) return language.code;
	const nearest = nearestLanguages(code.slice(0, 40)).map(({ code, name }) => `${name} (${code})`);
	throw new Problem(
		`${label} ${quoted(code)} is not a language Gcore knows`,
		`Did you mean ${nearest.join(', ')}? Leave it empty for the default.`,
	);
}
