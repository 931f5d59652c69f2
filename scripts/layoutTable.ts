/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/** `npx tsx scripts/layoutTable.ts`: the share of cues within the rules, before and after a layout, for docs/subtitles.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Cue } from '../nodes/shared/subtitles/cue';
import { isTooFast, isTooLong, layout } from '../nodes/shared/subtitles/layout/layout';
import type { Rules } from '../nodes/shared/subtitles/layout/rules';
import { inColumns, presetFor } from '../nodes/shared/subtitles/layout/rules';
import { segmented } from '../nodes/shared/subtitles/layout/segments';
import { columnsOf } from '../nodes/shared/subtitles/layout/width';
import { wordsOf } from '../nodes/shared/subtitles/layout/words';
import { markdownTable } from './table';

const TEXTS = join(__dirname, '..', 'test', 'unit', 'subtitles', 'texts');

/** Each text with the speed of calm speech, in columns per second. */
const WORKS: ReadonlyArray<readonly [language: string, work: string, speed: number]> = [
	['ara', 'Arabic: One Thousand and One Nights', 12],
	['chi', 'Chinese: Lu Xun, A Madman’s Diary', 9],
	['eng', 'English: Dickens, A Tale of Two Cities', 14],
	['fre', 'French: Voltaire, Candide', 14],
	['ger', 'German: Kafka, The Metamorphosis', 14],
	['ita', 'Italian: Collodi, Pinocchio', 14],
	['jpn', 'Japanese: Natsume, I Am a Cat', 12],
	['por', 'Portuguese: Machado de Assis, Brás Cubas', 14],
	['rus', 'Russian: Tolstoy, Anna Karenina', 13],
	['spa', 'Spanish: Cervantes, Don Quixote', 14],
];

/** A speech model's longest cue, in columns. */
const LONGEST_CUE = 110;
/** In milliseconds. */
const PAUSE = 400;

/** Cues as a speech model cuts them: as long as possible, with a pause after each sentence end. */
function spokenCues(text: string, speed: number): Cue[] {
	const cues: Cue[] = [];
	let [line, start] = ['', 0];
	const end = () => {
		const spoken = {
			start,
			end: start + Math.round((columnsOf(line) * 1_000) / speed),
			text: line,
		};
		cues.push(spoken);
		start = spoken.end + (/[.!?。！？]$/.test(line) ? PAUSE : 0);
		line = '';
	};
	for (const word of segmented(wordsOf(text.trim()), true, 0)) {
		const longer = line + (word.spaced && line ? ' ' : '') + word.text;
		if (columnsOf(longer) > LONGEST_CUE) end();
		line += (word.spaced && line ? ' ' : '') + word.text;
	}
	end();
	return cues;
}

function shareWithin(cues: readonly Cue[], rules: Rules): string {
	const good = cues.filter(
		(cue) =>
			!isTooFast(cue, rules) && !isTooLong(cue, rules) && cue.end - cue.start >= rules.minDuration,
	);
	return `${Math.round((good.length / cues.length) * 100)} %`;
}

const rows = WORKS.map(([language, work, speed]) => {
	const before = spokenCues(readFileSync(join(TEXTS, `${language}.txt`), 'utf8'), speed);
	const shares = (['streaming', 'broadcast', 'social'] as const).map((id) => {
		const rules = presetFor(id, language);
		return shareWithin(layout(before, language, rules).cues, inColumns(rules, language));
	});
	const asGiven = inColumns(presetFor('streaming', language), language);
	return [work, String(before.length), shareWithin(before, asGiven), ...shares];
});
console.log(
	markdownTable([
		['text', 'cues before', 'before (Streaming)', 'Streaming', 'Broadcast', 'Social Video'],
		...rows,
	]),
);
