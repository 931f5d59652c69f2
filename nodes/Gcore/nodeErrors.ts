import { NodeApiError } from 'n8n-workflow';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { GcoreError } from '../shared/api/errors';
import type { Problem } from '../shared/problem';
import { LostAnswer } from '../shared/tasks/submit';
import type { Run } from './operation';

/** How many bad items or task IDs an error's text names; the rest it counts. */
const NAMED_AT_MOST = 20;

/** The suffix by which n8n itself names an item; its editor does not add a second one. */
export function onItem(message: string, itemIndex: number): string {
	return `${message} [item ${itemIndex}]`;
}

/** The error of items that were refused before anything was sent. */
export function badItemsError(
	context: IExecuteFunctions,
	bad: ReadonlyArray<{ itemIndex: number; problem: Problem }>,
	itemCount: number,
): NodeApiError {
	const [{ itemIndex, problem }] = bad as [(typeof bad)[number]];
	const message =
		bad.length === 1
			? onItem(problem.message, itemIndex)
			: `${bad.length} of ${itemCount} items cannot be sent, so nothing was sent`;
	const lines = bad.map(
		({ itemIndex, problem }) => `${onItem(problem.message, itemIndex)}. ${problem.advice}`,
	);
	const description =
		bad.length === 1 ? `${problem.advice} Nothing was sent.` : listed(lines, '<br>');
	return nodeError(context, problem, { message, description, itemIndex });
}

/** The error of a run that ended on a problem, with what it leaves behind at Gcore. */
export function stoppedError(
	context: IExecuteFunctions,
	problem: Problem,
	itemIndex: number,
	{ createdTaskIds, lostAnswers }: Run,
): NodeApiError {
	const created =
		createdTaskIds.length > 0
			? ` Tasks created before it ended: ${listed(createdTaskIds, ', ')}.`
			: '';
	const lost =
		lostAnswers > 0 && !(problem instanceof LostAnswer)
			? ` Answers that were lost besides: ${lostAnswers}. Look for the tasks with the operation Get Many before you run these items again.`
			: '';
	const error = nodeError(context, problem, {
		message: onItem(problem.message, itemIndex),
		description: problem.advice + created + lost,
		itemIndex,
	});
	error.context['createdTaskIds'] = createdTaskIds;
	return error;
}

function nodeError(
	context: IExecuteFunctions,
	problem: Problem,
	texts: { message: string; description: string; itemIndex: number },
): NodeApiError {
	const status = problem instanceof GcoreError ? problem.status : undefined;
	const node = context.getNode();
	return new NodeApiError(
		node,
		{},
		{
			...texts,
			message: isTool(node) ? `${texts.message}. ${texts.description}` : texts.message,
			...(status !== undefined && { httpCode: String(status) }),
		},
	);
}

/** Whether the node is an AI agent's tool: the agent's model is told an error's message alone. */
function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

function listed(names: readonly string[], separator: string): string {
	const rest = names.length - NAMED_AT_MOST;
	const shown = names.slice(0, NAMED_AT_MOST).join(separator);
	return rest > 0 ? `${shown}${separator}and ${rest} more` : shown;
}
