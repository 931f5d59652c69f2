import {
	booleanField,
	choiceField,
	choicesField,
	collectionField,
	dependentFields,
	jsonAsText,
	numberField,
	optionalNumberField,
	quoted,
	readText,
} from '../../nodes/form/field';
import type { Field } from '../../nodes/form/field';
import { fieldValues } from '../../nodes/form/values';

/** What a field reads of a value. */
const read = <Value>(field: Field<string, Value>, value: unknown) =>
	field.read(fieldValues(() => value));

test('readText counts characters as people do, not as UTF-16 does', () => {
	expect(readText('😀'.repeat(4), 'Note', 4)).toBe('😀'.repeat(4));
	expect(() => readText('😀'.repeat(5), 'Note', 4)).toThrow('Note has 5 characters');
});

test('readText keeps text to the letter', () => {
	expect(readText(' a ', 'Note', 4)).toBe(' a ');
	expect(readText(0, 'Note', 4)).toBe('0');
	expect(() => readText(true, 'Note', 4)).toThrow('Note is not text or a number');
});

test('jsonAsText leaves null as "not set"', () => {
	expect([{ a: 1 }, [1], true, 'x', 2, null].map(jsonAsText)).toEqual([
		'{"a":1}',
		'[1]',
		'true',
		'x',
		2,
		null,
	]);
});

describe('a switch', () => {
	const field = booleanField({
		displayName: 'Switch',
		name: 'switch',
		type: 'boolean',
		default: true,
	});

	test.each([
		[true, true],
		[false, false],
		['true', true],
		[' FALSE ', false],
		[null, true],
		['', true],
	])('takes %j for %p', (value, expected) => {
		expect(read(field, value)).toBe(expected);
	});

	test.each(['yes', 1, {}, []])('refuses %j', (value) => {
		expect(() => read(field, value)).toThrow("'Switch' is neither true nor false");
	});
});

const OPTIONS = [
	{ name: 'A', value: 'a' },
	{ name: 'B', value: 'b' },
] as const;

test('a choice is an entry, or the default if it is not set', () => {
	const field = choiceField({
		displayName: 'Choice',
		name: 'choice',
		type: 'options',
		options: OPTIONS,
		default: 'a',
	});
	expect(read(field, 'b')).toBe('b');
	expect(read(field, null)).toBe('a');
	expect(() => read(field, 'c')).toThrow(`'Choice' has no "c"`);
});

describe('choices', () => {
	const field = choicesField({
		displayName: 'Choices',
		name: 'choices',
		type: 'multiOptions',
		required: true,
		options: OPTIONS,
		default: ['a'],
	});

	test.each([
		[
			['b', 'a', 'b'],
			['b', 'a'],
		],
		['b, a', ['b', 'a']],
		[null, ['a']],
	])('are read from %j as %j', (value, expected) => {
		expect(read(field, value)).toEqual(expected);
	});

	test('refuse what is not there, and nothing if they are required', () => {
		expect(() => read(field, ['a', 'c'])).toThrow(`'Choices' has no "c"`);
		expect(() => read(field, [])).toThrow("'Choices' is empty");
	});
});

const number = numberField(
	{ displayName: 'Number', name: 'number', type: 'number', default: 7 },
	{ above: 0, upTo: 10 },
);

test.each([
	[5, 5],
	['0.5', 0.5],
	[10, 10],
	[null, 7],
	['', 7],
	[' \n', 7],
])('a number takes %j for %p', (value, expected) => {
	expect(read(number, value)).toBe(expected);
});

test.each([0, -1, 11, 'soon', NaN, [5], {}, true, false])('a number refuses %j', (value) => {
	expect(() => read(number, value)).toThrow("'Number' must be a number above 0 and at most 10");
});

test.each([
	[5, 5],
	['5', 5],
	[null, undefined],
	['', undefined],
	[' ', undefined],
])('an optional number takes %j for %p', (value, expected) => {
	const field = optionalNumberField(
		{ displayName: 'Number', name: 'number', type: 'number', default: 7 },
		{ from: 0 },
	);
	expect(read(field, value)).toBe(expected);
	expect(() => read(field, true)).toThrow("'Number' must be a number of at least 0");
});

test('quoted cuts no character in half', () => {
	expect(quoted('😀'.repeat(41))).toBe(`"${'😀'.repeat(40)}"`);
	expect(quoted(7)).toBe('"7"');
});

test('fields of a collection are read by name, in alphabetical order of labels', () => {
	const other = booleanField({ displayName: 'A', name: 'a', type: 'boolean', default: false });
	const group = collectionField(
		{ displayName: 'Options', name: 'options', type: 'collection', default: {} },
		[number, other],
	);
	expect(read(group, { number: 3 })).toEqual({ number: 3, a: false });
	expect(read(group, null)).toEqual({ number: 7, a: false });
	expect(() => read(group, '{"number":3}')).toThrow("'Options' is no group of fields");
	expect(() => read(group, [3])).toThrow("'Options' is no group of fields");
	const [property] = group.properties;
	expect(property?.options?.map(({ name }) => name)).toEqual(['a', 'number']);
});

test('dependent fields show and are read only at their value', () => {
	const on = booleanField({ displayName: 'On', name: 'on', type: 'boolean', default: false });
	const field = dependentFields('values', on, true, [number]);
	const values = (on: boolean) => fieldValues((name) => (name === 'on' ? on : -1));
	expect(field.read(values(false))).toBeUndefined();
	expect(() => field.read(values(true))).toThrow("'Number' must be");
	expect(field.properties[1]?.displayOptions).toEqual({ show: { on: [true] } });
});
