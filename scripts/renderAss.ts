/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a command for developers, not part of the package */
/** `npx tsx scripts/renderAss.ts <folder>`: frames of subtitles burnt in by ffmpeg's libass, to be looked at. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { formatAss } from '../nodes/shared/subtitles/ass';
import { layout } from '../nodes/shared/subtitles/layout/layout';
import { presetFor } from '../nodes/shared/subtitles/layout/rules';

/** A text for each second of the video. */
const TEXTS: ReadonlyArray<readonly [name: string, language: string, text: string]> = [
	['long', 'eng', 'It was the best of times, it was the worst of times, it was the age of wisdom'],
	['escapes', 'eng', 'Braces {\\an8}, C:\\Notes\\New and <i>italics</i> < b'],
	['arabic', 'ara', 'هذا كِتَابٌ جميل جداً، وقد قرأته مرتين'],
];
const FRAME_TIME = 1_000;

const folder = process.argv[2] ?? 'reports';
mkdirSync(folder, { recursive: true });
for (const [name, language, text] of TEXTS) {
	const cue = { start: 0, end: 6_000, text };
	// A layout leaves out tags, which the second text is about
	const cues = text.includes('<')
		? [cue]
		: layout([cue], language, presetFor('streaming', language)).cues;
	writeFileSync(join(folder, `${name}.ass`), formatAss(cues));
	execFileSync(
		'ffmpeg',
		[
			...[
				'-loglevel',
				'error',
				'-y',
				'-f',
				'lavfi',
				'-i',
				'testsrc2=size=1280x720:rate=1:duration=3',
			],
			...[
				'-vf',
				`ass=${name}.ass`,
				'-ss',
				String(FRAME_TIME / 1_000),
				'-frames:v',
				'1',
				`${name}.png`,
			],
		],
		{ cwd: folder },
	);
}
