/** The README's reference of fields, made from the descriptions of the nodes and the credential. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { GcoreApi } from '../credentials/GcoreApi.credentials';
// With its extension: without it, tsx would import the .json file of the same name
import { Gcore } from '../nodes/Gcore/Gcore.node.ts';
import { GcoreTrigger } from '../nodes/GcoreTrigger/GcoreTrigger.node.ts';
import { markdownTable } from './table';

const START = '<!-- fields: written by `npm run fields` -->';
const END = '<!-- end of fields -->';

/** Dropdowns with more options than this are languages, of which only the number is given. */
const LISTED_OPTIONS = 10;

/** The fields that choose an operation. They are in the title of each table, not in its rows. */
const CHOOSERS = ['resource', 'operation'];

/**
 * Replaces the tables in a README by current ones.
 *
 * @throws Error if the README has no place for them
 */
export function withFieldTables(readme: string): string {
	const [before, rest] = readme.split(START);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined)
		throw new Error(`README.md has no "${START}" with "${END}" after it`);
	return `${before}${START}\n\n${fieldTables()}\n\n${END}${after}`;
}

function fieldTables(): string {
	const { displayName: trigger, properties } = new GcoreTrigger().description;
	const { displayName: credential, properties: credentialFields } = new GcoreApi();
	return [
		...operationSections(new Gcore().description.properties),
		section(trigger, properties),
		section(`${credential} (credential)`, credentialFields),
	].join('\n\n');
}

/** A section for each operation, in the order of the node's fields. */
function operationSections(properties: readonly INodeProperties[]): string[] {
	const fieldsByTitle = new Map<string, INodeProperties[]>();
	for (const field of properties) {
		if (CHOOSERS.includes(field.name)) continue;
		for (const title of operationsOf(field, properties)) {
			fieldsByTitle.set(title, [...(fieldsByTitle.get(title) ?? []), field]);
		}
	}
	return [...fieldsByTitle].map(([title, fields]) => section(title, fields));
}

/** The operations that have a field, as `Transcription Task > Create`. */
function operationsOf(
	{ displayOptions }: INodeProperties,
	properties: readonly INodeProperties[],
): string[] {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	const resourceNames = namesIn(properties.filter(({ name }) => name === 'resource'));
	return resource.flatMap((of) => {
		const operationNames = namesIn(
			properties.filter(
				({ name, displayOptions: { show } = {} }) =>
					name === 'operation' && show?.['resource']?.includes(of),
			),
		);
		return operation
			.filter((value) => operationNames.has(value))
			.map((value) => `${resourceNames.get(of)} > ${operationNames.get(value)}`);
	});
}

/** The names of the options of dropdowns, by their values. */
function namesIn(dropdowns: readonly INodeProperties[]): Map<unknown, string> {
	return new Map(dropdowns.flatMap(optionsIn).map(({ value, name }) => [value, name]));
}

function section(title: string, fields: readonly INodeProperties[]): string {
	const rows = fields.flatMap((field) => rowsOf(field, fields));
	return `#### ${title}\n\n${markdownTable([['field', 'default', 'meaning'], ...rows])}`;
}

function rowsOf(
	field: INodeProperties,
	siblings: readonly INodeProperties[],
	path = '',
): string[][] {
	const label = `${path}${field.displayName}`;
	if (field.type === 'collection') {
		const options = (field.options ?? []) as INodeProperties[];
		return options.flatMap((option) => rowsOf(option, options, `${label} > `));
	}
	const sentences = [
		...[field.description, field.hint].map((text) => text && asSentence(text)),
		choices(field),
		condition(field, siblings),
	];
	return [[label, defaultOf(field), sentences.filter(Boolean).join(' ')]];
}

function asSentence(description: string): string {
	const markdown = description
		.replace(/<\/?code>/g, '`')
		.replace(/<\/?b>/g, '**')
		.replace(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g, '[$2]($1)');
	return markdown.endsWith('.') ? markdown : `${markdown}.`;
}

function choices(field: INodeProperties): string {
	const options = optionsIn(field);
	if (options.length === 0) return '';
	if (options.length > LISTED_OPTIONS) return `A list of ${options.length}.`;
	const texts = options.map(({ name, description }) =>
		description ? `${name} (${description.replace(/\.$/, '')})` : name,
	);
	return `One${field.type === 'multiOptions' ? ' or more' : ''} of: ${texts.join('; ')}.`;
}

function optionsIn({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return (
		options as Array<INodePropertyOptions | INodeProperties | INodePropertyCollection>
	).filter((option): option is INodePropertyOptions => 'value' in option);
}

/** The values of other fields on which a field is shown. */
function condition(
	{ displayOptions }: INodeProperties,
	siblings: readonly INodeProperties[],
): string {
	const conditions = Object.entries(displayOptions?.show ?? {})
		.filter(([name]) => !CHOOSERS.includes(name))
		.map(([name, values = []]) => {
			const other = siblings.find((sibling) => sibling.name === name);
			if (!other) throw new Error(`A condition on ${name}, which is not a field beside it`);
			return `_${other.displayName}_ is ${values.map((value) => shown(value, other)).join(' or ')}`;
		});
	return conditions.length > 0 ? `Shown if ${conditions.join(' and ')}.` : '';
}

function defaultOf(field: INodeProperties): string {
	if (field.required && field.default === '') return '**required**';
	const values = [field.default].flat();
	return values.map((value) => shown(value, field)).join(', ');
}

/** A value as the editor shows it. */
function shown(value: unknown, field: INodeProperties): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return optionsIn(field).find((option) => option.value === value)?.name ?? String(value);
}
