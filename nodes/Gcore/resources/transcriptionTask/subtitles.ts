import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { Problem } from '../../../form/problem';
import type { SubtitlesWanted } from '../../../form/subtitleFields';
import { notATranscription, notDone, taskFailure, withoutSubtitles } from '../../../form/texts';
import type { Task } from '../../../shared/api/types';
import { changedCues } from '../../../shared/subtitles/changedCues';
import type { Cue } from '../../../shared/subtitles/cue';
import { subtitleFiles, subtitleText } from '../../../shared/subtitles/files';
import { cueRows } from '../../../shared/subtitles/formats';
import type { SubtitleFormatId } from '../../../shared/subtitles/formats';
import { cuesOf, isTranscript, speechDetected } from '../../../shared/subtitles/result';
import {
	hasEnded,
	isTranscription,
	languageOf,
	simplifyWithoutLanguages,
} from '../../../shared/tasks/task';
import type { OperationContext } from '../../operations/operation';
import { getTask } from './fetchTasks';

/** The subtitles of a task as output: files, or texts in the json. */
export interface Subtitles {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/**
 * Makes the subtitles of a task that has ended. A task in progress is returned as it stands.
 *
 * @param second the task with a translation to put under each cue
 * @throws Problem if it has none: it failed, is no transcription, or came without its result
 */
export async function subtitlesOf(
	context: OperationContext,
	task: Task,
	{ formats, outputAs, options }: SubtitlesWanted,
	second?: Task,
): Promise<Subtitles> {
	const base = { ...simplifyWithoutLanguages(task), language: languageOf(task) };
	if (!hasEnded(task) && isTranscription(task)) return { json: base };
	requireTranscript(task);

	if (second) requireDone(second);
	const { prefix, fileName, layout, timeOffset } = options;
	const changed = changedCues(task, { layout, offset: timeOffset, second });
	const cues = changed?.cues;
	const json = {
		...base,
		speech_detected: speechDetected(task.result),
		cue_count: (cues ?? cuesOf(task.result)).length,
		...((layout || second) && {
			cues_too_fast: changed?.tooFast,
			cues_too_long: changed?.tooLong,
		}),
	};
	if (outputAs === 'json') return { json: { ...json, ...textsOf(task, formats, cues) } };
	const binary = await subtitleFiles(task, { formats, prefix, fileName, cues }, context.file);
	const files = Object.values(binary).map((file) => file.fileName);
	return { json: { ...json, files }, binary };
}

/**
 * A task that ended with a text or with silence.
 *
 * @throws Problem if there is no such task
 */
export async function getTranscript({ client }: OperationContext, taskId: string): Promise<Task> {
	const task = await getTask(client, taskId);
	requireDone(task);
	return task;
}

function requireDone(task: Task): void {
	if (!hasEnded(task) && isTranscription(task)) throw notDone(task, 'Run this again later.');
	requireTranscript(task);
}

/** @throws Problem if a task did not end with a text or with silence */
function requireTranscript(task: Task): void {
	if (!isTranscription(task)) throw notATranscription(task);
	const failure = taskFailure(task);
	if (failure) throw failure;
	if (!isTranscript(task.result)) throw withoutSubtitles(task);
}

/** In JSON the cues are a list, not text. */
function textsOf(
	task: Task,
	formats: readonly SubtitleFormatId[],
	cues: readonly Cue[] | undefined,
) {
	return Object.fromEntries(
		formats.map((id) => [
			id,
			id === 'cues' ? cueRows(cues ?? cuesOf(task.result)) : subtitleText(id, task, cues),
		]),
	);
}

/** Says how many cues the layout could not make readable. */
export function hintUnreadable(
	{ hint }: OperationContext,
	results: ReadonlyArray<Subtitles | Problem | undefined>,
): void {
	const count = (name: 'cues_too_fast' | 'cues_too_long') =>
		results.reduce(
			(sum, result) => sum + (result && 'json' in result ? Number(result.json[name] ?? 0) : 0),
			0,
		);
	const [fast, long] = [count('cues_too_fast'), count('cues_too_long')];
	if (fast + long === 0) return;
	hint(
		`Cues that no layout can make readable: ${fast} too fast (people spoke faster than the reading speed), ${long} too long (a word or a phrase does not fit). The fields cues_too_fast and cues_too_long count them by item.`,
	);
}
