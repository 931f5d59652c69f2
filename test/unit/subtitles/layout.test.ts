/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures time, not part of the package */
import fc from 'fast-check';

import type { Cue } from '../../../nodes/shared/subtitles/cue';
import { layout } from '../../../nodes/shared/subtitles/layout/layout';
import type { PresetId, Rules } from '../../../nodes/shared/subtitles/layout/rules';
import { presetFor } from '../../../nodes/shared/subtitles/layout/rules';
import { columnsOf } from '../../../nodes/shared/subtitles/layout/width';
import { spokenCues } from './layoutArbitraries';

const LANGUAGES = [
	'eng',
	'ger',
	'fre',
	'chi',
	'jpn',
	'kor',
	'tha',
	'ara',
	'heb',
	'xxx',
	null,
] as const;

const custom: fc.Arbitrary<Rules> = fc.record({
	lineLength: fc.integer({ min: 5, max: 60 }),
	lines: fc.integer({ min: 1, max: 3 }),
	readingSpeed: fc.integer({ min: 5, max: 30 }),
	minDuration: fc.integer({ min: 0, max: 1_500 }),
	maxDuration: fc.integer({ min: 1_500, max: 9_000 }),
	gap: fc.constantFrom(0, 1, 84, 250, 300, 500),
});
const preset = fc.constantFrom<PresetId>('streaming', 'broadcast', 'social');
const language = fc.constantFrom(...LANGUAGES);
const settings = fc.oneof(
	fc.record({ language, rules: custom }),
	fc.tuple(preset, language).map(([id, code]) => ({ language: code, rules: presetFor(id, code) })),
);

const withoutSpace = (cues: readonly Cue[]) =>
	cues.map(({ text }) => text.replace(/\s/g, '')).join('');
/** Tags are left out, and what is left behind may be one. */
const withoutTags = (text: string): string => {
	const plain = text.replace(/<\/?[ibu]>/g, '');
	return plain === text ? text : withoutTags(plain);
};

/** The same cues each time, so that no change fails on what another let through; `RUNS=20000` looks for more. */
const RUNS = process.env['RUNS']
	? { numRuns: Number(process.env['RUNS']) }
	: { numRuns: 500, seed: 14 };

/** A property of any layout. */
function holds(check: (before: Cue[], after: Cue[], rules: Rules, code: string | null) => void) {
	fc.assert(
		fc.property(spokenCues, settings, (cues, { rules, language: code }) => {
			check(cues, layout(cues, code, rules).cues, rules, code);
		}),
		RUNS,
	);
}

describe('whatever is said', () => {
	test('no letter is lost, and none comes to be', () => {
		holds((before, after) => {
			const bare = before.map((cue) => ({ ...cue, text: withoutTags(cue.text) }));
			expect(withoutSpace(after)).toBe(withoutSpace(bare));
		});
	});

	test('a second layout changes nothing', () => {
		holds((_, after, rules, code) => {
			expect(layout(after, code, rules).cues).toEqual(after);
		});
	});

	test('cues follow each other, apart by the gap if there is time for it', () => {
		holds((_, after, { gap }) => {
			for (const [at, { start, end, text }] of after.entries()) {
				expect(end).toBeGreaterThan(start);
				expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
				const next = after[at + 1];
				if (!next) continue;
				expect(next.start).toBeGreaterThanOrEqual(end);
				if (next.start - start > gap + text.length)
					expect(next.start - end).toBeGreaterThanOrEqual(gap);
			}
		});
	});

	test('no cue starts before its speech', () => {
		holds((before, after) => {
			const starts = before.flatMap(({ start, text }) =>
				Array.from(withoutTags(text).replace(/\s/g, ''), () => start),
			);
			let letters = 0;
			for (const { start, text } of after) {
				expect(start).toBeGreaterThanOrEqual(starts[letters] ?? 0);
				letters += Array.from(text.replace(/\s/g, '')).length;
			}
		});
	});

	test('lines keep to their number and length, unless words are longer', () => {
		holds((_, after, rules, code) => {
			const limit = rules.lineLength * (['chi', 'jpn', 'kor'].includes(code ?? '') ? 2 : 1);
			for (const line of after.flatMap(({ text }) => text.split('\n')))
				if (columnsOf(line) > limit)
					expect(line).not.toMatch(/\p{Script=Latin}\.? (?!km)\p{Script=Latin}/u);
			for (const { text } of after)
				expect(text.split('\n').length).toBeLessThanOrEqual(rules.lines);
		});
	});
});

test('a video of ten hours takes about a second', () => {
	const text =
		'so we went down to the old harbour, and there it was, the ship that nobody had seen. Yes, I know';
	const cues = Array.from({ length: 9_000 }, (_, at) => ({
		start: at * 4_000,
		end: at * 4_000 + 3_990,
		text,
	}));
	const { user } = process.cpuUsage();
	expect(layout(cues, 'eng', presetFor('streaming', 'eng')).cues.length).toBeGreaterThan(9_000);
	// In microseconds of this process alone; it takes a second if nothing else runs on the machine
	expect(process.cpuUsage().user - user).toBeLessThan(20_000_000);
});
