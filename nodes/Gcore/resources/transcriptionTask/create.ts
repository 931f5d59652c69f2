import type { INodePropertyOptions } from 'n8n-workflow';

import { GcoreError } from '../../../shared/api/errors';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { LANGUAGES } from '../../../shared/languages';
import { looksLikeMp4, parseMediaUrl } from '../../../shared/mediaUrl';
import { Problem } from '../../../shared/problem';
import type { Operation, Run } from '../../operation';
import { runEach } from '../../operation';
import { definedOnly, jsonAsText, readLanguage, readText } from '../../parameters';

/** Limits of Gcore's create page, in characters. */
const CLIENT_USER_ID_LIMIT = 256;
const CLIENT_ENTITY_DATA_LIMIT = 4096;

const LANGUAGE_OPTIONS: INodePropertyOptions[] = LANGUAGES.map(({ code, name }) => ({
	name,
	value: code,
}));

const CODES_BY_EXPRESSION =
	'An expression may give any code of the language, such as <code>de</code>, <code>deu</code> or <code>de-AT</code>; the editor marks it red but it works.';

/** Sends one task for each item, and answers with its ID at once: Gcore works on it for minutes. */
export const create: Operation<CreateTaskRequest> = {
	option: {
		name: 'Create',
		value: 'create',
		description: 'Turn the speech in a video into subtitles',
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
				'Address of the MP4 file. Gcore downloads it, so it must be reachable from the internet over HTTP or HTTPS; a signed link is fine. Only the first audio track is used',
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
	],

	read(context, itemIndex) {
		const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
		return {
			task_name: 'transcription',
			url: parseMediaUrl(parameter('url'), 'Video URL'),
			...definedOnly({
				audio_language: readLanguage(parameter('audioLanguage'), 'Audio Language'),
				subtitles_language: readLanguage(parameter('subtitlesLanguage'), 'Subtitles Language'),
				client_user_id: readText(
					parameter('additionalFields.clientUserId'),
					'Client User ID',
					CLIENT_USER_ID_LIMIT,
				),
				client_entity_data: readText(
					jsonAsText(parameter('additionalFields.clientEntityData')),
					'Client Entity Data',
					CLIENT_ENTITY_DATA_LIMIT,
				),
			}),
		};
	},

	async run(run, requests) {
		hintUnusualUrls(run, requests);
		return await runEach(run, requests, async (request) => {
			const task_id = await run.client.createTask(request).catch(warnOfLostAnswer);
			run.createdTaskIds.push(task_id);
			return { task_id, ...request };
		});
	},
};

function hintUnusualUrls({ hint }: Run, requests: readonly CreateTaskRequest[]): void {
	const count = requests.filter(({ url }) => !looksLikeMp4(url)).length;
	if (count === 0) return;
	const whose = count === 1 ? '1 video URL does' : `${count} video URLs do`;
	hint(
		`${whose} not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.`,
	);
}

/** A POST whose answer was lost may have made its task, and a second one would cost a second time. */
function warnOfLostAnswer(error: unknown): never {
	if (!(error instanceof GcoreError) || !error.answerLost) throw error;
	throw new Problem(
		error.message,
		`${error.advice} Gcore may have created the task all the same: look through your tasks at Gcore for this URL first, so that you do not make a second one.`,
	);
}
