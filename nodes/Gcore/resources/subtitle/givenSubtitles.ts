import { Problem } from '../../../form/problem';
import type { InputFile } from '../../../shared/inputFile';
import { renderResult } from '../../../shared/subtitles/formats';
import { languageOf } from '../../../shared/tasks/task';
import type { OperationContext } from '../../operations/operation';
import { getTranscript } from '../transcriptionTask/subtitles';
import type { subtitleSource } from './addFields';
import { refuseLarge, refuseOtherText } from './subtitleText';

/** The text of subtitles and its language. */
interface GivenSubtitles {
	text: string;
	language: string;
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
	if (source.from === 'task') return await subtitlesOfTask(context, source);
	const text = source.from === 'text' ? source.text : await textOfFile(source.file);
	return { text, language: source.language };
}

async function subtitlesOfTask(
	context: OperationContext,
	{ taskId, language: chosen }: { taskId: string; language: string | undefined },
): Promise<GivenSubtitles> {
	const task = await getTranscript(context, taskId);
	const text = renderResult('vtt', task.result);
	refuseLarge(Buffer.byteLength(text), `The text of task ${taskId}`);
	const language = chosen ?? languageOf(task);
	if (!language) {
		throw new Problem(
			"'Subtitles Language' is empty",
			`Task ${taskId} does not say which it is. Choose the language.`,
		);
	}
	return { text, language };
}

/** Reads a file, unless it is too large for subtitles anyway. */
async function textOfFile(file: InputFile): Promise<string> {
	const what = `"${file.name}"`;
	refuseLarge(await file.size(), what);
	const pieces: Buffer[] = [];
	for await (const piece of file.read(0)) pieces.push(piece);
	const bytes = Buffer.concat(pieces);
	const text = bytes.toString('utf8');
	// Otherwise viewers would see letters that the file does not have
	if (!Buffer.from(text).equals(bytes)) {
		throw new Problem(`${what} is not encoded as UTF-8`, 'Save it as UTF-8 first.');
	}
	refuseOtherText(text, what);
	return text;
}
