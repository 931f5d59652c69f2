import fc from 'fast-check';

import { formatTimestamp, parseTimestamp } from '../../../nodes/shared/subtitles/timestamp';

test.each([
	['00:00:00.000', 0],
	['00:00:01.500', 1_500],
	['01:02:03.004', 3_723_004],
	['01:02.500', 62_500],
	['1:02:03,5', 3_723_500],
	['00:00:00.05', 50],
	['99:59:59.999', 359_999_999],
	['100:00:00.000', 360_000_000],
	['1234:00:00,000', 4_442_400_000],
	[' 00:00:01.000\t', 1_000],
	['00:00:01', 1_000],
	['00:00:01.234567', 1_234],
])('%p is %p ms', (text, ms) => {
	expect(parseTimestamp(text)).toBe(ms);
});

test.each([
	'',
	'1.5',
	'00:00:60.000',
	'00:60:00.000',
	'75:00.000',
	'-00:00:01.000',
	'00:00:01.000 x',
	'NaN',
])('%p is no timestamp', (text) => {
	expect(parseTimestamp(text)).toBeUndefined();
});

test.each([
	[0, '00:00:00.000'],
	[59_999, '00:00:59.999'],
	[3_723_004, '01:02:03.004'],
	[359_999_999, '99:59:59.999'],
	[360_000_000, '100:00:00.000'],
])('%p ms is %p', (ms, text) => {
	expect(formatTimestamp(ms, '.')).toBe(text);
	expect(formatTimestamp(ms, ',')).toBe(text.replace('.', ','));
});

test('a written timestamp is read back unchanged', () => {
	fc.assert(
		fc.property(fc.nat(), fc.constantFrom('.' as const, ',' as const), (ms, mark) => {
			expect(parseTimestamp(formatTimestamp(ms, mark))).toBe(ms);
		}),
	);
});
