/** The reference of fields, made from the descriptions of the nodes themselves. */
import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { GcoreApi } from '../credentials/GcoreApi.credentials';
// With its extension: without it, tsx would import the .json file of the same name
import { GcoreTrigger } from '../nodes/GcoreTrigger/GcoreTrigger.node.ts';
import { IS_SET } from '../nodes/form/field';
import { resources } from '../nodes/Gcore/resources';
import { markdownTable } from './table';

/** Of longer dropdowns, such as languages, only the length is shown. */
const LISTED_OPTIONS = 10;

const ABOUT_DEFAULTS = `In _Options_, _Filters_ and _Client Metadata_, the column "default" shows the value that a field has when you add it. A filter that is not added lets everything through. An option that is not added uses its default, except that _Reuse Existing Task_ is off, _Download Subtitles_ adds no files, and _Client User ID_, _Clip Start_ and _Clip Duration_ are not set.`;

/** The page `docs/fields.md`. */
export function fieldsPage(): string {
	return `# Every field\n\nWritten by \`npm run fields\` from the descriptions of the nodes.\n\n${ABOUT_DEFAULTS}\n\n${fieldTables()}\n`;
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
	const rows = fields.flatMap((field) => rowsOf(field, { siblings: fields, root: fields }));
	return `## ${title}\n\n${markdownTable([['field', 'default', 'meaning'], ...rows])}`;
}

/** The fields around a field, on its own level and on the form's. */
interface Fields {
	siblings: readonly INodeProperties[];
	root: readonly INodeProperties[];
}

function rowsOf(field: INodeProperties, fields: Fields, path = ''): string[][] {
	const label = `${path}${field.displayName}`;
	if (field.type === 'collection')
		return inner(field).flatMap((one) =>
			rowsOf(one, { ...fields, siblings: inner(field) }, `${label} > `),
		);
	const sentences = [
		...[field.description, field.hint].map((text) => text && asSentence(text)),
		choices(field),
		condition('Shown', field.displayOptions?.show, ' and ', fields),
		condition('Hidden', field.displayOptions?.hide, ' or ', fields),
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

/** The settings of other fields with which a field shows. */
function condition(
	what: string,
	settings: IDisplayOptions['show'],
	join: string,
	{ siblings, root }: Fields,
): string {
	const conditions = Object.entries(settings ?? {}).map(([path, values = []]) => {
		if (path === '@tool') return `the node is ${values[0] ? '' : 'not '}a tool of an AI agent`;
		const isRoot = path.startsWith('/');
		const name = path.replace('/', '');
		const other = (isRoot ? root : siblings).find((sibling) => sibling.name === name);
		if (!other) throw new Error(`A condition on ${path}, which is no field beside it`);
		return `_${other.displayName}_ is ${values.map((value) => (value === IS_SET ? 'set' : shown(value, other))).join(' or ')}`;
	});
	return conditions.length > 0 ? `${what} if ${conditions.join(join)}.` : '';
}

function defaultOf(field: INodeProperties): string {
	const isLocator = field.type === 'resourceLocator';
	if (field.required && (isLocator || field.default === '')) return '**required**';
	if (isLocator) return '';
	const values = [field.default].flat();
	return values.map((value) => shown(value, field)).join(', ');
}

/** A value as the editor shows it. */
function shown(value: unknown, field: INodeProperties): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return optionsIn(field).find((option) => option.value === value)?.name ?? String(value);
}
