import type { FieldValues } from './field';
import { Problem } from './problem';

/**
 * The values of fields as n8n evaluates them.
 *
 * @param read returns the value of a field, null if it is not set, or throws
 * @param file see {@link FieldValues}; a node without input has no files
 */
export function fieldValues(
	read: (name: string) => unknown,
	file: FieldValues['file'] = () => {
		throw new Error('The node has no input');
	},
): FieldValues {
	return {
		value(name, label) {
			const reading = attempt(() => read(name));
			if ('value' in reading) return reading.value;
			throw new Problem(`${label}: ${reading.message}`, 'Correct the expression of this field.');
		},
		file,
	};
}

/** n8n's linter refuses our own errors inside a `catch`. */
function attempt(read: () => unknown): { value: unknown } | { message: string } {
	try {
		return { value: read() };
	} catch (error) {
		return { message: error instanceof Error ? error.message : String(error) };
	}
}
