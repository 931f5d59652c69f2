import { NodeApiError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { Problem } from './problem';
import { problemOf } from './texts';

/** The words of an error, and the item that it is about. */
export interface ErrorTexts {
	message: string;
	description?: string;
	itemIndex?: number;
}

/**
 * n8n's error for a problem, with its details and the HTTP status behind it.
 *
 * @param texts the problem's message and advice in one unless given, for places in which n8n shows
 *   nothing else
 */
export function nodeApiError(
	node: INode,
	problem: Problem,
	texts: ErrorTexts = { message: problem.sentence },
): NodeApiError {
	const { status, ...details } = problem.details;
	const options = { ...texts, ...(status !== undefined && { httpCode: String(status) }) };
	const error = new NodeApiError(node, {}, options);
	// n8n replaces a message that holds an error code of Node.js, as Gcore's reason for a failure may
	error.message = texts.message;
	Object.assign(error.context, details);
	return error;
}

/** n8n's error for a failure outside of a run, in a list of the editor or a poll: n8n shows nothing but its message. */
export function errorOutsideRun(node: INode, error: unknown): NodeApiError {
	return nodeApiError(node, problemOf(error, 'outsideRun'));
}
