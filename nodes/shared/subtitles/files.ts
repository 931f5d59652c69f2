import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';

import type { Task } from '../api/types';
import { languageOf } from '../tasks/task';
import type { Cue } from './cue';
import { subtitleFileName } from './fileName';
import { renderResult, SUBTITLE_FORMATS } from './formats';
import type { SubtitleFormatId } from './formats';

/** Makes a file of text that an item can carry. */
type MakeFile = (content: string, name: string, mimeType: string) => Promise<IBinaryData>;

/** Which files to make of a task's subtitles, and their names. */
interface SubtitleFilesWanted {
	formats: readonly SubtitleFormatId[];
	/** A prefix for the names of the binary fields; none unless given. */
	prefix?: string | undefined;
	/** A file name without language and extension; the video's unless given. */
	fileName?: string | undefined;
	/** The cues to write, if Gcore's were changed. */
	cues?: readonly Cue[] | undefined;
}

/** @param cues to write, if Gcore's were changed */
export function subtitleText(
	id: SubtitleFormatId,
	task: Task,
	cues: readonly Cue[] | undefined,
): string {
	const language = languageOf(task);
	if (!cues) return renderResult(id, task.result, language);
	return SUBTITLE_FORMATS[id].write(cues, language);
}

/** The subtitles of a task that succeeded, as files: a binary field for each format. */
export async function subtitleFiles(
	task: Task,
	{ formats, prefix = '', fileName, cues }: SubtitleFilesWanted,
	makeFile: MakeFile,
): Promise<IBinaryKeyData> {
	const files = formats.map(async (id) => {
		const { extension, mimeType } = SUBTITLE_FORMATS[id];
		const content = subtitleText(id, task, cues);
		const name = subtitleFileName({
			base: fileName,
			url: task.task_data?.url,
			taskId: task.task_id,
			language: languageOf(task),
			extension,
		});
		return [`${prefix}${id}`, await makeFile(content, name, mimeType)] as const;
	});
	return Object.fromEntries(await Promise.all(files));
}
