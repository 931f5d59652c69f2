import type { INode } from 'n8n-workflow';

import { gcoreNode, node } from '../../e2e/workflowParts';
import { KEYS } from '../../simulator';
import type { Stage } from './stage';

/** A node that is measured. Each of its input items has a `url`. */
export type Subject = (stage: Stage) => INode;

/** The name of every subject in its workflow. */
export const SUBJECT = 'Subject';

/**
 * The Gcore node with its operation Create.
 *
 * @param parameters those that differ from the default
 * @param packageName the package that it is taken from
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
 * The alternative without this package: n8n's HTTP Request node with the same request. The API key is
 * in the node itself, because n8n would read a credential once for each item, which takes time.
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

/** Passes its items on. */
export const noOperation: Subject = () => node(SUBJECT, 'n8n-nodes-base.noOp', 1, {});
