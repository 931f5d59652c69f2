import {
	booleanField,
	choiceField,
	dependentFields,
	field,
	fieldShownWhen,
	isUnset,
	optionalNumberField,
	propertiesOf,
	textField,
} from '../../../form/field';
import type { FieldValues } from '../../../form/field';
import {
	ALSO_TRANSLATE_TO,
	AUDIO_LANGUAGE,
	AUTO_DETECT,
	languageField,
	languagesField,
} from '../../../form/languageFields';
import { Problem } from '../../../form/problem';
import { videoFileField } from '../../../form/videoFields';
import { readOriginUrl } from '../../../form/videoUrl';

/** In characters; Gcore documents no limits. */
export const TEXT_LIMIT = 1000;

const from = choiceField({
	displayName: 'Video Source',
	name: 'source',
	type: 'options',
	options: [
		{ name: 'File', value: 'file', description: 'A file from the node before' },
		{ name: 'URL', value: 'url', description: 'An address from which Gcore downloads the file' },
	],
	default: 'file',
});

const fileUrl = field(
	{
		displayName: 'File URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/video.mov',
		description:
			'Address of the video file over HTTP, HTTPS or SFTP. For a private file add the option Header for the File.',
	},
	readOriginUrl,
);

/** Where the video comes from, with the field of each source. */
export const uploadSource = {
	name: 'source' as const,
	properties: propertiesOf([
		from,
		fieldShownWhen({ source: ['file'] }, videoFileField),
		fieldShownWhen({ source: ['url'] }, fileUrl),
	]),
	read(values: FieldValues) {
		const chosen = from.read(values);
		return chosen === 'file'
			? { from: chosen, file: videoFileField.read(values) }
			: { from: chosen, url: fileUrl.read(values) };
	},
};

export const name = textField(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Spring Webinar',
		description: 'Name of the video at Gcore. The name of the file unless set.',
	},
	TEXT_LIMIT,
);

/** Whether Gcore transcribes the video by itself, and in which languages. */
export const automaticSubtitles = dependentFields(
	'subtitles',
	booleanField({
		displayName: 'Automatic Subtitles',
		name: 'automaticSubtitles',
		type: 'boolean',
		default: false,
		description:
			'Whether Gcore makes subtitles by itself and attaches them to the video. The Gcore Trigger can start a workflow when they are done.',
	}),
	true,
	[languageField({ ...AUDIO_LANGUAGE, unset: AUTO_DETECT }), languagesField(ALSO_TRANSLATE_TO)],
);

/**
 * A header such as `Authorization: Bearer …`.
 *
 * @throws Problem, which does not repeat the header
 */
function readHeader(value: unknown, label: string): string | undefined {
	if (isUnset(value)) return undefined;
	if (typeof value === 'string' && /^[\w-]+:[\t\x20-\x7e]+$/.test(value.trim()))
		return value.trim();
	throw new Problem(
		`${label} is not a header`,
		'Enter one line with a name, a colon and a value, such as Authorization: Bearer and a token.',
	);
}

/** The Client User ID of a video: unlike that of a task, a number. */
export const ownerField = (description: string) =>
	optionalNumberField(
		{
			displayName: 'Client User ID',
			name: 'clientUserId',
			type: 'number',
			default: 0,
			description,
		},
		{ from: 0, isWhole: true },
	);

/** The Options of Upload alone. */
export const UPLOAD_OPTIONS = [
	ownerField("A whole number that stands for the video's owner in your system"),
	optionalNumberField(
		{
			displayName: 'Clip Duration (Seconds)',
			name: 'clipDuration',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'Length of the part of the video to keep',
		},
		{ above: 0, isWhole: true },
	),
	optionalNumberField(
		{
			displayName: 'Clip Start (Seconds)',
			name: 'clipStart',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Where the part of the video to keep begins',
		},
		{ from: 0, isWhole: true },
	),
	textField(
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Recorded in March',
			description:
				'A note on the video. The node adds a short mark to it, by which it finds the video again.',
		},
		TEXT_LIMIT,
	),
	field(
		{
			displayName: 'Header for the File',
			name: 'fileHeader',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. Authorization: Bearer abc123',
			displayOptions: { show: { '/source': ['url'] } },
			description: 'A header that Gcore sends when it downloads a private file. It is a secret.',
		},
		readHeader,
	),
	booleanField({
		displayName: 'Reuse Earlier Upload',
		name: 'reuseUpload',
		type: 'boolean',
		default: true,
		description:
			'Whether to return a video that was made of the same file with the same settings within the last day, instead of uploading it again',
	}),
] as const;
