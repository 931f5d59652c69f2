import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { LANGUAGES } from '../shared/languages';
import { parseTaskId } from '../shared/tasks/task';
import type { ItemFields } from './itemFields';
import { readBoolean } from './parameters';

/** Fields that several operations have. */
export const TASK_ID_FIELD: INodeProperties = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. aafe70c6-0000-0000-0000-327b65f7670f',
	description: 'The task_id that Create answered with',
};

/** @throws Problem where it holds no ID of a task */
export function readTaskId(fields: ItemFields): string {
	return parseTaskId(fields.value('taskId', 'Task ID'), 'Task ID');
}

export const SIMPLIFY_FIELD: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function readSimplify(fields: ItemFields): boolean {
	return readBoolean(fields.value('simplify', 'Simplify'), 'Simplify', true);
}

/** Every language, for a dropdown. */
export const LANGUAGE_OPTIONS: INodePropertyOptions[] = LANGUAGES.map(({ code, name }) => ({
	name,
	value: code,
}));

/** What to know of a language field before an expression goes into it. */
export const CODES_BY_EXPRESSION =
	'An expression may give any code of the language, such as <code>de</code>, <code>deu</code> or <code>de-AT</code>; the editor marks it red but it works.';
