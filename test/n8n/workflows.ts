import type { INodeExecutionData } from 'n8n-workflow';

import type { CredentialReference, Execution, WorkflowFile } from './restClient';

const GCORE_NODES = [
	'n8n-nodes-gcore.gcore',
	'n8n-nodes-gcore.gcoreTool',
	'n8n-nodes-gcore.gcoreTrigger',
];

/** A workflow whose Gcore nodes use a credential, as a person would choose it in the editor. */
export function withCredential(
	workflow: WorkflowFile,
	gcoreApi: CredentialReference,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		GCORE_NODES.includes(node.type) ? { ...node, credentials: { gcoreApi } } : node,
	);
	return { ...workflow, nodes };
}

/**
 * What a node gave out in its last run.
 *
 * @returns its items for each of its outputs; none where it did not run or threw
 */
export function outputsOf({ data }: Execution, nodeName: string): INodeExecutionData[][] {
	const runs = data.resultData.runData[nodeName] ?? [];
	return (runs.at(-1)?.data?.['main'] ?? []).map((items) => items ?? []);
}
