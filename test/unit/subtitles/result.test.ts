import { cuesOf, speechDetected } from '../../../nodes/shared/subtitles/result';

const row = (start_time: unknown, end_time: unknown, text: unknown) => ({
	start_time,
	end_time,
	text,
});
const hello = row('00:00:01.000', '00:00:02.500', 'Hello');
const world = row('00:00:03.000', '00:00:04.000', 'world');
const helloCue = { start: 1_000, end: 2_500, text: 'Hello' };
const worldCue = { start: 3_000, end: 4_000, text: 'world' };

const vttOf = (...texts: string[]) =>
	['WEBVTT', ...texts.map((text, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n${text}`)].join('\n\n');
const textsOf = (result: Parameters<typeof cuesOf>[0]) => cuesOf(result).map(({ text }) => text);

describe('the cues come', () => {
	test('from the rows, if there are any', () => {
		expect(cuesOf({ subtitles: [hello, world], vttContent: vttOf('other') })).toEqual([
			helloCue,
			worldCue,
		]);
	});

	test.each([
		undefined,
		null,
		[],
		{},
		'text',
		[null, 7, {}],
		[row('00:00:00.000', '00:01:00.000', ' ')],
	])('from the WebVTT, if the rows are %j', (subtitles) => {
		expect(textsOf({ subtitles, vttContent: vttOf('a', 'b') })).toEqual(['a', 'b']);
	});

	test.each([undefined, null, {}, { subtitles: null, vttContent: null }, { vttContent: 7 }])(
		'from nowhere in %j',
		(result) => {
			expect(cuesOf(result)).toEqual([]);
		},
	);

	test('without those that say nothing', () => {
		const silent = ['', ' \n\t', null, undefined, 7].map((text) =>
			row('00:00:00.000', '00:00:01.000', text),
		);
		expect(cuesOf({ subtitles: [...silent, hello] })).toEqual([helloCue]);
	});
});

test.each([
	['one\r\ntwo\rthree', 'one\ntwo\nthree'],
	['one\n\n \t\n\r\ntwo', 'one\ntwo'],
	['  one  \n\ttwo ', 'one\ntwo'],
	['\n\none\n', 'one'],
	['R&D <b> &amp;', 'R&D <b> &amp;'],
])('the text %j becomes %j', (text, expected) => {
	expect(textsOf({ subtitles: [row('00:00:00.000', '00:00:01.000', text)] })).toEqual([expected]);
});

describe('a row whose time cannot be read', () => {
	const untimed = row('soon', 12, 'lost?');

	test('makes the WebVTT replace all rows', () => {
		const vttContent = vttOf('Hello', 'lost?');
		expect(textsOf({ subtitles: [hello, untimed], vttContent })).toEqual(['Hello', 'lost?']);
		expect(cuesOf({ subtitles: [hello, untimed], vttContent })[0]?.start).toBe(0);
	});

	test('stands between its neighbours if the WebVTT has fewer cues', () => {
		expect(
			cuesOf({ subtitles: [hello, untimed, world], vttContent: vttOf('Hello', 'world') }),
		).toEqual([helloCue, { start: 2_500, end: 3_000, text: 'lost?' }, worldCue]);
	});

	test.each([
		['at the start', [untimed, hello], { start: 0, end: 1_000, text: 'lost?' }],
		['at the end', [hello, untimed], { start: 2_500, end: 4_500, text: 'lost?' }],
		[
			'but for its start',
			[row('00:00:02.700', null, 'lost?'), world],
			{ start: 2_700, end: 3_000, text: 'lost?' },
		],
		[
			'but for its end',
			[hello, row(undefined, '00:00:02.900', 'lost?')],
			{ start: 2_500, end: 2_900, text: 'lost?' },
		],
	])('%s', (_where, subtitles, expected) => {
		expect(cuesOf({ subtitles })).toContainEqual(expected);
	});

	test('loses no text, even if it is the only one', () => {
		expect(textsOf({ subtitles: [untimed] })).toEqual(['lost?']);
	});
});

test('cues are ordered by their start, and those of one start as they came', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((text) => row('00:00:02.000', '00:00:03.000', text));
	expect(textsOf({ subtitles: [a, b, hello, c] })).toEqual(['Hello', 'a', 'b', 'c']);
});

test.each(['00:00:01.000', '00:00:00.500'])('a cue from 00:00:01.000 to %s lasts 1 ms', (end) => {
	expect(cuesOf({ subtitles: [row('00:00:01.000', end, 'a')] })).toEqual([
		{ start: 1_000, end: 1_001, text: 'a' },
	]);
});

test.each([
	[{ speech_detected: true }, true],
	[{ speech_detected: false, subtitles: [hello] }, false],
	[{ speech_detected: null, subtitles: [hello] }, true],
	[{ speech_detected: 'false', vttContent: vttOf('a') }, true],
	[{ subtitles: [] }, false],
	[{}, false],
	[null, false],
	[undefined, false],
])('in %j, speech was detected: %p', (result, expected) => {
	expect(speechDetected(result)).toBe(expected);
});
