/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures time, not part of the package */
import fc from 'fast-check';

import { formatAss } from '../../../nodes/shared/subtitles/ass';
import { formatTranscript } from '../../../nodes/shared/subtitles/transcript';
import { formatTtml } from '../../../nodes/shared/subtitles/ttml';
import { withoutTags } from '../../../nodes/shared/subtitles/webVttText';
import { anyCues } from './arbitraries';
import { readTtml, ttmlCues, ttmlShownAt } from './parsers';

const cue = (text: string, start = 1_000, end = 2_000) => ({ start, end, text });

describe('ASS', () => {
	const eventsOf = (file: string) =>
		file.split('\n').filter((line) => line.startsWith('Dialogue:'));

	test('has a style and an event for each cue, in hundredths of a second', () => {
		const file = formatAss([cue('Hello'), cue('Bye', 3_723_004, 36_000_996)]);
		expect(file).toContain('[V4+ Styles]\nFormat: Name, Fontname');
		expect(eventsOf(file)).toEqual([
			'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hello',
			'Dialogue: 0,1:02:03.00,10:00:01.00,Default,,0,0,0,,Bye',
		]);
	});

	test.each([
		['a\nb', 'a\\Nb'],
		['{\\an8}', '\\{\\\u2060an8\\}'],
		['C:\\Notes', 'C:\\\u2060Notes'],
		['<i>a</i> < b', '{\\i1}a{\\i0} < b'],
		['Use the <b> tag.', 'Use the <b> tag.'],
	])('the text %j is written as %j', (text, written) => {
		expect(eventsOf(formatAss([cue(text)]))[0]).toMatch(new RegExp(',,0,0,0,,'));
		expect(eventsOf(formatAss([cue(text)]))[0]?.split(',,0,0,0,,')[1]).toBe(written);
	});

	test.each([
		[1_000, 1_001, '0:00:01.00,0:00:01.01'],
		[1_004, 1_014, '0:00:01.00,0:00:01.01'],
		[59_996, 59_999, '0:01:00.00,0:01:00.01'],
	])('a cue from %d to %d ms lasts for a hundredth of a second', (start, end, times) => {
		expect(eventsOf(formatAss([cue('a', start, end)]))[0]).toContain(`,${times},`);
	});

	test('any cue is one event', () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(eventsOf(formatAss(cues))).toHaveLength(cues.length);
			}),
		);
	});
});

describe('TTML', () => {
	const read = (text: string) => ttmlCues(readTtml(formatTtml([cue(text)], null)))[0]?.text;

	test('has all that the text profile of IMSC 1 demands', () => {
		const file = formatTtml([cue('Hello', 31, 360_000_000)], 'ger');
		const [root = ''] = /<tt [^>]*>/.exec(file) ?? [];
		for (const attribute of [
			'xmlns="http://www.w3.org/ns/ttml"',
			'xml:lang="de"',
			'ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text"',
			'ttp:timeBase="media"',
		])
			expect(root).toContain(` ${attribute}`);
		expect(file).toMatch(/<region xml:id="bottom" tts:origin="[\d% ]+" tts:extent="[\d% ]+"/);
		expect(file).toContain('<p begin="00:00:00.031" end="100:00:00.000">');
	});

	test('is shown in its region and at its times by a player', () => {
		const doc = readTtml(formatTtml([cue('a\nb', 1_000, 2_000), cue('c', 2_500, 3_000)], 'eng'));
		expect(Object.keys(doc.head.layout.regions)).toEqual(['bottom']);
		expect([500, 1_000, 1_999, 2_000, 2_500, 3_000].map((ms) => ttmlShownAt(doc, ms))).toEqual([
			[],
			['a\nb'],
			['a\nb'],
			[],
			['c'],
			[],
		]);
	});

	test.each([
		['ger', 'de'],
		['chi', 'zh'],
		['haw', 'haw'],
		['', 'und'],
		['"&', 'und'],
		[null, 'und'],
	])('the language %j is tagged %s', (language, tag) => {
		expect(formatTtml([], language)).toContain(` xml:lang="${tag}"`);
	});

	test.each([
		['R&D\n<b>', 'R&D\n<b>'],
		['a < b > c', 'a < b > c'],
		['a\u0000\u000b\ufffe\ud800b', 'ab'],
		['<i>a <b>b</b></i> c', 'a b c'],
		['<i>a<b>b</i>c</b>', 'a<b>bc</b>'],
		['Use the <b> tag.', 'Use the <b> tag.'],
		[']]>', ']]>'],
	])('the text %j is read as %j', (text, expected) => {
		expect(read(text)).toBe(expected);
	});

	test('another parser has no complaint, and reads the same text and times', () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(ttmlCues(readTtml(formatTtml(cues, 'eng')))).toEqual(
					cues.map((each) => ({
						...each,
						text: withoutTags(each.text.replace(NO_XML, '')),
					})),
				);
			}),
		);
	});

	test('the parser does complain about errors', () => {
		const file = formatTtml([cue('a')], 'eng');
		expect(() => readTtml(file.replace('</span>', ''))).toThrow();
		expect(() => readTtml(file.replace('style="box"', 'style="none"'))).toThrow(
			'error: Non-existant style',
		);
		expect(() => readTtml(file.replace('begin="00', 'begin="x'))).toThrow('warn: Malformed begin');
	});
});

/** Characters that XML 1.0 does not allow. */
const NO_XML = /(?![\t\n\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu;

describe('a transcript', () => {
	test('has a paragraph from each pause on, without lines', () => {
		const cues = [
			cue('One\ntwo.'),
			cue('<i>Three.</i>', 2_100, 3_000),
			cue('Four.', 72_500, 80_000),
		];
		expect(formatTranscript(cues, false)).toBe('One two. Three.\n\nFour.\n');
		expect(formatTranscript(cues, true)).toBe('[00:00:01] One two. Three.\n\n[00:01:12] Four.\n');
	});

	test('has no paragraph that goes on for ever', () => {
		const cues = Array.from({ length: 100 }, (_, at) =>
			cue('A sentence of some length.', at * 1_000, at * 1_000 + 1_000),
		);
		const paragraphs = formatTranscript(cues, false).split('\n\n');
		expect(Math.max(...paragraphs.map(({ length }) => length))).toBeLessThan(800);
	});

	test('has no tags but those that are text', () => {
		expect(formatTranscript([cue('Use <i>the</i>\n<b> tag.')], false)).toBe('Use the <b> tag.\n');
	});

	test('puts no spaces into Chinese', () => {
		expect(formatTranscript([cue('我们认为\n下面'), cue('这些真理。')], false)).toBe(
			'我们认为下面这些真理。\n',
		);
	});

	test('of text without pauses and marks takes no longer per cue for many cues', () => {
		const cpuMs = (count: number) => {
			const cues = Array.from({ length: count }, (_, at) =>
				cue('so we went down to the old harbour and there it was', at * 1_000, at * 1_000 + 1_000),
			);
			const { user } = process.cpuUsage();
			formatTranscript(cues, false);
			return (process.cpuUsage().user - user) / 1_000;
		};
		cpuMs(500);
		// Ten times as many cues took a hundred times as long; a machine that is busy changes both sides alike
		expect(cpuMs(5_000) / Math.max(1, cpuMs(500))).toBeLessThan(40);
	});

	test('is empty without cues', () => {
		expect(formatTranscript([], true)).toBe('');
	});
});
