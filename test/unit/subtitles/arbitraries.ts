import fc from 'fast-check';

import { toCues } from '../../../nodes/shared/subtitles/cue';

/** Pieces of text that may upset a writer of subtitles. */
const AWKWARD = [
	...['<i>', '</i>', '<b>', '</b>', '<v Bob>', '</>', '<00:00:01.000>', '<', '>'],
	...['&', '&amp;', '&lt;', '&gt;', ';', '&copy;', 'R&D'],
	...['-->', '--', '->', '00:00:01.000 --> 00:00:02.000', '00:00:01,000 --> 00:00:02,000'],
	...['\n', '\r\n', '\n\n', '\n \n', ' ', '\t', '\n1\n', 'NOTE', 'WEBVTT', '字幕', 'שלום', '😀'],
];

const text = fc
	.array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme' })), { maxLength: 12 })
	.map((parts) => parts.join(''));

const row = fc
	.record({ start: fc.nat(400 * 60 * 60 * 1000), duration: fc.nat(10_000), text })
	.map(({ start, duration, ...rest }) => ({ start, end: start + duration, ...rest }));

/** Cues of any text and any times, in any order, some of them overlapping. */
export const anyCues = fc.array(row, { maxLength: 8 }).map(toCues);
