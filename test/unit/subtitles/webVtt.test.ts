import fc from 'fast-check';

import { formatWebVtt, isWebVtt, parseWebVtt } from '../../../nodes/shared/subtitles/webVtt';
import { anyCues } from './arbitraries';
import { readWebVtt } from './parsers';

const cue = (text: string, start = 1_000, end = 2_000) => ({ start, end, text });
const DECODED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const decodedOnce = (text: string) => text.replace(/&(amp|lt|gt);/g, (e) => DECODED[e] ?? e);

describe('parseWebVtt takes', () => {
	const one = [cue('Hello')];
	const timing = '00:00:01.000 --> 00:00:02.000';

	test.each([
		['a plain file', `WEBVTT\n\n${timing}\nHello\n`, one],
		['a byte order mark', `\uFEFFWEBVTT\n\n${timing}\nHello\n`, one],
		['CRLF', `WEBVTT\r\n\r\n1\r\n${timing}\r\nHello\r\n\r\n`, one],
		['CR', `WEBVTT\r\r${timing}\rHello\r`, one],
		['text in the header', `WEBVTT - made by hand\n\n${timing}\nHello`, one],
		['metadata lines', `WEBVTT\nKind: captions\nLanguage: en\n\n${timing}\nHello`, one],
		['no blank line after the header', `WEBVTT\n${timing}\nHello`, one],
		['no header at all', `1\n${timing}\nHello`, one],
		['several blank lines', `WEBVTT\n\n\n\n${timing}\nHello\n\n\n`, one],
		['no newline at the end', `WEBVTT\n\n${timing}\nHello`, one],
		['a number before the cue', `WEBVTT\n\n1\n${timing}\nHello`, one],
		['a name before the cue', `WEBVTT\n\nintro - a\n${timing}\nHello`, one],
		['a name like a comment before the cue', `WEBVTT\n\nNOTE7\n${timing}\nHello`, one],
		['a byte order mark and no header', `\uFEFF${timing}\nHello`, one],
		['settings', `WEBVTT\n\n${timing} align:start line:0%\nHello`, one],
		['no space about the arrow', `WEBVTT\n\n00:01.000-->00:02.000\nHello`, one],
		['times without hours', `WEBVTT\n\n00:01.000 --> 00:02.000\nHello`, one],
		['comments', `WEBVTT\n\nNOTE\nno\n\nNOTE no --> no\n\n${timing}\nHello\n\nNOTE end`, one],
		['a cue in a comment', `WEBVTT\n\n\nNOTE\n${timing}\nno\n\n${timing}\nHello`, one],
		['styles', `WEBVTT\n\nSTYLE\n/* --> */\n::cue { color: red }\n\n${timing}\nHello`, one],
		['regions', `WEBVTT\n\nREGION\nid:-->\nlines:3\n\n${timing}\nHello`, one],
		['several lines', `WEBVTT\n\n${timing}\n- Hello\n- Bye\n`, [cue('- Hello\n- Bye')]],
		['a line of spaces in a cue', `WEBVTT\n\n${timing}\na\n  \nb\n`, [cue('a\nb')]],
		['text that starts like a comment', `WEBVTT\n\n${timing}\nNOTE this\n`, [cue('NOTE this')]],
		['an empty cue', `WEBVTT\n\n1\n${timing}\n\n2\n${timing}\nHello`, one],
		['a cue of tags alone', `WEBVTT\n\n${timing}\n<c></c>&nbsp;\n\n${timing}\nHello`, one],
		[
			'a missing blank line',
			`WEBVTT\n\n${timing}\nHello\n00:03.000 --> 00:04.000\nBye`,
			[cue('Hello'), cue('Bye', 3_000, 4_000)],
		],
		['an arrow in the text', `WEBVTT\n\n${timing}\na --> b`, [cue('a --> b')]],
		[
			'times that cannot be read',
			`WEBVTT\n\n1\n00:00:01.000 --> soon\nHello\n\n2\n00:00:02.000 --> 00:00:03.000\nBye`,
			[cue('Hello'), cue('Bye', 2_000, 3_000)],
		],
		['a file without cues', 'WEBVTT\n', []],
		['nothing', '', []],
	])('%s', (_what, file, cues) => {
		expect(parseWebVtt(file)).toEqual(cues);
	});

	test.each([
		['<v Bob>Hello</v>', 'Hello'],
		['<v.loud Bob Jones>Hello', 'Hello'],
		['<c.x.y>Hel</c>lo', 'Hello'],
		['<lang en-GB>Hello</lang>', 'Hello'],
		['<ruby>Hello<rt>x</rt></ruby>', 'Hellox'],
		['a<00:00:01.000>b<01:02.500>c', 'abc'],
		['<i>a</i> <b>b</b> <u>c</u>', '<i>a</i> <b>b</b> <u>c</u>'],
		['<i.loud>a</i>', '<i>a</i>'],
		['<v\nBob>Hello</>', 'Hello'],
		['a < b, I <3 you, <>', 'a < b, I <3 you, <>'],
		['R&amp;D', 'R&D'],
		['&lt;v Bob&gt;', '<v Bob>'],
		['&amp;lt;', '&lt;'],
		['&amp;amp;amp;', '&amp;amp;'],
		['a&nbsp;b', 'a\u00a0b'],
		['&lrm;a&rlm;', '\u200ea\u200f'],
		['AT&T &copy; &', 'AT&T &copy; &'],
	])('the text %j for %j', (text, expected) => {
		expect(parseWebVtt(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`)).toEqual([cue(expected)]);
	});
});

/** A block of a valid file: a comment, or a cue with what may stand around it. */
const block = fc.oneof(
	{
		weight: 1,
		arbitrary: fc
			.constantFrom('NOTE', 'NOTE of mine', 'NOTE\ntwo\nlines', 'NOTE\t1\n2')
			.map((lines) => (start: number) => ({ start, lines })),
	},
	{
		weight: 4,
		arbitrary: fc
			.record({
				name: fc.constantFrom('', '1\n', 'intro - a\n', 'NOTES\n', '00:01\n', 'WEBVTT\n'),
				wait: fc.nat(900_000),
				duration: fc.integer({ min: 1, max: 9_000 }),
				settings: fc.constantFrom('', ' align:start', ' line:0% position:10%', '\tsize:50% ', ' '),
				text: fc.array(
					fc.constantFrom(
						...[
							'Hello',
							' ',
							'\n',
							'R&amp;D',
							'&lt;',
							'&gt;',
							'<i>a</i>',
							'<b>b</b>',
							'<v Bob>c</v>',
						],
						...[
							'<c.x>d</c>',
							'<lang en>e</lang>',
							'字幕',
							'שלום',
							'1',
							'NOTE',
							'<i>f <u>g</u></i>',
						],
					),
					{ minLength: 1, maxLength: 6 },
				),
			})
			.map(({ name, wait, duration, settings, text }) => (previous: number) => {
				const start = previous + wait;
				const own = text.join('').replace(/\n+/g, '\n').trim() || 'a';
				const times = `${stamp(start)} --> ${stamp(start + duration)}`;
				return { start, lines: `${name}${times}${settings}\n${own}` };
			}),
	},
);
const stamp = (ms: number) => {
	const time = new Date(ms).toISOString().slice(11, -1);
	return ms < 3_600_000 && ms % 2 === 0 ? time.slice(3) : time;
};
const validFile = fc
	.record({
		header: fc.constantFrom('WEBVTT', '\uFEFFWEBVTT', 'WEBVTT - title', 'WEBVTT\ta'),
		before: fc.constantFrom([], ['STYLE\n::cue { color: red }']),
		blocks: fc.array(block, { maxLength: 6 }),
		newline: fc.constantFrom('\n', '\r\n', '\r'),
		end: fc.constantFrom('', '\n', '\n\n'),
	})
	.map(({ header, before, blocks, newline, end }) => {
		let now = 0;
		const written = blocks.map((write) => {
			const { start, lines } = write(now);
			now = start;
			return lines;
		});
		return `${[header, ...before, ...written].join('\n\n')}${end}`.replaceAll('\n', newline);
	});

test("parseWebVtt reads valid files as the W3C's parser does", () => {
	const withoutOthers = (text: string) => text.replace(/<\/?(v|c|lang)>/g, '');
	const order = (a: ReturnType<typeof cue>, b: ReturnType<typeof cue>) =>
		a.start - b.start || a.end - b.end || a.text.localeCompare(b.text);
	const trimmed = (text: string) =>
		text
			.split('\n')
			.map((line) => line.trim())
			// A line of spaces does not end a cue, and has nothing to read
			.filter(Boolean)
			.join('\n');
	fc.assert(
		fc.property(validFile, (file) => {
			const theirs = readWebVtt(file).map((each) => ({
				...each,
				text: trimmed(withoutOthers(each.text)),
			}));
			expect(parseWebVtt(file).sort(order)).toEqual(theirs.sort(order));
		}),
	);
});

describe('formatWebVtt', () => {
	test('numbers cues and separates them by a blank line', () => {
		expect(formatWebVtt([cue('- Hello\n- Bye'), cue('b', 2_000, 360_000_000)])).toBe(
			`WEBVTT

1
00:00:01.000 --> 00:00:02.000
- Hello
- Bye

2
00:00:02.000 --> 100:00:00.000
b
`,
		);
	});

	test('writes the header alone without cues', () => {
		expect(formatWebVtt([])).toBe('WEBVTT\n');
		expect(readWebVtt(formatWebVtt([]))).toEqual([]);
	});

	test.each([
		['R&D', 'R&amp;D'],
		['R&amp;D', 'R&amp;D'],
		['&lt;&gt;&nbsp;&lrm;&rlm;', '&lt;&gt;&nbsp;&lrm;&rlm;'],
		['&copy; &lt &&amp;', '&amp;copy; &amp;lt &amp;&amp;'],
		['a < b > c', 'a &lt; b &gt; c'],
		['a --> b', 'a --&gt; b'],
		['00:00:01.000 --> 00:00:02.000', '00:00:01.000 --&gt; 00:00:02.000'],
		['<i>a</i> <b><u>b</u></b>', '<i>a</i> <b><u>b</u></b>'],
		['<i>a\nb</i>', '<i>a\nb</i>'],
		['<b> alone', '&lt;b&gt; alone'],
		['alone </b>', 'alone &lt;/b&gt;'],
		['<i><b>a</i></b>', '<i>&lt;b&gt;a</i>&lt;/b&gt;'],
		['<v Bob>a</v>', '&lt;v Bob&gt;a&lt;/v&gt;'],
		['--<i>></i>', '--<i>&gt;</i>'],
	])('writes %j as %j', (text, written) => {
		const file = formatWebVtt([cue(text)]);
		expect(file).toBe(`WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n${written}\n`);
		expect(formatWebVtt([cue(written)])).toBe(file);
	});

	test('is read back by parseWebVtt unchanged', () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(parseWebVtt(formatWebVtt(cues))).toEqual(
					cues.map((each) => ({ ...each, text: decodedOnce(each.text) })),
				);
			}),
		);
	});

	test("is valid to the W3C's parser, which reads it back unchanged", () => {
		fc.assert(
			fc.property(anyCues, (cues) => {
				expect(readWebVtt(formatWebVtt(cues))).toEqual(
					cues.map((each) => ({ ...each, text: decodedOnce(each.text) })),
				);
			}),
		);
	});
});

test.each([
	['WEBVTT', true],
	['WEBVTT\n\n', true],
	['\uFEFFWEBVTT - title\r\n', true],
	['WEBVTT\ttitle', true],
	['WEBVTTX', false],
	[' WEBVTT', false],
	['1\n00:01.000 --> 00:02.000\na', false],
	['', false],
])('%j is a WebVTT file: %p', (text, expected) => {
	expect(isWebVtt(text)).toBe(expected);
});
