import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { InputFile } from '../shared/inputFile';
import { alphabetical } from './alphabetical';
import { Problem } from './problem';

/** The values of one item's fields, with expressions evaluated. */
export interface FieldValues {
	/**
	 * @param name the field's name
	 * @param label the field's label in quotes, for the error
	 * @returns its value, of any type: an expression may return anything; null if it is not set
	 * @throws Problem if its expression fails
	 */
	value(name: string, label: string): unknown;
	/**
	 * The file in one of the item's binary fields.
	 *
	 * @param reference the field's name, or the binary data itself
	 * @throws Problem if there is no such field
	 */
	file(reference: unknown, label: string): InputFile;
}

/**
 * A field of the form together with its reader, so that its name, label, default and limits stand in
 * one place and the type of its value follows from them.
 */
export interface Field<Name extends string = string, Value = unknown> {
	name: Name;
	/** How n8n shows it: one property, or several if some depend on the first. */
	properties: INodeProperties[];
	/** @throws Problem that names the field by its label */
	read(values: FieldValues): Value;
}

/** The values of several fields, by name. */
export type ValuesOf<Fields extends readonly Field[]> = {
	[One in Fields[number] as One['name']]: One extends Field<string, infer Value> ? Value : never;
};

/** Reads several fields. */
export function readFields<const Fields extends readonly Field[]>(
	fields: Fields,
	values: FieldValues,
): ValuesOf<Fields> {
	const entries = fields.map((field) => [field.name, field.read(values)]);
	return Object.fromEntries(entries) as ValuesOf<Fields>;
}

/** n8n's description of a field, with the name as a type. */
type Property<Name extends string> = INodeProperties & { name: Name };

/** A field of one property; `check` reads its raw value. */
export function field<const Name extends string, Value>(
	property: Property<Name>,
	check: (value: unknown, label: string) => Value,
): Field<Name, Value> {
	const { name } = property;
	// n8n's guidelines want the names of parameters in single quotes
	const label = `'${property.displayName}'`;
	return {
		name,
		properties: [property],
		read: (values) => check(values.value(name, label), label),
	};
}

/** Whether nothing was set: an expression returns these as easily as an empty field does. */
export function isUnset(value: unknown): value is '' | null | undefined {
	return value === undefined || value === null || value === '';
}

/** An error repeats at most this many characters of a value that somebody else wrote. */
export const REPEATED_CHARACTERS = 40;

/** A value as an error quotes it. */
export function quoted(value: unknown): string {
	// By code point: half of an emoji is no character
	return `"${[...String(value)].slice(0, REPEATED_CHARACTERS).join('')}"`;
}

/**
 * A field of free text.
 *
 * @param limit in characters
 * @returns a field that reads the text unchanged, or undefined if it is not set
 */
export function textField<const Name extends string>(
	property: Property<Name>,
	limit: number,
): Field<Name, string | undefined> {
	return field(property, (value, label) => readText(value, label, limit));
}

/**
 * Text, from what a field or an expression returned: text, a number, or nothing.
 *
 * @throws Problem if it is something else, or too long
 */
export function readText(value: unknown, label: string, limit: number): string | undefined {
	if (isUnset(value)) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new Problem(`${label} is not text or a number`, 'Use text or a number.');
	}
	const text = String(value);
	// Counted as JSON Schema's maxLength counts: by code point, so that an emoji is one
	const length = [...text].length;
	if (length > limit) {
		throw new Problem(
			`${label} has ${length} characters`,
			`Shorten it to at most ${limit} characters.`,
		);
	}
	return text;
}

/** Returns an object, a list or a boolean as JSON text, and any other value unchanged. */
export function jsonAsText(value: unknown): unknown {
	const isJson = typeof value === 'boolean' || (typeof value === 'object' && value !== null);
	return isJson ? JSON.stringify(value) : value;
}

/**
 * A switch. An expression may return true and false as text too.
 *
 * @param whenUnset the value while the option is not added; an added option starts as `default`
 */
export function booleanField<const Name extends string>(
	property: Property<Name> & { default: boolean },
	whenUnset = property.default,
): Field<Name, boolean> {
	return field(property, (value, label) => {
		if (isUnset(value)) return whenUnset;
		const text = String(value).trim().toLowerCase();
		if (text === 'true' || text === 'false') return text === 'true';
		throw new Problem(`${label} is neither true nor false`, 'Use true or false.');
	});
}

/** Which numbers a field takes: `above` is excluded, `from` and `upTo` are included. */
type NumberRange = ({ above: number } | { from: number }) & { upTo?: number; isWhole?: boolean };

/** A number; reads the default if it is not set. */
export function numberField<const Name extends string>(
	property: Property<Name> & { default: number },
	range: NumberRange,
): Field<Name, number> {
	const { default: whenUnset } = property;
	return field(
		property,
		(value, label) => readNumber(value, label, range, ` for ${whenUnset}`) ?? whenUnset,
	);
}

/** An optional number: reads undefined if it is not set; an added option starts as `default`. */
export function optionalNumberField<const Name extends string>(
	property: Property<Name> & { default: number },
	range: NumberRange,
): Field<Name, number | undefined> {
	return field(property, (value, label) => readNumber(value, label, range));
}

/**
 * @param ifEmpty what an empty field stands for, for the advice
 * @returns undefined if the value is not set, or blank
 * @throws Problem if it is no number of the range
 */
function readNumber(
	value: unknown,
	label: string,
	range: NumberRange,
	ifEmpty = '',
): number | undefined {
	const given = typeof value === 'string' ? value.trim() : value;
	if (isUnset(given)) return undefined;
	const { upTo = Infinity, isWhole = false } = range;
	const number = typeof given === 'string' ? Number(given) : given;
	if (typeof number === 'number') {
		const isHighEnough = 'above' in range ? number > range.above : number >= range.from;
		if (isHighEnough && number <= upTo && (!isWhole || Number.isInteger(number))) return number;
	}
	const kind = isWhole ? 'a whole number' : 'a number';
	const start = 'above' in range ? `above ${range.above}` : `of at least ${range.from}`;
	const limit = upTo === Infinity ? '' : ` and at most ${upTo}`;
	throw new Problem(
		`${label} must be ${kind} ${start}${limit}`,
		`It is ${quoted(value)}: change it, or leave it empty${ifEmpty}.`,
	);
}

/** A dropdown, with its values as a type. */
type Choices<Value extends string> = ReadonlyArray<INodePropertyOptions & { value: Value }>;

/** One entry of a dropdown. */
export function choiceField<const Name extends string, const Value extends string>(
	property: Omit<INodeProperties, 'default' | 'options'> & {
		name: Name;
		options: Choices<Value>;
		default: NoInfer<Value>;
	},
): Field<Name, Value> {
	const { options } = property;
	return field({ ...property, options: [...options] }, (value, label) => {
		if (isUnset(value)) return property.default;
		return readChoice(value, label, options);
	});
}

/**
 * Several entries of a dropdown: an expression may return a list, or text with commas.
 *
 * @param whenUnset as with `booleanField`
 * @returns reads each entry once, in the order chosen
 */
export function choicesField<const Name extends string, const Value extends string>(
	property: Omit<INodeProperties, 'default' | 'options'> & {
		name: Name;
		options: Choices<Value>;
		default: ReadonlyArray<NoInfer<Value>>;
	},
	whenUnset: ReadonlyArray<NoInfer<Value>> = property.default,
): Field<Name, Value[]> {
	const { options, required } = property;
	const complete = { ...property, options: [...options], default: [...property.default] };
	return field(complete, (value, label) => {
		if (value === undefined || value === null) return [...whenUnset];
		const chosen = readList(value).map((entry) => readChoice(entry, label, options));
		if (required && chosen.length === 0)
			throw new Problem(`${label} is empty`, chooseFrom(options));
		return [...new Set(chosen)];
	});
}

/** A list, from what a dropdown or an expression returned; empty text and nothing are an empty list. */
export function readList(value: unknown): unknown[] {
	const list =
		typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
	return list
		.map((entry: unknown) => (typeof entry === 'string' ? entry.trim() : entry))
		.filter((entry) => !isUnset(entry));
}

function readChoice<Value extends string>(
	value: unknown,
	label: string,
	options: Choices<Value>,
): Value {
	const wanted = String(value).toLowerCase();
	const chosen = options.find((option) => option.value.toLowerCase() === wanted);
	if (chosen) return chosen.value;
	throw new Problem(`${label} has no ${quoted(value)}`, chooseFrom(options));
}

function chooseFrom(options: Choices<string>): string {
	const values = options.map(({ value }) => value).filter(Boolean);
	return `Choose from ${values.join(', ')}.`;
}

function readGroup(value: unknown, label: string): Record<string, unknown> {
	if (isUnset(value)) return {};
	// An imported workflow may have text, whose fields would be ignored
	if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
	throw new Problem(`${label} is no group of fields`, 'Add its fields again in the editor.');
}

/** Fields in a collection, such as Options; alphabetical, as n8n wants them. */
export function collectionField<const Name extends string, const Fields extends readonly Field[]>(
	property: Property<Name>,
	fields: Fields,
): Field<Name, ValuesOf<Fields>> {
	const options = alphabetical(
		fields.flatMap(({ properties }) => properties),
		({ displayName }) => displayName,
	);
	const whole = field({ ...property, options }, readGroup);
	return {
		...whole,
		read(values) {
			const group = whole.read(values);
			return readFields(fields, { ...values, value: (name) => group[name] ?? null });
		},
	};
}

/**
 * Fields that show only while another has a certain value, and are read only then.
 *
 * @param name of the fields' values, which are undefined while the fields do not show
 */
export function dependentFields<
	const Name extends string,
	Value extends boolean | string,
	const Fields extends readonly Field[],
>(
	name: Name,
	field: Field<string, Value>,
	shownAt: Value,
	fields: Fields,
): Field<Name, ValuesOf<Fields> | undefined> {
	const shown = fieldsShownWhen({ [field.name]: [shownAt] }, fields);
	return {
		name,
		properties: propertiesOf([field, ...shown]),
		read: (values) => (field.read(values) === shownAt ? readFields(fields, values) : undefined),
	};
}

/** A condition on another field: that it holds a value, or an expression. */
export const IS_SET = { _cnd: { exists: true } } as const;

/**
 * Adds a condition under which a field shows, after its own: n8n checks them in this order, and shows
 * the field as soon as it meets an expression.
 */
export function fieldShownWhen<Name extends string, Value>(
	condition: NonNullable<IDisplayOptions['show']>,
	field: Field<Name, Value>,
): Field<Name, Value> {
	const properties = field.properties.map((one) => {
		const show = { ...one.displayOptions?.show, ...condition };
		return { ...one, displayOptions: { ...one.displayOptions, show } };
	});
	return { ...field, properties };
}

/** Fields with one more condition under which they show. */
export function fieldsShownWhen<const Fields extends readonly Field[]>(
	condition: NonNullable<IDisplayOptions['show']>,
	fields: Fields,
): Fields {
	return fields.map((one) => fieldShownWhen(condition, one)) as readonly Field[] as Fields;
}

/** A property with one more condition under which it shows, before its own. */
export function shownWhen<One extends INodeProperties>(
	property: One,
	condition: NonNullable<IDisplayOptions['show']>,
): One {
	const show = { ...condition, ...property.displayOptions?.show };
	return { ...property, displayOptions: { ...property.displayOptions, show } };
}

/** The properties of several fields, as n8n takes them. */
export function propertiesOf(fields: readonly Field[]): INodeProperties[] {
	return fields.flatMap(({ properties }) => properties);
}
