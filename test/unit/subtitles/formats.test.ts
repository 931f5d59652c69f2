import fc from 'fast-check';

import type { SubtitleFormatId } from '../../../nodes/shared/subtitles/formats';
import { renderResult, SUBTITLE_FORMATS } from '../../../nodes/shared/subtitles/formats';
import type { TaskResult } from '../../../nodes/shared/api/types';
import { readSrt, readWebVtt } from './parsers';

const render = (id: SubtitleFormatId, result: TaskResult | null | undefined) =>
	renderResult(id, result);

const subtitles = [
	{ start_time: '00:00:00.031', end_time: '00:00:03.671', text: 'Tom & Ann:\r\n<i>hello</i>' },
	{ start_time: '00:00:04.0', end_time: '100:00:00.000', text: ' Bye ' },
];
const cues = [
	{ start: 31, end: 3_671, text: 'Tom & Ann:\n<i>hello</i>' },
	{ start: 4_000, end: 360_000_000, text: 'Bye' },
];

test.each([
	['vtt', 'WebVTT', 'vtt', 'text/plain'],
	['srt', 'SRT', 'srt', 'text/plain'],
	['txt', 'Plain Text', 'txt', 'text/plain'],
	['cues', 'JSON Cues', 'json', 'application/json'],
	['ass', 'ASS', 'ass', 'text/plain'],
	['ttml', 'TTML', 'ttml', 'text/plain'],
	['transcript', 'Transcript', 'transcript.txt', 'text/plain'],
] as const)('%s is %s: .%s, %s', (id, label, extension, mimeType) => {
	expect(SUBTITLE_FORMATS[id]).toMatchObject({ label, extension, mimeType });
});

test("a whole result of Gcore's makes every file", () => {
	const result: TaskResult = { subtitles, speech_detected: true };
	expect(readWebVtt(render('vtt', result))).toEqual(cues);
	expect(readSrt(render('srt', result))).toEqual(cues);
	expect(render('txt', result)).toBe('Tom & Ann: hello\nBye\n');
	expect(render('cues', result)).toBe(`[
  {
    "start_time": "00:00:00.031",
    "end_time": "00:00:03.671",
    "text": "Tom & Ann:\\n<i>hello</i>"
  },
  {
    "start_time": "00:00:04.000",
    "end_time": "100:00:00.000",
    "text": "Bye"
  }
]`);
});

describe('WebVTT', () => {
	test.each([
		'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\nother\n\n',
		'\uFEFFWEBVTT - title\r\n\r\n00:00.000 --> 00:01.000\r\n<v Bob>R&amp;D</v>\r\n',
		'WEBVTT',
	])("is Gcore's own to the letter: %j", (vttContent) => {
		const rows = vttContent === 'WEBVTT' ? [] : subtitles.slice(0, 1);
		expect(render('vtt', { subtitles: rows, vttContent })).toBe(vttContent);
	});

	test.each(['WEBVTT\n\n', 'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\nHello\n'])(
		'is made from the rows if vttContent lacks some of them: %j',
		(vttContent) => {
			expect(readWebVtt(render('vtt', { subtitles, vttContent }))).toEqual(cues);
		},
	);

	test.each([undefined, null, '', 7, 'WEBVTTX\n', '1\n00:00:00,000 --> 00:00:01,000\nSRT'])(
		'is made from the rows if vttContent is %j',
		(vttContent) => {
			expect(readWebVtt(render('vtt', { subtitles, vttContent }))).toEqual(cues);
		},
	);

	test.each([
		['a comma in its times', '00:00:00,000 --> 00:00:01,000'],
		['two digits after the point', '00:00:00.00 --> 00:00:01.00'],
		['one digit of an hour', '0:00:00.000 --> 0:00:01.000'],
	])('is made from the rows if players would drop the cues, with %s', (_, times) => {
		const vttContent = `WEBVTT\n\n${cues.map(() => `${times}\nHello\n`).join('\n')}`;
		expect(readWebVtt(render('vtt', { subtitles, vttContent }))).toEqual(cues);
	});

	test('is made from vttContent without a header if there are no rows', () => {
		const vttContent = '1\n00:00:00,000 --> 00:00:01,000\nR&amp;D';
		expect(readWebVtt(render('vtt', { vttContent }))).toEqual([
			{ start: 0, end: 1_000, text: 'R&D' },
		]);
	});
});

test("SRT and JSON cues are made from Gcore's WebVTT if there are no rows", () => {
	const vttContent = 'WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n<v Bob>R&amp;D</v>\n';
	expect(render('srt', { vttContent })).toBe('1\n00:00:01,000 --> 00:00:02,000\nR&D\n');
	expect(JSON.parse(render('cues', { vttContent }))).toEqual([
		{ start_time: '00:00:01.000', end_time: '00:00:02.000', text: 'R&D' },
	]);
});

test.each([
	['One. Two.', 'One. Two.\n'],
	[' One.\r\nTwo.\n\n', 'One.\nTwo.\n'],
	['', 'Tom & Ann: hello\nBye\n'],
	[' \n', 'Tom & Ann: hello\nBye\n'],
	[null, 'Tom & Ann: hello\nBye\n'],
])('plain text for concatenated_text %j is %j', (concatenated_text, text) => {
	expect(render('txt', { concatenated_text, subtitles })).toBe(text);
});

test.each([
	['我们认为\n下面这些', '我们认为下面这些\n'],
	['名前は\nまだ無い。', '名前はまだ無い。\n'],
	['我们用\nGoogle', '我们用 Google\n'],
	['하나\n둘', '하나 둘\n'],
	['Use <i>the</i>\n<b> tag.', 'Use the <b> tag.\n'],
])('plain text has %j on one line as %j', (text, line) => {
	expect(SUBTITLE_FORMATS.txt.write([{ start: 0, end: 1, text }], 'chi')).toBe(line);
});

describe('no speech', () => {
	test.each([
		undefined,
		null,
		{},
		{ speech_detected: false, subtitles: [], vttContent: '', concatenated_text: '' },
		{ subtitles: null, vttContent: null, concatenated_text: null },
	])('makes valid empty files for %j', (result) => {
		expect(render('vtt', result)).toBe('WEBVTT\n');
		expect(render('srt', result)).toBe('');
		expect(render('txt', result)).toBe('');
		expect(render('cues', result)).toBe('[]');
		expect(render('ass', result)).toMatch(/Effect, Text\n$/);
		expect(render('ttml', result)).not.toContain('<p ');
		expect(render('transcript', result)).toBe('');
	});
});

test('whatever a result holds, every file is made and valid', () => {
	const anyResult = fc.record(
		{
			subtitles: fc.oneof(
				fc.anything(),
				fc.array(
					fc.record({ start_time: fc.anything(), end_time: fc.anything(), text: fc.string() }),
				),
			),
			vttContent: fc.anything(),
			concatenated_text: fc.anything(),
			speech_detected: fc.anything(),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(anyResult, (result) => {
			const rows = JSON.parse(render('cues', result)) as unknown[];
			expect(readWebVtt(render('vtt', result))).toHaveLength(rows.length);
			expect(readSrt(render('srt', result))).toHaveLength(rows.length);
			expect(render('txt', result)).toMatch(/^$|\n$/);
		}),
	);
});
