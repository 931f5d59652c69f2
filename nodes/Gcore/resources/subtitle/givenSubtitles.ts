import { Problem } from '../../../form/problem';
import { notDone } from '../../../form/texts';
import { SUBTITLES_LIMIT_BYTES } from '../../../shared/api/videoTypes';
import type { InputFile } from '../../../shared/inputFile';
import { renderResult } from '../../../shared/subtitles/formats';
import { isWebVtt } from '../../../shared/subtitles/webVtt';
import { hasEnded, isTranscription, languageOf } from '../../../shared/tasks/task';
import type { OperationContext } from '../../operations/operation';
import { getTask } from '../transcriptionTask/fetchTasks';
import { transcript } from '../transcriptionTask/subtitles';
import type { subtitleSource } from './addFields';

/** The text of subtitles, and its language if that is known. */
export interface GivenSubtitles {
	text: string;
	language: string | null;
}

/**
 * The subtitles to add, from wherever they come.
 *
 * @throws Problem if there are none that Gcore takes
 */
export async function givenSubtitles(
	context: OperationContext,
	source: ReturnType<typeof subtitleSource.read>,
): Promise<GivenSubtitles> {
	if (source.from === 'task') return await subtitlesOfTask(context, source.taskId);
	const text = source.from === 'text' ? source.text : await textOfFile(source.file);
	refuseOtherText(text, source.from === 'text' ? "'Text'" : `"${source.file.name}"`);
	return { text, language: null };
}

async function subtitlesOfTask(
	{ client }: OperationContext,
	taskId: string,
): Promise<GivenSubtitles> {
	const task = await getTask(client, taskId);
	if (!hasEnded(task) && isTranscription(task)) throw notDone(task);
	transcript(task);
	const text = renderResult('vtt', task.result);
	refuseSize(Buffer.byteLength(text), `The text of task ${taskId}`);
	return { text, language: languageOf(task) };
}

/** Reads a file, unless it is too large for subtitles anyway. */
async function textOfFile(file: InputFile): Promise<string> {
	refuseSize(await file.size(), `"${file.name}"`);
	const pieces: Buffer[] = [];
	for await (const piece of file.read(0)) pieces.push(piece);
	return Buffer.concat(pieces).toString('utf8');
}

/** SRT begins with a number and a line of times. */
const SRT = /^\uFEFF?\s*(\d+[ \t]*\r?\n)?[ \t]*\d+:\d\d:\d\d[,.]\d{1,3}[ \t]*-->/;

function refuseOtherText(text: string, what: string): void {
	refuseSize(Buffer.byteLength(text), what);
	if (isWebVtt(text) || SRT.test(text)) return;
	throw new Problem(
		`${what} is neither WebVTT nor SRT`,
		'WebVTT begins with the line WEBVTT, SRT with a number and a line of times.',
	);
}

function refuseSize(bytes: number, what: string): void {
	if (bytes <= SUBTITLES_LIMIT_BYTES) return;
	throw new Problem(
		`${what} is larger than 5 MB`,
		'Gcore takes no larger subtitles: check that it is the right text, or split the video.',
	);
}
