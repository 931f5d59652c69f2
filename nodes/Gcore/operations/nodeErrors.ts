import type { IExecuteFunctions, INode, NodeApiError } from 'n8n-workflow';

import { nodeApiError } from '../../form/nodeApiError';
import type { ErrorTexts } from '../../form/nodeApiError';
import type { Problem } from '../../form/problem';

/** How many bad items an error lists; it counts the rest. */
export const LISTED_AT_MOST = 20;

/** A problem with the item that it is about. */
export interface ItemProblem {
	itemIndex: number;
	problem: Problem;
}

/** Names the item as n8n itself does, so that the editor does not add a second suffix. */
export function onItem(message: string, itemIndex: number): string {
	return `${message} [item ${itemIndex}]`;
}

/** The error for items that were refused before anything was sent. */
export function badItemsError(
	context: IExecuteFunctions,
	bad: readonly ItemProblem[],
	itemCount: number,
): NodeApiError {
	const [{ itemIndex, problem }] = bad as [ItemProblem];
	const isSingle = bad.length === 1;
	const message = isSingle
		? onItem(problem.message, itemIndex)
		: `${bad.length} of ${itemCount} items have a problem, so nothing was sent`;
	// The editor shows HTML; the model of an agent reads plain text
	const lineBreak = isTool(context.getNode()) ? '\n' : '<br>';
	const description = isSingle ? `${problem.advice} Nothing was sent.` : listed(bad, lineBreak);
	// The editor would add an item's number to a message about several items
	return nodeError(context, problem, { message, description, ...(isSingle && { itemIndex }) });
}

/** The error for a run that a problem ended. */
export function stoppedError(
	context: IExecuteFunctions,
	problem: Problem,
	itemIndex: number,
): NodeApiError {
	const message = onItem(problem.message, itemIndex);
	return nodeError(context, problem, { message, description: problem.advice, itemIndex });
}

function nodeError(
	context: IExecuteFunctions,
	problem: Problem,
	{ message, description, ...rest }: ErrorTexts & { description: string },
): NodeApiError {
	const node = context.getNode();
	// An agent passes only an error's message to its model
	const whole = isTool(node) ? `${message}. ${description}` : message;
	return nodeApiError(node, problem, { ...rest, message: whole, description });
}

/** Whether the node is an AI agent's tool. */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

function listed(bad: readonly ItemProblem[], lineBreak: string): string {
	const lines = bad
		.slice(0, LISTED_AT_MOST)
		.map(({ itemIndex, problem }) => `${onItem(problem.message, itemIndex)}. ${problem.advice}`);
	const rest = bad.length - lines.length;
	return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join(lineBreak);
}
