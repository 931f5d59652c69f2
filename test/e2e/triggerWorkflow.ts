import type { INode, INodeExecutionData } from 'n8n-workflow';

import { outputsOf } from '../n8n';
import type { WorkflowFile } from '../n8n';
import { saveWorkflow } from './stage';
import type { Stage } from './stage';
import { until } from './until';
import { chained, node } from './workflowParts';

/** The trigger's name in the workflows of tests and examples. */
export const GCORE_TRIGGER = 'Gcore Trigger';

const POLL_EVERY_SECONDS = 3;

/** Polls every few seconds: n8n refuses a time that comes more than once a minute, but takes many times. */
export const POLL_OFTEN = {
	item: Array.from({ length: 60 / POLL_EVERY_SECONDS }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * POLL_EVERY_SECONDS} * * * * *`,
	})),
};

/** A workflow that the Gcore Trigger starts and that ends with the node "Next". */
export function triggerWorkflow(
	parameters: INode['parameters'] = {},
	next: INode = node('Next', 'n8n-nodes-base.noOp', 1, {}),
): WorkflowFile {
	const nodes = [
		node(GCORE_TRIGGER, 'n8n-nodes-gcore.gcoreTrigger', 1, {
			pollTimes: POLL_OFTEN,
			...parameters,
		}),
		next,
	];
	return { name: 'A trigger', nodes, connections: chained(nodes) };
}

/**
 * Puts a workflow with a trigger into production.
 *
 * @returns its ID, when the trigger has polled once
 */
export async function startTrigger(stage: Stage, workflow: WorkflowFile): Promise<string> {
	const workflowId = await saveWorkflow(stage, workflow);
	await stage.client.activate(workflowId);
	return workflowId;
}

/** The items that the trigger returned in each execution of a workflow, the oldest first. */
export async function toldBy(
	{ client }: Stage,
	workflowId: string,
): Promise<INodeExecutionData[][]> {
	const told: INodeExecutionData[][] = [];
	for (const { id } of (await client.executions(workflowId)).reverse()) {
		const [items = []] = outputsOf(await client.execution(id), GCORE_TRIGGER);
		told.push(items);
	}
	return told;
}

/** Waits until the trigger has made a poll that began after now. */
export async function untilPolled({ simulator }: Stage): Promise<void> {
	const next = Date.now() + POLL_EVERY_SECONDS * 1000;
	await until(() => simulator.requests.some(({ at }) => at > next));
}
