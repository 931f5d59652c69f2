import type { Task } from '../../../shared/api/types';
import { Problem } from '../../../shared/problem';
import { cuesOf, speechDetected, SUBTITLE_FORMATS } from '../../../shared/subtitles';
import type { SubtitleFormatId } from '../../../shared/subtitles';
import { subtitleFiles } from '../../../shared/tasks/subtitleFiles';
import {
	endProblem,
	hasEnded,
	languageOf,
	simplifyTask,
	standingOf,
} from '../../../shared/tasks/task';
import { readTaskId, TASK_ID_FIELD } from '../../fields';
import { FORMAT_OPTIONS, readFormats } from '../../formats';
import { attemptEach } from '../../attempts';
import type { Operation, Outcome, Run } from '../../operation';
import { readChoice, readText } from '../../parameters';
import { fetchTasks, readWait, WAIT_FIELDS } from '../../waiting';
import type { Wait } from '../../waiting';

interface GetSubtitlesInput {
	taskId: string;
	wait: Wait | undefined;
	formats: SubtitleFormatId[];
	asFiles: boolean;
	/** What goes in front of the names of the binary fields. */
	prefix: string;
	/** A file name without language and extension; undefined to name it after the video. */
	fileName: string | undefined;
}

const OUTPUTS = ['files', 'json'] as const;

/** In characters. */
const NAME_LIMIT = 150;

/** Gives the subtitles of a task that succeeded, as files or as text. */
export const getSubtitles: Operation<GetSubtitlesInput> = {
	option: {
		name: 'Get Subtitles',
		value: 'getSubtitles',
		description: 'Get the subtitles of a task as files or as text',
		action: 'Get subtitles of a transcription task',
	},

	fields: [
		TASK_ID_FIELD,
		{
			displayName: 'Formats',
			name: 'formats',
			type: 'multiOptions',
			options: FORMAT_OPTIONS,
			default: ['srt'],
			description:
				'SRT suits video editors and players, WebVTT web pages. JSON Cues is a list of texts with their times, for further work in n8n.',
		},
		{
			displayName: 'Output As',
			name: 'outputAs',
			type: 'options',
			options: [
				{ name: 'Files', value: 'files', description: 'A binary file for each format' },
				{ name: 'Text in JSON', value: 'json', description: 'A JSON field for each format' },
			],
			default: 'files',
		},
		...WAIT_FIELDS,
		{
			displayName: 'File Options',
			name: 'fileOptions',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			displayOptions: { show: { outputAs: ['files'] } },
			options: [
				{
					displayName: 'Binary Field Prefix',
					name: 'prefix',
					type: 'string',
					default: '',
					placeholder: 'e.g. subtitles_',
					description:
						'What to put in front of the names of the binary fields, which are vtt, srt, txt and cues',
				},
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. my-video',
					description:
						'Name of the files without language and extension, which are added. The name of the video unless set.',
				},
			],
		},
	],

	read(fields) {
		const { prefix, fileName } = fields.group('fileOptions', 'File Options');
		const outputAs = readChoice(fields.value('outputAs', 'Output As'), 'Output As', OUTPUTS);
		return {
			taskId: readTaskId(fields),
			wait: readWait(fields),
			formats: readFormats(fields.value('formats', 'Formats'), 'Formats'),
			asFiles: outputAs === 'files',
			prefix: readText(prefix, 'Binary Field Prefix', NAME_LIMIT) ?? '',
			fileName: readText(fileName, 'File Name', NAME_LIMIT),
		};
	},

	async run(run, inputs) {
		const tasks = await fetchTasks(run, inputs);
		const outcomes = await attemptEach(run, [...inputs.entries()], async ([index, input]) => {
			const task = tasks[index];
			if (task === undefined || task instanceof Problem) return task;
			return await subtitlesOf(run, task, input);
		});
		return outcomes.map((outcome) => (outcome === undefined ? [] : [outcome]));
	},
};

async function subtitlesOf(run: Run, task: Task, input: GetSubtitlesInput): Promise<Outcome> {
	const problem = endProblem(task);
	if (problem) return problem;
	// A wait has its own word for a task that is not done in time: one that is here is to be passed on
	if (!hasEnded(task)) return input.wait ? { json: simplifyTask(task) } : notDone(task);
	if (!task.result) return withoutResult(task);

	const json = {
		...simplifyTask(task),
		language: languageOf(task),
		speech_detected: speechDetected(task.result),
		cue_count: cuesOf(task.result).length,
	};
	if (!input.asFiles) return { json: { ...json, ...textsOf(task, input) } };
	const binary = await subtitleFiles(task, input, run.file);
	const files = Object.values(binary).map(({ fileName }) => fileName);
	return { json: { ...json, files }, binary };
}

function notDone(task: Task): Problem {
	return new Problem(
		`Task ${task.task_id} is not done yet: ${standingOf(task)}`,
		'Turn on Wait for Completion, or run this again later.',
	);
}

/** Silence and a result that got lost are not the same. */
function withoutResult({ task_id }: Task): Problem {
	return new Problem(
		`Task ${task_id} succeeded, but Gcore gave no result with it`,
		'Run this again in a minute. If it stays so, create the task again: Gcore keeps results for one month.',
	);
}

function textsOf(task: Task, { formats }: GetSubtitlesInput) {
	return Object.fromEntries(
		formats.map((id) => [
			id,
			id === 'cues' ? cuesAsRows(task) : SUBTITLE_FORMATS[id].render(task.result),
		]),
	);
}

/** In JSON the cues are a list, not the text of one. */
function cuesAsRows({ result }: Task): unknown {
	return JSON.parse(SUBTITLE_FORMATS.cues.render(result));
}
