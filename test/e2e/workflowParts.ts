import { randomUUID } from 'node:crypto';

import type { IConnections, INode } from 'n8n-workflow';

/** A node of a workflow; its position does not matter. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode {
	const id = randomUUID();
	return { id, webhookId: id, name, type, typeVersion, parameters, position: [0, 0] };
}

/** The Gcore node with an operation on a task. */
export function gcoreNode(name: string, operation: string, parameters: INode['parameters']): INode {
	const resource = 'transcriptionTask';
	return node(name, 'n8n-nodes-gcore.gcore', 1, { resource, operation, ...parameters });
}

/**
 * A webhook that is called with `{ videos }`, and a node "Videos" that makes an item of each. The
 * webhook answers with what the workflow's last node returns.
 *
 * @param parameters more of the webhook
 */
export function videosFrom(path: string, parameters: INode['parameters'] = {}): INode[] {
	return [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			path,
			httpMethod: 'POST',
			responseMode: 'lastNode',
			...parameters,
		}),
		node('Videos', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.videos' }),
	];
}

/** A field that a node "Edit Fields" sets. */
export function assignment(name: string, value: string) {
	return { id: randomUUID(), name, value, type: 'string' };
}

/** The end of a connection. */
export function to(name: string) {
	return { node: name, type: 'main' as const, index: 0 };
}

/** Connects each node to the next node. */
export function chained(nodes: readonly INode[]): IConnections {
	const starts = nodes.slice(0, -1);
	return Object.fromEntries(
		starts.map(({ name }, index) => [name, { main: [[to(nodes[index + 1]?.name ?? '')]] }]),
	);
}
