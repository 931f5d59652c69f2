/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures time, not part of the package */
import fc from 'fast-check';

import { formatSrt } from '../../../nodes/shared/subtitles/srt';
import { anyCues } from './arbitraries';
import { readSrt } from './parsers';

const cue = (text: string, start = 1_000, end = 2_000) => ({ start, end, text });

test('cues are numbered from 1 and separated by a blank line, with a comma in their times', () => {
	expect(formatSrt([cue('- Hello\n- Bye'), cue('b', 3_723_004, 360_000_000)])).toBe(
		`1
00:00:01,000 --> 00:00:02,000
- Hello
- Bye

2
01:02:03,004 --> 100:00:00,000
b
`,
	);
});

test('no cues make an empty file', () => {
	expect(formatSrt([])).toBe('');
});

test.each([
	['R&D <b>', 'R&D <b>'],
	['<i>a</i> &lt; &amp;', '<i>a</i> &lt; &amp;'],
	['a\nb\nc', 'a\nb\nc'],
	['42', '42'],
	['a -> b', 'a -> b'],
	['a --> b', 'a → b'],
	['a ----> b', 'a → b'],
	['a\n2\n00:00:01,000 --> 00:00:02,000\nb', 'a\n2\n00:00:01,000 → 00:00:02,000\nb'],
])('the text %j is written as %j', (text, written) => {
	const file = formatSrt([cue(text), cue('next')]);
	expect(file).toContain(`00:00:02,000\n${written}\n\n2\n`);
	expect(readSrt(file)).toEqual([cue(written), cue('next')]);
});

test('a long row of dashes takes no longer per dash than a short one', () => {
	const cpuMs = (count: number) => {
		const { user } = process.cpuUsage();
		formatSrt([cue('-'.repeat(count))]);
		return (process.cpuUsage().user - user) / 1_000;
	};
	cpuMs(1_000);
	// Ten times as many dashes took a hundred times as long
	expect(cpuMs(100_000) / Math.max(1, cpuMs(10_000))).toBeLessThan(40);
});

test('another parser reads any cues back unchanged', () => {
	fc.assert(
		fc.property(anyCues, (cues) => {
			// The other parser takes such lines for WebVTT's comments, in SRT too
			fc.pre(!cues.some(({ text }) => /^NOTE/m.test(text)));
			expect(readSrt(formatSrt(cues))).toEqual(
				cues.map((each) => ({ ...each, text: each.text.replace(/-{2,}>/g, '→') })),
			);
		}),
	);
});
