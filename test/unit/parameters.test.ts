import { definedOnly, jsonAsText, readLanguage, readText } from '../../nodes/Gcore/parameters';

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
	expect([{ a: 1 }, [1], 'x', 2, null].map(jsonAsText)).toEqual(['{"a":1}', '[1]', 'x', 2, null]);
});

test('definedOnly drops what is undefined and nothing else', () => {
	expect(definedOnly({ a: undefined, b: '', c: 0 })).toStrictEqual({ b: '', c: 0 });
});
