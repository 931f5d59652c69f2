import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation } from './operation';
import type { Resource } from './resource';
import { TIMEOUT_FIELD } from './timeout';

/** An operation's fields with its options, as the form has them. */
export function fieldsWithOptions(operation: Operation<unknown>): INodeProperties[] {
	return [...operation.fields, optionsOf(operation)];
}

/** The options of an operation: its own, and what applies to every request. */
function optionsOf({ options = [] }: Operation<unknown>): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [TIMEOUT_FIELD, ...options].sort((a, b) =>
			a.displayName.localeCompare(b.displayName, 'en'),
		),
	};
}

/**
 * The node's fields: the two dropdowns, then each operation's own fields, shown where it is chosen.
 */
export function propertiesOf(resources: readonly Resource[]): INodeProperties[] {
	return [resourceDropdown(resources), ...resources.flatMap(fieldsOf)];
}

/** What the canvas shows under the node's name: the label of its operation. */
export function subtitleOf(resources: readonly Resource[]): string {
	const options = resources.flatMap(({ operations }) => operations.map(({ option }) => option));
	const labels = Object.fromEntries(options.map(({ name, value }) => [value, name]));
	return `={{ (${JSON.stringify(labels)})[$parameter["operation"]] }}`;
}

function resourceDropdown(resources: readonly Resource[]): INodeProperties {
	return dropdown(
		'Resource',
		'resource',
		resources.map(({ option }) => option),
	);
}

function fieldsOf({ option: resource, operations }: Resource): INodeProperties[] {
	const operationDropdown = dropdown(
		'Operation',
		'operation',
		operations.map(({ option }) => option),
	);
	const show = { resource: [resource.value] };
	return [
		{ ...operationDropdown, displayOptions: { show } },
		...operations.flatMap((operation) =>
			fieldsWithOptions(operation).map((field) => ({
				...field,
				displayOptions: {
					show: { ...show, operation: [operation.option.value], ...field.displayOptions?.show },
				},
			})),
		),
	];
}

/** A dropdown, alphabetical as n8n wants it, with the first of the given entries as its default. */
function dropdown(
	displayName: string,
	name: string,
	entries: readonly INodePropertyOptions[],
): INodeProperties {
	const [first] = entries.map(({ value }) => value);
	const options = [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en'));
	const field = { displayName, name, type: 'options' as const, noDataExpression: true, options };
	return { ...field, default: first };
}
