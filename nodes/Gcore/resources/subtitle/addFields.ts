import { binaryField } from '../../../form/binaryField';
import {
	booleanField,
	choiceField,
	field,
	fieldShownWhen,
	propertiesOf,
	readText,
	textField,
} from '../../../form/field';
import type { FieldValues } from '../../../form/field';
import { languageField } from '../../../form/languageFields';
import { Problem } from '../../../form/problem';
import { taskIdField } from '../../../form/taskFields';

/** In characters; far above what a player shows. */
const NAME_LIMIT = 256;

/** In characters; Gcore's own limit is in bytes, and is checked when the text is there. */
const TEXT_LIMIT = 5_000_000;

const from = choiceField({
	displayName: 'Subtitle Source',
	name: 'source',
	type: 'options',
	options: [
		{ name: 'File', value: 'file', description: 'A WebVTT or SRT file from the node before' },
		{ name: 'Task', value: 'task', description: 'A transcription task that succeeded' },
		{ name: 'Text', value: 'text', description: 'The text of a WebVTT or SRT file' },
	],
	default: 'task',
});

const text = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 5 },
		required: true,
		default: '',
		placeholder: 'e.g. WEBVTT …',
		description: 'The text of a WebVTT or SRT file, at most 5 MB',
	},
	(value, label) => {
		const given = readText(value, label, TEXT_LIMIT);
		if (given !== undefined) return given;
		throw new Problem(`${label} is empty`, 'Enter the text of a WebVTT or SRT file.');
	},
);

const subtitleFile = binaryField(
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		hint: 'The name of the input field with the WebVTT or SRT file',
	},
	(file) => file,
);

/** Where the subtitles come from, with the field that belongs to each way. */
export const subtitleSource = {
	name: 'source' as const,
	properties: propertiesOf([
		from,
		fieldShownWhen({ source: ['task'] }, taskIdField),
		fieldShownWhen({ source: ['text'] }, text),
		fieldShownWhen({ source: ['file'] }, subtitleFile),
	]),
	read(values: FieldValues) {
		const chosen = from.read(values);
		if (chosen === 'task') return { from: chosen, taskId: taskIdField.read(values) };
		if (chosen === 'text') return { from: chosen, text: text.read(values) };
		return { from: chosen, file: subtitleFile.read(values) };
	},
};

export const language = languageField({
	displayName: 'Subtitles Language',
	name: 'language',
	unset: 'From Task',
	default: '',
	description: 'Language of the subtitles. It has to be set unless they come from a task.',
});

export const name = textField(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Deutsch',
		description: 'What viewers choose in the player. The name of the language unless set.',
	},
	NAME_LIMIT,
);

export const replaceExisting = booleanField({
	displayName: 'Replace Existing',
	name: 'replaceExisting',
	type: 'boolean',
	default: true,
	description:
		'Whether to replace subtitles of the same language and name instead of adding a second version',
});
