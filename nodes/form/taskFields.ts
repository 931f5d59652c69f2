import { CLIENT_USER_ID_LIMIT } from '../shared/api/types';
import type { TaskOutput } from '../shared/tasks/task';
import {
	booleanField,
	choiceField,
	choicesField,
	fieldShownWhen,
	isUnset,
	propertiesOf,
	readFields,
	textField,
} from './field';
import type { Field } from './field';
import { locatorField } from './locatorField';
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
function readTaskId(value: unknown, label: string): string {
	const taskId = typeof value === 'string' ? value.trim() : value;
	// Gcore's list writes IDs in lower case, and is searched for them
	if (typeof taskId === 'string' && TASK_ID.test(taskId)) return taskId.toLowerCase();
	throw new Problem(
		isUnset(taskId) ? `${label} is empty` : `${label} is not the ID of a Gcore task`,
		'Choose a task from the list, or use the task_id that Create returned, such as aafe70c6-0000-0000-0000-327b65f7670f.',
	);
}

/** The name under which the node offers the search for tasks. */
export const TASK_SEARCH = 'searchTasks';

const LOCATOR_TEXTS = {
	search: TASK_SEARCH,
	select: 'Select a task…',
	example: 'e.g. aafe70c6-0000-0000-0000-327b65f7670f',
	hint: 'The task_id that Create returned',
};

/** A task. */
export const taskIdField = locatorField(
	{
		displayName: 'Task ID',
		name: 'taskId',
		required: true,
		description: 'The transcription task',
	},
	LOCATOR_TEXTS,
	readTaskId,
);

/** A task with the same speech in another language. */
export const secondTaskIdField = locatorField(
	{
		displayName: 'Second Task ID',
		name: 'secondTaskId',
		description:
			'A task for the same video in another language: its text stands under the first, one line each',
	},
	LOCATOR_TEXTS,
	(value, label) => (isUnset(value) ? undefined : readTaskId(value, label)),
);

/** The name of a task's user in the caller's own system. */
export const clientUserIdField = (description: string) =>
	textField(
		{
			displayName: 'Client User ID',
			name: 'clientUserId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer-42',
			description,
		},
		CLIENT_USER_ID_LIMIT,
	);

/** The Simplify switch, for a node that is not an agent's tool. */
export const simplifyField = booleanField({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/**
 * The choice of an output: a switch; for an AI agent's tool, n8n's usual choice of Output, which spares
 * the agent's model fields that it does not need.
 *
 * @param fields the names of the simplified fields
 */
export function taskOutputField(fields: readonly string[]): Field<'output', TaskOutput> {
	const output = choiceField({
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'The data as Gcore returned it' },
			{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields chosen' },
			{ name: 'Simplified', value: 'simplified', description: 'The most important fields' },
		],
		default: 'simplified',
		description: 'The fields to return',
	});
	const selected = choicesField({
		displayName: 'Fields',
		name: 'selectedFields',
		type: 'multiOptions',
		options: [...fields].sort().map((name) => ({ name, value: name })),
		default: [],
		description: 'The fields to return; all of them if none is chosen',
	});
	const shown = [
		fieldShownWhen({ '@tool': [false] }, simplifyField),
		fieldShownWhen({ '@tool': [true] }, output),
		fieldShownWhen({ '@tool': [true], output: ['selectedFields'] }, selected),
	];
	return {
		name: 'output',
		properties: propertiesOf(shown),
		read(values) {
			const chosen = readFields([simplifyField, output, selected], values);
			if (chosen.output === 'selectedFields') return chosen.selectedFields;
			return chosen.output === 'raw' || !chosen.simplify ? 'raw' : 'simplified';
		},
	};
}
