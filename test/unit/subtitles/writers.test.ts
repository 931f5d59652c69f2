/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads TTML in tests, not part of the package */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';

import { formatAss } from '../../../nodes/shared/subtitles/ass';
import { formatTranscript } from '../../../nodes/shared/subtitles/transcript';
import { formatTtml } from '../../../nodes/shared/subtitles/ttml';
import { anyCues } from './arbitraries';

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
	])('the text %j is written as %j', (text, written) => {
		expect(eventsOf(formatAss([cue(text)]))[0]).toMatch(new RegExp(',,0,0,0,,'));
		expect(eventsOf(formatAss([cue(text)]))[0]?.split(',,0,0,0,,')[1]).toBe(written);
	});

	test('any cue is one event', () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(eventsOf(formatAss(cues))).toHaveLength(cues.length);
			}),
		);
	});
});

/** The text of every paragraph, read by an XML parser that is not ours. */
function readTtml(file: string) {
	expect(XMLValidator.validate(file)).toBe(true);
	const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, trimValues: false });
	const texts: string[] = [];
	const textOf = (nodes: Array<Record<string, unknown>>): string =>
		nodes
			.map((node) => {
				if ('#text' in node) return String(node['#text']);
				if ('br' in node) return '\n';
				return Object.values(node)
					.map((inner) => (Array.isArray(inner) ? textOf(inner) : ''))
					.join('');
			})
			.join('');
	const walk = (nodes: Array<Record<string, unknown>>) => {
		for (const node of nodes) {
			if (Array.isArray(node['p'])) texts.push(textOf(node['p']));
			else for (const inner of Object.values(node)) if (Array.isArray(inner)) walk(inner);
		}
	};
	walk(parser.parse(file) as Array<Record<string, unknown>>);
	return texts;
}

describe('TTML', () => {
	test('is of the text profile of IMSC 1, with times and a region', () => {
		const file = formatTtml([cue('Hello', 31, 360_000_000)], 'ger');
		expect(file).toContain('ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text"');
		expect(file).toContain('xml:lang="de"');
		expect(file).toContain('<p begin="00:00:00.031" end="100:00:00.000">');
		expect(readTtml(file)).toEqual(['Hello']);
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
		['R&D\n<b>', 'R&D\n<b>', false],
		['a < b > c', 'a < b > c', true],
		['a\u0000\u000b\ufffe\ud800b', 'ab', true],
		['<i>a <b>b</b></i> c', 'a b c', true],
		['<i>a<b>b</i>c</b>', 'abc', true],
		[']]>', ']]>', true],
	])('the text %j is read as %j', (text, read, isExact) => {
		const texts = readTtml(formatTtml([cue(text)], null)).map(decode);
		expect(texts).toEqual([isExact ? read : read.replace('<b>', '')]);
	});

	test('any cues are well-formed, none missing', () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(readTtml(formatTtml(cues, 'eng'))).toHaveLength(cues.length);
			}),
		);
	});
});

/** The parser may leave entities as they are, in its order-preserving mode. */
function decode(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

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

	test('puts no spaces into Chinese', () => {
		expect(formatTranscript([cue('我们认为\n下面'), cue('这些真理。')], false)).toBe(
			'我们认为下面这些真理。\n',
		);
	});

	test('is empty without cues', () => {
		expect(formatTranscript([], true)).toBe('');
	});
});
