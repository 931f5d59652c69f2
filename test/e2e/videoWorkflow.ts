import { randomUUID } from 'node:crypto';

import type { OnError } from 'n8n-workflow';

import type { WorkflowFile } from '../n8n';
import { assignment, gcoreNode, node, to, videosFrom } from './workflowParts';

/** What a caller sends for each video; `language` is any code that the node takes. */
export interface Video {
	url: string;
	language?: string;
}

/**
 * A workflow that a webhook starts with `{ videos: Video[] }`: it creates a task for each video and
 * answers with what its node "Next" made of it, the task's ID and the URL of the paired video.
 *
 * @param onError the Gcore node's setting; its error output leads to the node "Failed"
 */
export function videoWorkflow(onError: OnError): { path: string; workflow: WorkflowFile } {
	const path = randomUUID();
	const nodes = [
		...videosFrom(path, { responseData: 'allEntries' }),
		{
			...gcoreNode('Gcore', 'create', {
				url: '={{ $json.url }}',
				audioLanguage: '={{ $json.language }}',
				options: { requestTimeout: 2 },
			}),
			onError,
		},
		node('Next', 'n8n-nodes-base.set', 3.4, {
			assignments: {
				assignments: [
					assignment('task_id', '={{ $json.task_id }}'),
					assignment('video', "={{ $('Videos').item.json.url }}"),
				],
			},
		}),
		node('Failed', 'n8n-nodes-base.noOp', 1, {}),
	];
	const connections = {
		Webhook: { main: [[to('Videos')]] },
		Videos: { main: [[to('Gcore')]] },
		Gcore: { main: [[to('Next')], ...(onError === 'continueErrorOutput' ? [[to('Failed')]] : [])] },
	};
	return { path, workflow: { name: `Videos, ${onError}`, nodes, connections } };
}
