import { SUBTITLE_FORMATS } from '../shared/subtitles/formats';
import type { SubtitleFormatId } from '../shared/subtitles/formats';
import { alphabetical } from './alphabetical';
import { choiceField, choicesField, fieldShownWhen, textField } from './field';
import type { Field, ValuesOf } from './field';
import { LAYOUT_OPTIONS } from './layoutFields';

const FORMAT_IDS = Object.keys(SUBTITLE_FORMATS) as SubtitleFormatId[];

/** Every format of subtitles, for a dropdown. */
export const FORMAT_OPTIONS = alphabetical(
	FORMAT_IDS.map((value) => ({ name: SUBTITLE_FORMATS[value].label, value })),
	({ name }) => name,
);

const FORMATS = {
	displayName: 'Formats',
	name: 'formats',
	type: 'multiOptions',
	options: FORMAT_OPTIONS,
	default: ['srt'],
	description:
		'SRT suits video editors and players, WebVTT web pages. JSON Cues is a list of texts with their times, for further work in n8n.',
} as const;

/** The formats of an operation that returns only subtitles. */
export const requiredFormats = choicesField({ ...FORMATS, required: true });

/** The formats of an operation that can do without subtitles. */
export const optionalFormats = choicesField(FORMATS);

const OUTPUT_AS = {
	displayName: 'Output As',
	name: 'outputAs',
	type: 'options',
	options: [
		{ name: 'Files', value: 'files', description: 'A binary file for each format' },
		{ name: 'Text in JSON', value: 'json', description: 'A JSON field for each format' },
	],
	default: 'files',
} as const;

const asFiles = choiceField(OUTPUT_AS);
const asText = choiceField({ ...OUTPUT_AS, default: 'json' });

/** Files or text. A tool returns text unless told otherwise: n8n's agents drop files. */
export const outputAs: Field<'outputAs', 'files' | 'json'> = {
	name: 'outputAs',
	properties: [
		...fieldShownWhen({ '@tool': [false] }, asFiles).properties,
		...fieldShownWhen({ '@tool': [true] }, asText).properties,
	],
	read: (values) => asFiles.read(values),
};

/** In characters. */
export const NAME_LIMIT = 150;

/** Shows an option only if files are made. */
const forFiles = { '/outputAs': ['files'] };

/** How the files are named. */
const FILE_OPTIONS = [
	textField(
		{
			displayName: 'Binary Field Prefix',
			name: 'prefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. subtitles_',
			displayOptions: { show: forFiles },
			description: 'A prefix for the names of the binary fields, such as vtt and srt',
		},
		NAME_LIMIT,
	),
	textField(
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-video',
			displayOptions: { show: forFiles },
			description:
				'Name of the files without language and extension, which are added. The name of the video unless set.',
		},
		NAME_LIMIT,
	),
] as const;

/** The Options of every operation that makes subtitles. */
export const SUBTITLE_OPTIONS = [...FILE_OPTIONS, ...LAYOUT_OPTIONS] as const;

/** The subtitles that an item asks for. */
export interface SubtitlesWanted {
	formats: readonly SubtitleFormatId[];
	outputAs: 'files' | 'json';
	options: ValuesOf<typeof SUBTITLE_OPTIONS>;
}
