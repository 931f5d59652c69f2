/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command for developers, not part of the package */
/** `npx tsx scripts/renderAss.ts <folder>`: frames of subtitles burnt in by ffmpeg's libass, to look at. */
import { mkdirSync } from 'node:fs';

import { layout } from '../nodes/shared/subtitles/layout/layout';
import { presetFor } from '../nodes/shared/subtitles/layout/rules';
import { burnIn } from './burnIn';

const TEXTS: ReadonlyArray<readonly [name: string, language: string, text: string]> = [
	['long', 'eng', 'It was the best of times, it was the worst of times, it was the age of wisdom'],
	['escapes', 'eng', 'Braces {\\an8}, C:\\Notes\\New and <i>italics</i> < b'],
	['arabic', 'ara', 'هذا كِتَابٌ جميل جداً، وقد قرأته مرتين'],
];

const folder = process.argv[2] ?? 'reports';
mkdirSync(folder, { recursive: true });
for (const [name, language, text] of TEXTS) {
	const { cues } = layout(
		[{ start: 0, end: 6_000, text }],
		language,
		presetFor('streaming', language),
	);
	burnIn({ folder, name, cues, source: 'testsrc2=size=1280x720', at: 1_000 });
}
