import { binaryField } from '../../../form/binaryField';
import {
	booleanField,
	choiceField,
	field,
	fieldShownWhen,
	isUnset,
	propertiesOf,
	textField,
} from '../../../form/field';
import type { FieldValues } from '../../../form/field';
import {
	languageField,
	requiredLanguageField,
	SUBTITLES_LANGUAGE,
} from '../../../form/languageFields';
import { Problem } from '../../../form/problem';
import { taskIdField } from '../../../form/taskFields';
import { refuseOtherText } from './subtitleText';

/** In characters; far above what a player shows. */
export const NAME_LIMIT = 256;

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
		if (isUnset(value)) {
			throw new Problem(`${label} is empty`, 'Enter the text of a WebVTT or SRT file.');
		}
		const given = String(value);
		refuseOtherText(given, label);
		return given;
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

const language = requiredLanguageField({
	...SUBTITLES_LANGUAGE,
	name: 'language',
});

const taskLanguage = languageField({
	...SUBTITLES_LANGUAGE,
	name: 'taskLanguage',
	unset: 'From Task',
	description: 'Language of the subtitles. Choose it if the task does not name it.',
});

/** Where the subtitles come from, with the fields of each source. */
export const subtitleSource = {
	name: 'source' as const,
	properties: propertiesOf([
		from,
		fieldShownWhen({ source: ['task'] }, taskIdField),
		fieldShownWhen({ source: ['text'] }, text),
		fieldShownWhen({ source: ['file'] }, subtitleFile),
		fieldShownWhen({ source: ['task'] }, taskLanguage),
		fieldShownWhen({ source: ['file', 'text'] }, language),
	]),
	read(values: FieldValues) {
		const chosen = from.read(values);
		if (chosen === 'task') {
			const taskId = taskIdField.read(values);
			return { from: chosen, taskId, language: taskLanguage.read(values) };
		}
		const given = language.read(values);
		return chosen === 'text'
			? { from: chosen, text: text.read(values), language: given }
			: { from: chosen, file: subtitleFile.read(values), language: given };
	},
};

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
