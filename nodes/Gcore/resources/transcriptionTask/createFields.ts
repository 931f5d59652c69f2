import {
	booleanField,
	choiceField,
	collectionField,
	dependentFields,
	field,
	fieldShownWhen,
	fieldsShownWhen,
	IS_SET,
	jsonAsText,
	numberField,
	propertiesOf,
	readText,
} from '../../../form/field';
import type { FieldValues } from '../../../form/field';
import {
	ALSO_TRANSLATE_TO,
	AUDIO_LANGUAGE,
	AUTO_DETECT,
	languageField,
	languagesField,
	SUBTITLES_LANGUAGE,
} from '../../../form/languageFields';
import { optionalFormats, outputAs, SUBTITLE_OPTIONS } from '../../../form/subtitleFields';
import { clientUserIdField } from '../../../form/taskFields';
import { hostedVideoField, videoFileField } from '../../../form/videoFields';
import { readVideoUrl } from '../../../form/videoUrl';
import { CLIENT_ENTITY_DATA_LIMIT, CLIENT_USER_ID_LIMIT } from '../../../shared/api/types';

/** Gcore keeps results for a month. */
export const LONGEST_REUSE_HOURS = 31 * 24;

const videoUrl = field(
	{
		displayName: 'Video URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/video.mp4',
		description:
			'Address of the MP4 file. Gcore downloads it, so it must be reachable from the internet over HTTP or HTTPS; a signed link is fine. Only the first audio track is used.',
	},
	readVideoUrl,
);

const from = choiceField({
	displayName: 'Video Source',
	name: 'source',
	type: 'options',
	options: [
		{
			name: 'File',
			value: 'file',
			description:
				'A file from the node before; it is uploaded to Gcore video hosting, which is paid',
		},
		{
			name: 'Hosted Video',
			value: 'hosted',
			description: 'A video that is in Gcore video hosting already',
		},
		{ name: 'URL', value: 'url', description: 'An MP4 file on the internet' },
	],
	default: 'url',
});

/** Where the video comes from, with the field of each source. */
export const videoSource = {
	name: 'source' as const,
	properties: propertiesOf([
		from,
		fieldShownWhen({ source: ['url'] }, videoUrl),
		fieldShownWhen({ source: ['file'] }, videoFileField),
		fieldShownWhen({ source: ['hosted'] }, hostedVideoField),
	]),
	read(values: FieldValues) {
		const chosen = from.read(values);
		if (chosen === 'file') return { from: chosen, file: videoFileField.read(values) };
		if (chosen === 'hosted') return { from: chosen, video: hostedVideoField.read(values) };
		return { from: chosen, url: videoUrl.read(values) };
	},
};

export const audioLanguage = languageField({
	...AUDIO_LANGUAGE,
	unset: AUTO_DETECT,
	description:
		'Language spoken in the video. Auto-Detect is also best for a video with several spoken languages. Transcription is free.',
});

export const subtitlesLanguage = languageField({
	...SUBTITLES_LANGUAGE,
	unset: 'Same as Audio',
	description:
		'Language of the subtitles. Same as Audio is free; any other language is a translation, which Gcore charges by the length of the video.',
});

export const alsoTranslateTo = languagesField({
	...ALSO_TRANSLATE_TO,
	description:
		'More languages to make subtitles in. Each is a paid translation, with a task and an output item of its own.',
});

const WHILE_WAITING = { waitForCompletion: [true] };

export const deleteHostedCopy = fieldShownWhen(
	{ ...WHILE_WAITING, source: ['file'] },
	booleanField({
		displayName: 'Delete Hosted Copy',
		name: 'deleteHostedCopy',
		type: 'boolean',
		default: true,
		description:
			'Whether to delete the uploaded video from Gcore video hosting once its subtitles are made. It stays if something fails.',
	}),
);

/** The files or texts to return with a task that was waited for. */
export const formatsWhileWaiting = fieldShownWhen(WHILE_WAITING, optionalFormats);
export const outputAsWhileWaiting = fieldShownWhen(
	{ ...WHILE_WAITING, formats: [IS_SET] },
	outputAs,
);

/** The Options of those files or texts. */
export const SUBTITLE_OPTIONS_WHILE_WAITING = fieldsShownWhen(
	{ '/waitForCompletion': [true], '/formats': [IS_SET] },
	SUBTITLE_OPTIONS,
);

const pairCheck = booleanField({
	displayName: 'Check Language Pair First',
	name: 'checkLanguagePair',
	type: 'boolean',
	default: true,
	description:
		'Whether to ask Gcore if it can translate between the two languages before a task is created',
});

/**
 * Shows only if there is a pair: an audio language, and another for subtitles or one to translate to.
 * n8n has no "or" between conditions, so each case has a property of its own.
 */
const checkLanguagePair = {
	...pairCheck,
	properties: [
		{ show: { '/alsoTranslateTo': [IS_SET] }, hide: { '/audioLanguage': [''] } },
		{ hide: { '/audioLanguage': [''], '/subtitlesLanguage': [''], '/alsoTranslateTo': [IS_SET] } },
	].flatMap((displayOptions) => pairCheck.properties.map((one) => ({ ...one, displayOptions }))),
};

export const clientMetadata = collectionField(
	{
		displayName: 'Client Metadata',
		name: 'clientMetadata',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
	},
	[
		field(
			{
				displayName: 'Client Entity Data',
				name: 'clientEntityData',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. {"video_id": 42}',
				description: `Your own notes on the video, kept with the task: text or a JSON object, at most ${CLIENT_ENTITY_DATA_LIMIT} characters`,
			},
			(value, label) => readText(jsonAsText(value), label, CLIENT_ENTITY_DATA_LIMIT),
		),
		clientUserIdField(
			`Your own name for the user the task is made for, kept with the task: at most ${CLIENT_USER_ID_LIMIT} characters`,
		),
	],
);

const whenQueueIsFull = choiceField({
	displayName: 'When the Queue Is Full',
	name: 'whenQueueIsFull',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Report a problem for each video for which there is no room',
		},
		{
			name: 'Wait for Room',
			value: 'wait',
			description: 'Go on as soon as one of the tasks in the queue has ended',
		},
	],
	default: 'wait',
	description: 'What to do when as many tasks wait at Gcore as it allows, usually 100',
});

const maxWaitForRoom = numberField(
	{
		displayName: 'Max Wait for Room (Minutes)',
		name: 'maxWaitForRoom',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			"The longest time to wait while Gcore's queue stays full. Each task that is created starts the clock anew.",
	},
	{ above: 0 },
);

/** Earlier uploads of a file are found anyway, with their tasks. */
const NOT_FOR_FILES = { hide: { '/source': ['file'] } };

const reuseExistingTask = booleanField(
	{
		displayName: 'Reuse Existing Task',
		name: 'reuseExistingTask',
		type: 'boolean',
		default: true,
		displayOptions: NOT_FOR_FILES,
		description:
			'Whether to return an existing task for the same video, languages and client data, in progress or successful, instead of creating a new one. Makes it safe to run an interrupted workflow again.',
	},
	false,
);

const reuseWithin = numberField(
	{
		displayName: 'Reuse Within (Hours)',
		name: 'reuseWithin',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_REUSE_HOURS },
		default: 24,
		displayOptions: NOT_FOR_FILES,
		description: 'How long ago a task may have started to be reused',
	},
	{ above: 0, upTo: LONGEST_REUSE_HOURS },
);

/** The Options of Create alone. */
export const CREATE_OPTIONS = [
	checkLanguagePair,
	dependentFields('room', whenQueueIsFull, 'wait', [maxWaitForRoom]),
	dependentFields('reuse', reuseExistingTask, true, [reuseWithin]),
] as const;
