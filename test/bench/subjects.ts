import type { INode } from 'n8n-workflow';

import { gcoreNode, node } from '../e2e/workflowParts';
import { KEYS } from '../simulator';
import type { Stage } from './stage';

/** A node that is measured: it is given items with a `url` each. */
export type Subject = (stage: Stage) => INode;

/** The name of every subject in its workflow. */
export const SUBJECT = 'Subject';

/**
 * The Gcore node with its operation Create.
 *
 * @param parameters those that are not at their defaults
 * @param packageName under which it is installed
 */
export function gcore(
	parameters: INode['parameters'] = {},
	packageName = 'n8n-nodes-gcore',
): Subject {
	return ({ credential }) => ({
		...gcoreNode(SUBJECT, 'create', { url: '={{ $json.url }}', ...parameters }),
		type: `${packageName}.gcore`,
		credentials: { gcoreApi: credential },
		onError: 'continueRegularOutput',
	});
}

/**
 * What a user has without this package: n8n's HTTP Request node with the same call. The key stands
 * in the node itself, because n8n reads a credential once for each item, which costs it time.
 */
export const httpRequest: Subject = ({ simulator }) => ({
	...node(SUBJECT, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url: `${simulator.url}/streaming/ai/tasks`,
		sendHeaders: true,
		headerParameters: {
			parameters: [{ name: 'Authorization', value: `APIKey ${KEYS.valid}` }],
		},
		sendBody: true,
		bodyParameters: {
			parameters: [
				{ name: 'task_name', value: 'transcription' },
				{ name: 'url', value: '={{ $json.url }}' },
			],
		},
		options: {},
	}),
	onError: 'continueRegularOutput',
});

/** Hands its items on. */
export const noOperation: Subject = () => node(SUBJECT, 'n8n-nodes-base.noOp', 1, {});
