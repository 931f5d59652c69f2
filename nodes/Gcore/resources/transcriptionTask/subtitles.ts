import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { SubtitlesWanted } from '../../../form/subtitleFields';
import { failureOf, notATranscription, withoutSubtitles } from '../../../form/texts';
import type { Task } from '../../../shared/api/types';
import { subtitleFiles } from '../../../shared/subtitles/files';
import { cueRows, renderResult } from '../../../shared/subtitles/formats';
import type { SubtitleFormatId } from '../../../shared/subtitles/formats';
import { cuesOf, isTranscript, speechDetected } from '../../../shared/subtitles/result';
import {
	hasEnded,
	isTranscription,
	languageOf,
	simplifyWithoutLanguages,
} from '../../../shared/tasks/task';
import type { OperationContext } from '../../operations/operation';

/** The subtitles of a task as output: files, or texts in the json. */
export interface Subtitles {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/**
 * Makes the subtitles of a task that has ended. A task in progress is returned as it stands.
 *
 * @throws Problem if it has none: it failed, is no transcription, or came without its result
 */
export async function subtitlesOf(
	context: OperationContext,
	task: Task,
	{ formats, outputAs, options }: SubtitlesWanted,
): Promise<Subtitles> {
	if (!isTranscription(task)) throw notATranscription(task);
	const failure = failureOf(task);
	if (failure) throw failure;
	const base = { ...simplifyWithoutLanguages(task), language: languageOf(task) };
	if (!hasEnded(task)) return { json: base };
	if (!isTranscript(task.result)) throw withoutSubtitles(task);

	const json = {
		...base,
		speech_detected: speechDetected(task.result),
		cue_count: cuesOf(task.result).length,
	};
	if (outputAs === 'json') return { json: { ...json, ...textsOf(task, formats) } };
	const { prefix, fileName } = options;
	const binary = await subtitleFiles(task, { formats, prefix, fileName }, context.file);
	const files = Object.values(binary).map((file) => file.fileName);
	return { json: { ...json, files }, binary };
}

/** In JSON the cues are a list, not the text of one. */
function textsOf(task: Task, formats: readonly SubtitleFormatId[]) {
	return Object.fromEntries(
		formats.map((id) => [
			id,
			id === 'cues'
				? cueRows(cuesOf(task.result))
				: renderResult(id, task.result, languageOf(task)),
		]),
	);
}
