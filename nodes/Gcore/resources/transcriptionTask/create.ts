import type { IDataObject } from 'n8n-workflow';

import { GcoreError } from '../../../shared/api/errors';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { looksLikeMp4, parseMediaUrl } from '../../../shared/mediaUrl';
import { Problem } from '../../../shared/problem';
import { simplifyTask } from '../../../shared/tasks/task';
import { CODES_BY_EXPRESSION, LANGUAGE_OPTIONS } from '../../fields';
import { unsupportedPairs } from '../../languagePairs';
import { attemptEach } from '../../operation';
import type { Operation, Outcome, Run } from '../../operation';
import { definedOnly, jsonAsText, readLanguage, readLanguages, readText } from '../../parameters';
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

	read(context, itemIndex) {
		const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
		const request: CreateTaskRequest = {
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
		const more = readLanguages(parameter('alsoTranslateTo'), 'Also Translate To');
		return {
			requests: [request, ...translationsOf(request, more)],
			checkPair: context.getNodeParameter('checkLanguagePair', itemIndex, true) === true,
			wait: readWait(context, itemIndex),
		};
	},

	async run(run, inputs) {
		hintUnusualUrls(run, inputs);
		const jobs = inputs.flatMap(({ requests, ...settings }, input) =>
			requests.map((request): Job => ({ ...settings, input, request })),
		);
		const outcomes = await runJobs(run, jobs);
		const byInput = inputs.map((): Outcome[] => []);
		for (const [index, { input }] of jobs.entries()) {
			const outcome = outcomes[index];
			if (outcome) byInput[input]?.push(outcome);
		}
		return byInput;
	},
};

/** One task to create. */
interface Job extends Omit<CreateInput, 'requests'> {
	/** Whose it is, as an index into the inputs. */
	input: number;
	request: CreateTaskRequest;
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

/** @returns what each job gave, in their order; undefined where the run ended before its turn */
async function runJobs(run: Run, jobs: readonly Job[]): Promise<Array<Outcome | undefined>> {
	const checked = jobs.filter(({ checkPair }) => checkPair).map(({ request }) => request);
	const refusals = await unsupportedPairs(run, checked);
	// Pairs are a matter of fields, as URLs are: a bad one is told before anything is sent
	if (run.stopOnProblem && refusals.size > 0)
		return jobs.map(({ request }) => refusals.get(request));

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
