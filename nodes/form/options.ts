import { collectionField, numberField } from './field';
import type { Field, ValuesOf } from './field';

/** The longest time-out that makes sense: Gcore answers within moments. */
export const LONGEST_SECONDS = 3600;

const requestTimeout = numberField(
	{
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How long to wait for an answer to one request',
	},
	{ above: 0, upTo: LONGEST_SECONDS },
);

/** The values of the options that every node and operation has. */
export type CommonOptions = ValuesOf<[typeof requestTimeout]>;

/** The Options of a node or an operation: those given, and Request Timeout. */
export function optionsField<const Fields extends readonly Field[]>(fields: Fields) {
	return collectionField(
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
		},
		[requestTimeout, ...fields],
	);
}
