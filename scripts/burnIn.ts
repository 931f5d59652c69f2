/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- for commands of developers, not part of the package */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { formatAss } from '../nodes/shared/subtitles/ass';
import type { Cue } from '../nodes/shared/subtitles/cue';

interface Picture {
	/** Where to write `<name>.png`, and `<name>.ass` beside it. */
	folder: string;
	name: string;
	cues: readonly Cue[];
	/** A source of video in ffmpeg's words, such as `testsrc2=size=1280x720`. */
	source: string;
	/** The time of the frame, in milliseconds. */
	at: number;
}

/** Makes a picture of one frame with subtitles burnt in by ffmpeg's libass. */
export function burnIn({ folder, name, cues, source, at }: Picture): void {
	writeFileSync(join(folder, `${name}.ass`), formatAss(cues));
	const input = ['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source];
	const filters = `setpts=PTS+${at / 1_000}/TB,ass=${name}.ass`;
	execFileSync('ffmpeg', [...input, '-vf', filters, '-frames:v', '1', `${name}.png`], {
		cwd: folder,
	});
}
