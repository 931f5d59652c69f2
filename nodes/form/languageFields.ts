import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { findLanguage, LANGUAGES, nearestLanguages } from '../shared/languages';
import type { Language } from '../shared/languages';
import { field, isUnset, quoted, readList } from './field';
import type { Field } from './field';
import { Problem } from './problem';

/** A language dropdown, without the properties that all of them share. */
type LanguageProperty<Name extends string> = Omit<INodeProperties, 'type' | 'options'> & {
	name: Name;
};

/**
 * The languages that lead the list. The editor shows each entry whose name contains what was typed, in
 * the order of the list, and an entry further down often contains another language's code: `en` is in
 * Bengali too, `es` in Chinese, `ar` in Mandarin. In this order each code finds its own language first.
 */
const LEADING = ['ara', 'eng', 'spa', 'fre', 'ger', 'ita', 'por', 'rus', 'chi', 'jpn', 'kor'];

/** The editor searches the name of an entry, so it holds what people type. */
const LEADING_OPTIONS = LEADING.flatMap((code) => findLanguage(code) ?? []).map(optionOf);
const OTHER_OPTIONS = LANGUAGES.filter(({ code }) => !LEADING.includes(code)).map(optionOf);

/** Every language. */
const OPTIONS = [...LEADING_OPTIONS, ...OTHER_OPTIONS];

function optionOf(language: Language): INodePropertyOptions {
	return { name: optionName(language), value: language.code };
}

/** Such as `German (Deutsch; de, deu, ger)`. */
function optionName({ code, name, otherCodes, otherNames }: Language): string {
	const words = [otherNames.join(', '), [...otherCodes, code].join(', ')];
	return `${name} (${words.filter(Boolean).join('; ')})`;
}

/** Completes a dropdown; `allowArbitraryValues` keeps the editor from marking other codes red. */
function complete<Name extends string>(
	property: LanguageProperty<Name>,
	type: 'options' | 'multiOptions',
	options = OPTIONS,
) {
	return { ...property, type, options, allowArbitraryValues: true };
}

/**
 * A language; reads Gcore's code for it, or undefined if it is not set.
 *
 * @param unset the entry for no language, such as Auto-Detect, which stands below the leading
 *   languages: its name contains the code `de` too
 */
export function languageField<const Name extends string>({
	unset,
	...property
}: LanguageProperty<Name> & { unset: string }): Field<Name, string | undefined> {
	const options = [...LEADING_OPTIONS, { name: unset, value: '' }, ...OTHER_OPTIONS];
	return field(complete(property, 'options', options), (value, label) =>
		readLanguage(value, label, unset),
	);
}

/** A language that must be set; reads Gcore's code for it. */
export function requiredLanguageField<const Name extends string>(
	property: LanguageProperty<Name>,
): Field<Name, string> {
	return field(complete({ ...property, required: true }, 'options'), (value, label) => {
		const code = readLanguage(value, label);
		if (code) return code;
		throw new Problem(`${label} is empty`, CHOOSE);
	});
}

/** Several languages: an expression may return a list, or text with commas between the codes. */
export function languagesField<const Name extends string>(
	property: LanguageProperty<Name>,
): Field<Name, string[]> {
	return field(complete(property, 'multiOptions'), (value, label) => [
		...new Set(readList(value).flatMap((code) => readLanguage(code, label) ?? [])),
	]);
}

/** A language of the speech. */
export const AUDIO_LANGUAGE = {
	displayName: 'Audio Language',
	name: 'audioLanguage',
	default: '',
	description: 'Language spoken in the video',
} as const;

/** The entry for an audio language that Gcore detects. */
export const AUTO_DETECT = 'Auto-Detect';

/** A language of subtitles. */
export const SUBTITLES_LANGUAGE = {
	displayName: 'Subtitles Language',
	name: 'subtitlesLanguage',
	default: '',
	description: 'Language of the subtitles',
} as const;

/** Languages of translations. */
export const ALSO_TRANSLATE_TO = {
	displayName: 'Also Translate To',
	name: 'alsoTranslateTo' as const,
	default: [],
	description: 'More languages to make subtitles in. Each is a paid translation.',
};

const CHOOSE =
	'Choose a language from the list, or use its name or code, such as German, de or ger.';

/**
 * A language code as Gcore takes it, from what a dropdown or an expression returned.
 *
 * @param value any code or name of a language (`de`, `ger`, `de-AT`, `German`), or nothing
 * @param label the field's label, for the error
 * @param unset the dropdown's entry for no language
 * @returns Gcore's code, or undefined if the field is not set
 * @throws Problem with the nearest languages
 */
function readLanguage(value: unknown, label: string, unset?: string): string | undefined {
	const code = typeof value === 'string' ? value.trim() : value;
	if (isUnset(code)) return undefined;
	if (typeof code !== 'string') throw new Problem(`${label} is not text`, CHOOSE);
	const language = findLanguage(code);
	if (language) return language.code;
	const nearest = nearestLanguages(code.slice(0, 40)).map(({ code, name }) => `${name} (${code})`);
	const advice = nearest.length > 0 ? `Did you mean ${nearest.join(', ')}?` : CHOOSE;
	throw new Problem(
		`${label} ${quoted(code)} is not a language Gcore knows`,
		unset ? `${advice} Leave it empty for "${unset}".` : advice,
	);
}
