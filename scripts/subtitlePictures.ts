/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command for developers, not part of the package */
/** `npx tsx scripts/subtitlePictures.ts`: the pictures of docs/subtitles.md, before and after a layout. */
import { mkdtempSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Cue } from '../nodes/shared/subtitles/cue';
import { layout } from '../nodes/shared/subtitles/layout/layout';
import { PRESETS } from '../nodes/shared/subtitles/layout/rules';
import { burnIn } from './burnIn';

const DOCS = join(__dirname, '..', 'docs');

/** A cue of 108 characters at 19 characters a second, as a speech model may cut it. */
const AS_GIVEN: readonly Cue[] = [
	{
		start: 0,
		end: 5_600,
		text: 'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,',
	},
];

/** In milliseconds. */
const AT = 300;

/** A colour from the top to the bottom of the picture, as an expression of ffmpeg's. */
const sky = (top: number, bottom: number) => `${top}+(${bottom - top})*Y/H`;
/** Hills: a base line and waves, in shares of the height and width. */
const hills = (base: number, height: number, waves: number, shift: number) =>
	`gt(Y/H,${base}+${height}*sin(${waves}*X/W+${shift})+${height / 3}*sin(${waves * 2.7}*X/W))`;
const SUN = 'lt(hypot(X-W*0.68,Y-H*0.42),H*0.09)';

/** One channel of a landscape at dusk: the sky, the sun, and three rows of hills. */
const channel = (
	top: number,
	bottom: number,
	sun: number,
	rows: readonly [number, number, number],
) =>
	[
		`if(${hills(0.8, 0.05, 5, 1)},${rows[2]}`,
		`if(${hills(0.66, 0.05, 7, 4)},${rows[1]}`,
		`if(${hills(0.55, 0.06, 6, 0)},${rows[0]}`,
		`if(${SUN},${sun},${sky(top, bottom)}))))`,
	].join(',');

const landscape = (size: string) =>
	`color=size=${size},format=gbrp,geq=r='${channel(38, 246, 255, [150, 92, 40])}':g='${channel(52, 160, 226, [84, 60, 34])}':b='${channel(98, 112, 160, [110, 92, 62])}'`;

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
for (const [shape, size, preset] of [
	['wide', '960x540', PRESETS.streaming],
	['phone', '405x720', PRESETS.social],
] as const) {
	const versions = { before: AS_GIVEN, after: layout(AS_GIVEN, 'eng', preset).cues };
	for (const [version, cues] of Object.entries(versions)) {
		const name = `subtitles-${shape}-${version}`;
		burnIn({ folder, name, cues, source: landscape(size), at: AT });
		copyFileSync(join(folder, `${name}.png`), join(DOCS, `${name}.png`));
	}
}
rmSync(folder, { recursive: true });
