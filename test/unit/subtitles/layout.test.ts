/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures time, not part of the package */
import fc from 'fast-check';

import type { Cue } from '../../../nodes/shared/subtitles/cue';
import { BREAK, breakBetween, forcedBreak } from '../../../nodes/shared/subtitles/layout/breaks';
import { grammarOf } from '../../../nodes/shared/subtitles/layout/grammar';
import { layout } from '../../../nodes/shared/subtitles/layout/layout';
import type { PresetId, Rules } from '../../../nodes/shared/subtitles/layout/rules';
import { presetFor } from '../../../nodes/shared/subtitles/layout/rules';
import { segmented } from '../../../nodes/shared/subtitles/layout/segments';
import { columnsOf } from '../../../nodes/shared/subtitles/layout/width';
import { wordsOf } from '../../../nodes/shared/subtitles/layout/words';
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
	gap: fc.constantFrom(0, 1, 84, 250, 300, 301, 500, 900),
});
const preset = fc.constantFrom<PresetId>('streaming', 'broadcast', 'social');
const language = fc.constantFrom(...LANGUAGES);
const settings = fc.oneof(
	fc.record({ language, rules: custom }),
	fc.tuple(preset, language).map(([id, code]) => ({ language: code, rules: presetFor(id, code) })),
);

const withoutSpace = (text: string) => text.replace(/\s/g, '');
const lettersOf = (cues: readonly Cue[]) => cues.map(({ text }) => withoutSpace(text)).join('');

/** A property of any layout. */
function holds(check: (before: Cue[], after: Cue[], rules: Rules, code: string | null) => void) {
	fc.assert(
		fc.property(spokenCues, settings, (cues, { rules, language: code }) => {
			check(cues, layout(cues, code, rules).cues, rules, code);
		}),
		{ numRuns: Number(process.env['RUNS'] ?? 150) },
	);
}

/** A dash inside a sentence never starts a line. */
const STAYS_TOGETHER = / [-–]/;

/** Whether a line is one word, or words of Chinese or Japanese with marks that may not be divided from them. */
function isOneWord(line: string, code: string | null): boolean {
	const grammar = grammarOf(code, []);
	const words = segmented(wordsOf(line), true, 0);
	return words.every((word, at) => {
		const previous = words[at - 1];
		return (
			!previous ||
			(breakBetween(previous, word, grammar) === BREAK.never &&
				forcedBreak(previous, word, grammar) === BREAK.never)
		);
	});
}

describe('whatever is said', () => {
	test('no letter is lost or added', () => {
		holds((before, after) => {
			expect(lettersOf(after)).toBe(lettersOf(before));
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
				Array.from(withoutSpace(text), () => start),
			);
			let letters = 0;
			for (const { start, text } of after) {
				expect(start).toBeGreaterThanOrEqual(starts[letters] ?? 0);
				letters += Array.from(withoutSpace(text)).length;
			}
		});
	});

	test('lines keep to their number and length, unless words are longer', () => {
		holds((_, after, rules, code) => {
			const limit = rules.lineLength * (['chi', 'jpn', 'kor'].includes(code ?? '') ? 2 : 1);
			for (const { text } of after) {
				const lines = text.split('\n');
				expect(lines.length).toBeLessThanOrEqual(rules.lines);
				for (const line of lines)
					if (columnsOf(line) > limit && !STAYS_TOGETHER.test(line))
						expect([line, isOneWord(line, code)]).toEqual([line, true]);
			}
		});
	});
});

test.each<[string, PresetId, Cue[]]>([
	[
		'words that wait for a mark',
		'streaming',
		[
			{ start: 0, end: 7_000, text: '吾輩' },
			{ start: 7_000, end: 14_000, text: '、' },
			{ start: 14_000, end: 14_001, text: 'and' },
		],
	],
	[
		'scripts with spaces and without in one cue',
		'social',
		[
			{ start: 0, end: 1, text: 'and 반갑습니다. 这些' },
			{ start: 0, end: 3_012, text: 'มีและและ' },
		],
	],
])('%s are laid out until a second layout changes nothing', (_, id, cues) => {
	const rules = presetFor(id, 'eng');
	const laid = layout(cues, 'eng', rules);
	expect(layout(laid.cues, 'eng', rules)).toEqual(laid);
});

test('a word that moves to the next cue in a second layout does not start before its speech', () => {
	const cues = [
		{ start: 0, end: 1, text: ')、Microsoft100' },
		{ start: 301, end: 302, text: '。MicrosoftとMicrosoft' },
		{ start: 301, end: 302, text: '吾輩吾輩' },
		{ start: 301, end: 302, text: 'GoogleGoogleGoogle。' },
	];
	const laid = layout(cues, 'eng', presetFor('broadcast', 'eng'));
	expect(laid.cues.map(({ start }) => start)).toEqual([0, expect.any(Number)]);
	expect(laid.cues[1]?.start).toBeGreaterThanOrEqual(301);
});

test.each([
	[
		'eng',
		'so we went down to the old harbour, and there it was, the ship that nobody had seen. Yes, I know',
		200,
	],
	['jpn', '吾輩は猫である、名前はまだ無いどこで生れたか、とんと', 600],
])('a long video in %s takes no longer per cue than a short one', (code, text, short) => {
	const cpuMs = (count: number) => {
		const cues = Array.from({ length: count }, (_, at) => ({
			start: at * 4_000,
			end: at * 4_000 + 3_990,
			text,
		}));
		const { user } = process.cpuUsage();
		layout(cues, code, presetFor('streaming', code));
		return (process.cpuUsage().user - user) / 1000;
	};
	cpuMs(short);
	// `npm run bench -- layout` has the time of ten hours; a machine that is busy changes both sides alike
	expect(cpuMs(short * 10) / cpuMs(short)).toBeLessThan(40);
});

test('a long row of marks behind a number takes no longer per mark than a short one', () => {
	const grammar = grammarOf('eng', []);
	const cpuMs = (count: number) => {
		const [number, marks] = wordsOf(`5 ${'*'.repeat(count)}a`);
		if (!number || !marks) throw new Error('two words');
		const { user } = process.cpuUsage();
		breakBetween(number, marks, grammar);
		return (process.cpuUsage().user - user) / 1_000;
	};
	cpuMs(1_000);
	// Ten times as many marks took a hundred times as long
	expect(cpuMs(100_000) / Math.max(1, cpuMs(10_000))).toBeLessThan(40);
});
