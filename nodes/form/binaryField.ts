import type { INodeProperties } from 'n8n-workflow';

import type { InputFile } from '../shared/inputFile';
import { isUnset } from './field';
import type { Field } from './field';
import { Problem } from './problem';

/**
 * A field that names a binary field of the item; reads the file in it.
 *
 * @param check refuses a file by its name or MIME type, before its bytes are read
 */
export function binaryField<const Name extends string>(
	property: Omit<INodeProperties, 'type' | 'default'> & { name: Name },
	check: (file: InputFile, label: string) => InputFile,
): Field<Name, InputFile> {
	const { name } = property;
	const label = `'${property.displayName}'`;
	const complete = {
		...property,
		type: 'string' as const,
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
	};
	return {
		name,
		properties: [complete],
		read(values) {
			const reference = values.value(name, label);
			if (!isUnset(reference)) return check(values.file(reference, label), label);
			throw new Problem(`${label} is empty`, 'Enter the name of a binary field, such as data.');
		},
	};
}
