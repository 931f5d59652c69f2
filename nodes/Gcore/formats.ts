import type { INodePropertyOptions } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import { SUBTITLE_FORMATS } from '../shared/subtitles';
import type { SubtitleFormatId } from '../shared/subtitles';

const FORMAT_IDS = Object.keys(SUBTITLE_FORMATS) as SubtitleFormatId[];

/** Every format of subtitles, for a dropdown. */
export const FORMAT_OPTIONS: INodePropertyOptions[] = FORMAT_IDS.map((value) => ({
	name: SUBTITLE_FORMATS[value].label,
	value,
})).sort((a, b) => a.name.localeCompare(b.name, 'en'));

/**
 * Formats, from what the dropdown or an expression gave: a list, or text with commas.
 *
 * @param label the field's label, for the error
 * @throws Problem where there is none, or one that does not exist
 */
export function readFormats(value: unknown, label: string): SubtitleFormatId[] {
	const given = (Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((format) => String(format).trim().toLowerCase())
		.filter(Boolean);
	const unknown = given.find((format) => !FORMAT_IDS.some((id) => id === format));
	if (given.length === 0 || unknown !== undefined) {
		throw new Problem(
			unknown === undefined ? `${label} is empty` : `${label} has no "${unknown.slice(0, 40)}"`,
			`Choose one or more of ${FORMAT_IDS.join(', ')}.`,
		);
	}
	return FORMAT_IDS.filter((id) => given.includes(id));
}
