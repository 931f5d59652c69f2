import type { IExecuteFunctions } from 'n8n-workflow';

import type { FieldValues } from '../../form/field';
import { fieldValues } from '../../form/values';
import { binaryFile } from './binaryFile';

/**
 * Reads the fields of each item from n8n. Reading a field takes n8n as long as a request takes Gcore,
 * so a field without an expression is read once for all items.
 */
export function valuesOfItems(context: IExecuteFunctions): (itemIndex: number) => FieldValues {
	const parameters = Object.entries(context.getNode().parameters);
	// n8n writes an expression as text that starts with "=", at any depth of a collection
	const changing = new Set(
		parameters.flatMap(([name, value]) => (JSON.stringify(value).includes('"=') ? name : [])),
	);
	const fixed = new Map<string, unknown>();
	return (itemIndex) =>
		fieldValues(
			(name) => {
				if (fixed.has(name)) return fixed.get(name);
				const value = context.getNodeParameter(name, itemIndex, null) as unknown;
				if (!changing.has(name)) fixed.set(name, value);
				return value;
			},
			(reference, label) => binaryFile(context, itemIndex, reference, label),
		);
}
