import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { LANGUAGES } from '../shared/languages';

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

export const SIMPLIFY_FIELD: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Every language, for a dropdown. */
export const LANGUAGE_OPTIONS: INodePropertyOptions[] = LANGUAGES.map(({ code, name }) => ({
	name,
	value: code,
}));

/** What to know of a language field before an expression goes into it. */
export const CODES_BY_EXPRESSION =
	'An expression may give any code of the language, such as <code>de</code>, <code>deu</code> or <code>de-AT</code>; the editor marks it red but it works.';
