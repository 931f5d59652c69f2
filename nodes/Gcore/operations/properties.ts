import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { alphabetical } from '../../form/alphabetical';
import { shownWhen } from '../../form/field';
import type { Resource } from './operation';

/**
 * The node's fields: the two dropdowns, then each operation's own fields, shown while it is chosen.
 */
export function nodeProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		dropdown(
			'Resource',
			'resource',
			resources.map(({ option }) => option),
		),
		...resources.flatMap(propertiesOfResource),
	];
}

/** What the canvas shows under the node's name: the label of its operation. */
export function canvasLineOf(resources: readonly Resource[]): string {
	const options = resources.flatMap(({ operations }) => operations.map(({ option }) => option));
	const labels = Object.fromEntries(options.map(({ name, value }) => [value, name]));
	return `={{ (${JSON.stringify(labels)})[$parameter["operation"]] }}`;
}

function propertiesOfResource({ option: resource, operations }: Resource): INodeProperties[] {
	const options = operations.map(({ option }) => option);
	return [
		dropdown('Operation', 'operation', options),
		...operations.flatMap(({ option, properties }) =>
			properties.map((property) => shownWhen(property, { operation: [option.value] })),
		),
	].map((property) => shownWhen(property, { resource: [resource.value] }));
}

/** A dropdown, alphabetical as n8n wants it; its default is the first of the entries passed in. */
function dropdown(
	displayName: string,
	name: string,
	entries: readonly INodePropertyOptions[],
): INodeProperties {
	const [first] = entries.map(({ value }) => value);
	const options = alphabetical(entries, (entry) => entry.name);
	const field = { displayName, name, type: 'options' as const, noDataExpression: true, options };
	return { ...field, default: first };
}
