import type { INodeExecutionData } from 'n8n-workflow';

import type { CredentialReference, Execution, WorkflowFile } from './restClient';

const GCORE_NODES = [
	'n8n-nodes-gcore.gcore',
	'n8n-nodes-gcore.gcoreTool',
	'n8n-nodes-gcore.gcoreTrigger',
];

/** A workflow whose Gcore nodes use a credential, as if chosen in the editor. */
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
 * The output of a node's last run.
 *
 * @returns the items of each of its outputs; empty if the node did not run or threw
 */
export function outputsOf({ data }: Execution, nodeName: string): INodeExecutionData[][] {
	const runs = data.resultData.runData[nodeName] ?? [];
	return (runs.at(-1)?.data?.['main'] ?? []).map((items) => items ?? []);
}
