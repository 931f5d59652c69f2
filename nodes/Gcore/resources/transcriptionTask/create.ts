import type { IDataObject } from 'n8n-workflow';

import { GcoreError } from '../../../shared/api/errors';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { looksLikeMp4, parseMediaUrl } from '../../../shared/mediaUrl';
import { Problem } from '../../../shared/problem';
import { simplifyTask } from '../../../shared/tasks/task';
import { CODES_BY_EXPRESSION, LANGUAGE_OPTIONS } from '../../fields';
import { unsupportedPairs } from '../../languagePairs';
import { attemptEach } from '../../operation';
import type { Operation, Outcome, Run } from '../../operation';
import {
	definedOnly,
	jsonAsText,
	readBoolean,
	readLanguage,
	readLanguages,
	readText,
} from '../../parameters';
import { awaitTasks, readWait, WAIT_FIELDS } from '../../waiting';
import type { Wait } from '../../waiting';

/** Limits of Gcore's create page, in characters. */
const CLIENT_USER_ID_LIMIT = 256;
const CLIENT_ENTITY_DATA_LIMIT = 4096;

/** What one item asks for: a task for each language of subtitles, the main one first. */
interface CreateInput {
	requests: CreateTaskRequest[];
	checkPair: boolean;
	wait: Wait | undefined;
}

/**
 * Sends the tasks of all items, and answers with their IDs at once: Gcore works on them for
 * minutes. Where it is to wait, it waits for all of them as one group.
 */
export const create: Operation<CreateInput> = {
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
		...WAIT_FIELDS,
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
		const jobs = inputs.flatMap(jobsOf);
		const outcomes = await runJobs(run, jobs, refusals);
		const byInput = inputs.map((): Outcome[] => []);
		for (const [index, { input, request, language }] of jobs.entries()) {
			const outcome = outcomes[index];
			// A refusal names its languages itself
			const isRefusal = refusals.has(request);
			if (outcome) byInput[input]?.push(isRefusal ? outcome : withLanguage(outcome, language));
		}
		return byInput;
	},
};

/** One task to create. */
interface Job {
	/** Whose it is, as an index into the inputs. */
	input: number;
	request: CreateTaskRequest;
	wait: Wait | undefined;
	/** The language of the subtitles, where the item asks for several and a problem must name one. */
	language: string | undefined;
}

function jobsOf({ requests, wait }: CreateInput, input: number): Job[] {
	return requests.map((request) => ({
		input,
		request,
		wait,
		language: requests.length > 1 ? subtitlesLanguageName(request) : undefined,
	}));
}

function subtitlesLanguageName({ subtitles_language }: CreateTaskRequest): string {
	return subtitles_language ? languageName(subtitles_language) : 'the spoken language';
}

function requestsToCheck({ checkPair, requests }: CreateInput): CreateTaskRequest[] {
	return checkPair ? requests : [];
}

/** The output of a task that was created: its ID and the request as sent. */
interface Submitted {
	json: IDataObject & { task_id: string };
}

/** The further tasks of an item; what the main one already gives is dropped. */
function translationsOf(main: CreateTaskRequest, languages: string[]): CreateTaskRequest[] {
	const done = new Set([main.audio_language, main.subtitles_language]);
	return [...new Set(languages)]
		.filter((code) => !done.has(code))
		.map((subtitles_language) => ({ ...main, subtitles_language }));
}

/** Of the problems of one item it must be told which of its tasks they are about. */
function withLanguage(outcome: Outcome, language: string | undefined): Outcome {
	if (language === undefined || !(outcome instanceof Problem)) return outcome;
	return new Problem(`${outcome.message} (subtitles in ${language})`, outcome.advice);
}

/** @returns what each job gave, in their order; undefined where the run ended before its turn */
async function runJobs(
	run: Run,
	jobs: readonly Job[],
	refusals: ReadonlyMap<CreateTaskRequest, Problem>,
): Promise<Array<Outcome | undefined>> {
	const submitted = await attemptEach(run, jobs, async ({ request }) => {
		const refusal = refusals.get(request);
		if (refusal) throw refusal;
		return await submit(run, request);
	});
	if (run.stopOnProblem && submitted.some((result) => result instanceof Problem)) return submitted;
	return await awaitSubmitted(run, jobs, submitted);
}

async function submit(run: Run, request: CreateTaskRequest): Promise<Submitted> {
	const task_id = await run.client.createTask(request).catch(warnOfLostAnswer);
	run.createdTaskIds.push(task_id);
	return { json: { task_id, ...request } };
}

/** Waits for the tasks of the jobs that want it, and adds to their output what became of them. */
async function awaitSubmitted(
	run: Run,
	jobs: readonly Job[],
	submitted: ReadonlyArray<Submitted | Problem | undefined>,
): Promise<Array<Outcome | undefined>> {
	const outcomes: Array<Outcome | undefined> = [...submitted];
	const waiting = jobs.flatMap(({ wait }, index) => {
		const output = submitted[index];
		if (!wait || output === undefined || output instanceof Problem) return [];
		return [{ index, output, taskId: output.json.task_id, wait }];
	});
	const ends = await awaitTasks(run, waiting);
	for (const [position, { index, output }] of waiting.entries()) {
		const end = ends[position];
		const isTask = end !== undefined && !(end instanceof Problem);
		outcomes[index] = isTask ? { json: { ...simplifyTask(end), ...output.json } } : end;
	}
	return outcomes;
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

/** A POST whose answer was lost may have made its task, and a second one would cost a second time. */
function warnOfLostAnswer(error: unknown): never {
	if (!(error instanceof GcoreError) || !error.answerLost) throw error;
	throw new Problem(
		error.message,
		`${error.advice} Gcore may have created the task all the same: look for it first, with the operation Get Many and this URL as Search Text, so that you do not make a second one.`,
	);
}
