import { choiceField, choicesField, collectionField, textField } from '../../../form/field';
import { FORMAT_OPTIONS } from '../../../form/formats';
import { Problem } from '../../../form/problem';
import { taskIdField } from '../../../form/taskFields';
import {
	describeProgress,
	failureOf,
	notATranscription,
	withoutSubtitles,
} from '../../../form/texts';
import { waitField } from '../../../form/waitFields';
import type { Task } from '../../../shared/api/types';
import { cuesOf, isTranscript, speechDetected, SUBTITLE_FORMATS } from '../../../shared/subtitles';
import type { SubtitleFormatId } from '../../../shared/subtitles';
import { subtitleFiles } from '../../../shared/subtitles/files';
import { hasEnded, isTranscription, languageOf, simplifyTask } from '../../../shared/tasks/task';
import { attemptEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import type { OperationContext, Outcome } from '../../operations/operation';
import { fetchTasks } from './waiting';

/** In characters. */
const NAME_LIMIT = 150;

const formats = choicesField({
	displayName: 'Formats',
	name: 'formats',
	type: 'multiOptions',
	required: true,
	options: FORMAT_OPTIONS,
	default: ['srt'],
	description:
		'SRT suits video editors and players, WebVTT web pages. JSON Cues is a list of texts with their times, for further work in n8n.',
});

const outputAs = choiceField({
	displayName: 'Output As',
	name: 'outputAs',
	type: 'options',
	options: [
		{ name: 'Files', value: 'files', description: 'A binary file for each format' },
		{ name: 'Text in JSON', value: 'json', description: 'A JSON field for each format' },
	],
	default: 'files',
});

const fileOptions = collectionField(
	{
		displayName: 'File Options',
		name: 'fileOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { outputAs: ['files'] } },
	},
	[
		textField(
			{
				displayName: 'Binary Field Prefix',
				name: 'prefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. subtitles_',
				description:
					'What to put in front of the names of the binary fields, which are vtt, srt, txt and cues',
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
				description:
					'Name of the files without language and extension, which are added. The name of the video unless set.',
			},
			NAME_LIMIT,
		),
	],
);

/** What an item wants of its subtitles. */
interface SubtitlesWanted {
	waitForCompletion: unknown;
	formats: SubtitleFormatId[];
	outputAs: 'files' | 'json';
	fileOptions: { prefix: string | undefined; fileName: string | undefined };
}

/** Returns the subtitles of a task that succeeded, as files or as text. */
export const getSubtitles = operation({
	option: {
		name: 'Get Subtitles',
		value: 'getSubtitles',
		description: 'Get the subtitles of a task as files or as text',
		action: 'Get subtitles of a transcription task',
	},

	fields: [taskIdField, formats, outputAs, waitField, fileOptions],

	async run(context, inputs) {
		const tasks = await fetchTasks(context, inputs);
		const outcomes = await attemptEach(context, [...inputs.entries()], async ([index, input]) => {
			const task = tasks[index];
			if (task === undefined || task instanceof Problem) return task;
			return await subtitlesOf(context, task, input);
		});
		return outcomes.map((outcome) => (outcome === undefined ? [] : [outcome]));
	},
});

async function subtitlesOf(
	context: OperationContext,
	task: Task,
	wanted: SubtitlesWanted,
): Promise<Outcome> {
	if (!isTranscription(task)) return notATranscription(task);
	const problem = failureOf(task);
	if (problem) return problem;
	// A wait reports a task that is not done in time by itself, unless the task is to be passed on
	if (!hasEnded(task))
		return wanted.waitForCompletion ? { json: simplifyTask(task) } : notDone(task);
	if (!isTranscript(task.result)) return withoutSubtitles(task);

	const json = {
		...simplifyTask(task),
		language: languageOf(task),
		speech_detected: speechDetected(task.result),
		cue_count: cuesOf(task.result).length,
	};
	if (wanted.outputAs === 'json') return { json: { ...json, ...textsOf(task, wanted.formats) } };
	const { formats, fileOptions } = wanted;
	const binary = await subtitleFiles(task, { formats, ...fileOptions }, context.file);
	const files = Object.values(binary).map(({ fileName }) => fileName);
	return { json: { ...json, files }, binary };
}

function notDone(task: Task): Problem {
	return new Problem(
		`Task ${task.task_id} is not done yet: ${describeProgress(task)}`,
		"Turn on 'Wait for Completion', or run this again later.",
	);
}

/** In JSON the cues are a list, not the text of one. */
function textsOf({ result }: Task, formats: readonly SubtitleFormatId[]) {
	const texts = formats.map((id) => [id, SUBTITLE_FORMATS[id].render(result)] as const);
	return Object.fromEntries(
		texts.map(([id, text]) => [id, id === 'cues' ? (JSON.parse(text) as unknown) : text]),
	);
}
