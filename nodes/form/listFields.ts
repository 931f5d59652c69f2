import { booleanField, collectionField, dependentFields, numberField } from './field';
import type { Field } from './field';

/** In characters; far above any text worth searching for. */
export const SEARCH_LIMIT = 1000;

const returnAll = booleanField({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = numberField(
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	{ above: 0, isWhole: true },
);

/** How many results to return: all, or up to a limit. */
export const upTo = dependentFields('upTo', returnAll, false, [limit]);

/** Which results to return. */
export function filtersField<const Fields extends readonly Field[]>(fields: Fields) {
	return collectionField(
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
		},
		fields,
	);
}
