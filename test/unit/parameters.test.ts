import {
	definedOnly,
	jsonAsText,
	readBoolean,
	readChoice,
	readLanguage,
	readNumber,
	readText,
} from '../../nodes/Gcore/parameters';

test.each([undefined, null, '', '  '])('readLanguage takes %j as not set', (value) => {
	expect(readLanguage(value, 'Audio Language')).toBeUndefined();
});

test('readLanguage says what it does not know, cut short, and what is near', () => {
	const read = () => readLanguage('x'.repeat(500), 'Audio Language');
	expect(read).toThrow(`Audio Language "${'x'.repeat(40)}" is no language that Gcore knows`);
	expect(() => readLanguage(7, 'Audio Language')).toThrow('Audio Language is not text');
});

test('readText counts characters as people do, not as UTF-16 does', () => {
	expect(readText('😀'.repeat(4), 'Note', 4)).toBe('😀'.repeat(4));
	expect(() => readText('😀'.repeat(5), 'Note', 4)).toThrow('Note has 5 characters');
});

test('readText keeps text to the letter', () => {
	expect(readText(' a ', 'Note', 4)).toBe(' a ');
	expect(readText(0, 'Note', 4)).toBe('0');
	expect(() => readText(true, 'Note', 4)).toThrow('Note is not text or a number');
});

test('jsonAsText leaves null to be "not set"', () => {
	expect([{ a: 1 }, [1], true, 'x', 2, null].map(jsonAsText)).toEqual([
		'{"a":1}',
		'[1]',
		'true',
		'x',
		2,
		null,
	]);
});

test('definedOnly drops what is undefined and nothing else', () => {
	expect(definedOnly({ a: undefined, b: '', c: 0 })).toStrictEqual({ b: '', c: 0 });
});

test.each([
	[true, true],
	[false, false],
	['true', true],
	[' FALSE ', false],
	[null, true],
	['', true],
])('readBoolean takes %j for %p', (value, expected) => {
	expect(readBoolean(value, 'Switch', true)).toBe(expected);
});

test.each(['yes', 1, {}, []])('readBoolean refuses %j', (value) => {
	expect(() => readBoolean(value, 'Switch', true)).toThrow('Switch is neither true nor false');
});

test('readChoice takes an entry, or the first where there is none', () => {
	expect(readChoice('b', 'Choice', ['a', 'b'])).toBe('b');
	expect(readChoice(null, 'Choice', ['a', 'b'])).toBe('a');
	expect(() => readChoice('B', 'Choice', ['a', 'b'])).toThrow('Choice has no "B"');
});

test.each([
	[5, 5],
	['0.5', 0.5],
	[null, 7],
	['', 7],
])('readNumber takes %j for %p', (value, expected) => {
	expect(readNumber(value, 'Number', { above: 0, upTo: 10, fallback: 7 })).toBe(expected);
});

test.each([0, -1, 11, 'soon', NaN, [5], {}])('readNumber refuses %j', (value) => {
	expect(() => readNumber(value, 'Number', { above: 0, upTo: 10, fallback: 7 })).toThrow(
		'Number is not usable',
	);
});

test('readLanguage is quick about a long value', () => {
	const startedAt = performance.now();
	expect(() => readLanguage('x'.repeat(1_000_000), 'Audio Language')).toThrow();
	expect(performance.now() - startedAt).toBeLessThan(1000);
});
