/** The README's reference of fields, made from the descriptions of the nodes themselves. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { GcoreApi } from '../credentials/GcoreApi.credentials';
// With its extension: without, tsx takes GcoreTrigger.node.json
import { GcoreTrigger } from '../nodes/GcoreTrigger/GcoreTrigger.node.ts';
import { resources } from '../nodes/Gcore/resources';
import { markdownTable } from './table';

const START = '<!-- fields: written by `npm run fields` -->';
const END = '<!-- end of fields -->';

/** Longer dropdowns, which are those of languages, are told by their length. */
const LISTED_OPTIONS = 10;

/**
 * A README with the tables as they should be.
 *
 * @throws Error where the README has no place for them
 */
export function withFieldTables(readme: string): string {
	const [before, rest] = readme.split(START);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined)
		throw new Error(`README.md has no "${START}" with "${END}" after it`);
	return `${before}${START}\n\n${fieldTables()}\n\n${END}${after}`;
}

function fieldTables(): string {
	const operations = resources.flatMap(({ option, operations: all }) =>
		all.map((operation) =>
			section(`${option.name} > ${operation.option.name}`, operation.properties),
		),
	);
	const { displayName: trigger, properties } = new GcoreTrigger().description;
	const { displayName: credential, properties: credentialFields } = new GcoreApi();
	return [
		...operations,
		section(trigger, properties),
		section(`${credential} (credential)`, credentialFields),
	].join('\n\n');
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
	if (field.type === 'collection')
		return inner(field).flatMap((one) => rowsOf(one, inner(field), `${label} > `));
	const sentences = [
		...[field.description, field.hint].map((text) => text && asSentence(text)),
		choices(field),
		condition(field, siblings),
	];
	return [[label, defaultOf(field), sentences.filter(Boolean).join(' ')]];
}

function inner({ options = [] }: INodeProperties): INodeProperties[] {
	return options as INodeProperties[];
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

/** Under which settings of other fields a field is there. */
function condition(
	{ displayOptions }: INodeProperties,
	siblings: readonly INodeProperties[],
): string {
	const conditions = Object.entries(displayOptions?.show ?? {}).map(([name, values = []]) => {
		const other = siblings.find((sibling) => sibling.name === name);
		if (!other) throw new Error(`A condition on ${name}, which is no field beside it`);
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
