import type { CreateTaskRequest } from '../../../shared/api/types';
import { looksLikeMp4, parseMediaUrl } from '../../../shared/mediaUrl';
import { CODES_BY_EXPRESSION, LANGUAGE_OPTIONS } from '../../fields';
import { unsupportedPairs } from '../../languagePairs';
import type { Operation, Run } from '../../operation';
import {
	definedOnly,
	jsonAsText,
	readBoolean,
	readLanguage,
	readLanguages,
	readText,
} from '../../parameters';
import { readWait, WAIT_FIELDS } from '../../waiting';
import { createTasks } from './createTasks';
import type { TasksToCreate } from './createTasks';
import { readMaxWaitForRoom, readReuseWithin, REUSE_FIELDS, ROOM_FIELDS } from './createOptions';

/** Limits of Gcore's create page, in characters. */
const CLIENT_USER_ID_LIMIT = 256;
const CLIENT_ENTITY_DATA_LIMIT = 4096;

interface CreateInput extends TasksToCreate {
	checkPair: boolean;
}

/**
 * Sends the tasks of all items, and answers with their IDs at once: Gcore works on them for
 * minutes. Where it is to wait, it waits for all of them as one group.
 */
export const create: Operation<CreateInput> = {
	option: {
		name: 'Create',
		value: 'create',
		description: 'Start turning the speech in a video into subtitles',
		action: 'Create transcription task',
	},

	fields: [
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
		{
			displayName: 'Audio Language',
			name: 'audioLanguage',
			type: 'options',
			options: [{ name: 'Auto-Detect', value: '' }, ...LANGUAGE_OPTIONS],
			default: '',
			description: `Language spoken in the video. Auto-Detect is also best for a video with several spoken languages. Transcription is free. ${CODES_BY_EXPRESSION}`,
		},
		{
			displayName: 'Subtitles Language',
			name: 'subtitlesLanguage',
			type: 'options',
			options: [{ name: 'Same as Audio', value: '' }, ...LANGUAGE_OPTIONS],
			default: '',
			description: `Language of the subtitles. Same as Audio is free; any other language is a translation, which Gcore charges by the length of the video. ${CODES_BY_EXPRESSION}`,
		},
		{
			displayName: 'Also Translate To',
			name: 'alsoTranslateTo',
			type: 'multiOptions',
			options: LANGUAGE_OPTIONS,
			default: [],
			description:
				'More languages to make subtitles in. Each is a paid translation, with a task and an output item of its own. An expression may give a list of codes, or text with commas between them.',
		},
		{
			displayName: 'Check Language Pair First',
			name: 'checkLanguagePair',
			type: 'boolean',
			default: true,
			description:
				'Whether to ask Gcore if it can translate between the two languages before a task is created. Only where the Audio Language is set.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Client Entity Data',
					name: 'clientEntityData',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. {"video_id": 42}',
					description: `Your own notes on the video, kept with the task: text or a JSON object, at most ${CLIENT_ENTITY_DATA_LIMIT.toLocaleString('en')} characters`,
				},
				{
					displayName: 'Client User ID',
					name: 'clientUserId',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-42',
					description: `Your own name for whom the task is done, kept with the task: at most ${CLIENT_USER_ID_LIMIT} characters`,
				},
			],
		},
		...WAIT_FIELDS,
	],

	options: [...ROOM_FIELDS, ...REUSE_FIELDS],

	read(fields) {
		const { clientUserId, clientEntityData } = fields.group(
			'additionalFields',
			'Additional Fields',
		);
		const language = (name: string, label: string) =>
			readLanguage(fields.value(name, label), label);
		const request: CreateTaskRequest = {
			task_name: 'transcription',
			url: parseMediaUrl(fields.value('url', 'Video URL'), 'Video URL'),
			...definedOnly({
				audio_language: language('audioLanguage', 'Audio Language'),
				subtitles_language: language('subtitlesLanguage', 'Subtitles Language'),
				client_user_id: readText(clientUserId, 'Client User ID', CLIENT_USER_ID_LIMIT),
				client_entity_data: readText(
					jsonAsText(clientEntityData),
					'Client Entity Data',
					CLIENT_ENTITY_DATA_LIMIT,
				),
			}),
		};
		const more = readLanguages(
			fields.value('alsoTranslateTo', 'Also Translate To'),
			'Also Translate To',
		);
		const checkPair = fields.value('checkLanguagePair', 'Check Language Pair First');
		return {
			requests: [request, ...translationsOf(request, more)],
			checkPair: readBoolean(checkPair, 'Check Language Pair First', true),
			wait: readWait(fields),
			maxWaitForRoomMs: readMaxWaitForRoom(fields),
			reuseWithinMs: readReuseWithin(fields),
		};
	},

	async check(run, inputs) {
		const refusals = await unsupportedPairs(run, inputs.flatMap(requestsToCheck));
		return inputs.map(({ requests }) =>
			requests.map((request) => refusals.get(request)).find(Boolean),
		);
	},

	async run(run, inputs) {
		hintUnusualUrls(run, inputs);
		const refusals = await unsupportedPairs(run, inputs.flatMap(requestsToCheck));
		return await createTasks(run, inputs, refusals);
	},
};

function requestsToCheck({ checkPair, requests }: CreateInput): CreateTaskRequest[] {
	return checkPair ? requests : [];
}

/** The further tasks of an item; what the main one already gives is dropped. */
function translationsOf(main: CreateTaskRequest, languages: string[]): CreateTaskRequest[] {
	const done = new Set([main.audio_language, main.subtitles_language]);
	return [...new Set(languages)]
		.filter((code) => !done.has(code))
		.map((subtitles_language) => ({ ...main, subtitles_language }));
}

function hintUnusualUrls({ hint }: Run, inputs: readonly CreateInput[]): void {
	const urls = inputs.flatMap(({ requests }) => requests[0]?.url ?? []);
	const count = urls.filter((url) => !looksLikeMp4(url)).length;
	if (count === 0) return;
	const whose = count === 1 ? '1 video URL does' : `${count} video URLs do`;
	hint(
		`${whose} not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.`,
	);
}
