import { booleanField, field } from './field';
import { Problem } from './problem';

const TASK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks a task's ID before Gcore is asked for it. Gcore's own sample is no valid UUID of any
 * version, so only its hexadecimal digits are checked.
 *
 * @param value what the user's field holds, of any type; spaces around the ID are fine
 * @param label the field's label, for the error
 * @throws Problem if it is no ID of a task
 */
export function readTaskId(value: unknown, label: string): string {
	const taskId = typeof value === 'string' ? value.trim() : value;
	// Gcore's list writes IDs in lower case, and is searched for them
	if (typeof taskId === 'string' && TASK_ID.test(taskId)) return taskId.toLowerCase();
	const isEmpty = taskId === '' || taskId === undefined || taskId === null;
	throw new Problem(
		isEmpty ? `${label} is empty` : `${label} is not the ID of a Gcore task`,
		'Use the task_id that Create returned, such as aafe70c6-0000-0000-0000-327b65f7670f.',
	);
}

export const taskIdField = field(
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. aafe70c6-0000-0000-0000-327b65f7670f',
		description: 'The task_id that Create returned',
	},
	readTaskId,
);

export const simplifyField = booleanField({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});
