import type { INodeProperties } from 'n8n-workflow';

import { field } from './field';
import type { Field } from './field';

/** The texts of the two ways to choose. */
interface LocatorTexts {
	/** The node's method that lists and searches. */
	search: string;
	/** Such as `Select a task…`. */
	select: string;
	/** Such as `e.g. 1234`. */
	example: string;
	/** Where an ID comes from. */
	hint: string;
}

/**
 * Something at Gcore, picked from a list or by its ID.
 *
 * @param check reads the ID; an expression may return the bare ID, as `$fromAI` does
 */
export function locatorField<const Name extends string, Value>(
	property: Omit<INodeProperties, 'type' | 'default'> & { name: Name },
	{ search, select, example, hint }: LocatorTexts,
	check: (value: unknown, label: string) => Value,
): Field<Name, Value> {
	const complete = {
		...property,
		type: 'resourceLocator' as const,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list' as const,
				placeholder: select,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string' as const, placeholder: example, hint },
		],
	};
	return field(complete, (value, label) => check(locatedValue(value), label));
}

function locatedValue(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}
