import { randomUUID } from 'node:crypto';

import { sleep } from 'n8n-workflow';
import type { IWorkflowSettings } from 'n8n-workflow';

import type { N8nProcess, WorkflowFile } from '../n8n';
import { saveWorkflow } from './stage';
import type { Stage } from './stage';
import { until } from './until';
import { chained, gcoreNode, node } from './workflowParts';

/** A stopped node has to end within this time. */
export const SOON_MS = 1000;

/** On a busy machine n8n itself can take longer: one of three tries has to keep the time. */
export const RETRIES = 2;

/** By then the first poll has its answer, and the pause after it has begun. */
const FIRST_POLL_MS = 500;

/** Longer than the longest first pause between two polls. */
const NEXT_POLL_MS = 7000;

const HOUR_MS = 3_600_000;

/** A workflow that a webhook starts and does not wait for: it creates a task and waits for its end. */
function waitWorkflow(path: string, settings: IWorkflowSettings): WorkflowFile {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST' }),
		gcoreNode('Gcore', 'create', {
			url: 'https://example.com/long.mp4',
			waitForCompletion: true,
		}),
		node('Next', 'n8n-nodes-base.noOp', 1, {}),
	];
	return { name: 'A long wait', nodes, connections: chained(nodes), settings };
}

/**
 * Starts an execution that waits for a task of an hour.
 *
 * @returns its ID, when it has asked for the task once and pauses
 */
export async function startLongWait(
	stage: Stage,
	settings: IWorkflowSettings = {},
): Promise<string> {
	const { client, simulator } = stage;
	simulator.reset();
	simulator.options.taskDurationMs = HOUR_MS;
	const path = randomUUID();
	const workflowId = await saveWorkflow(stage, waitWorkflow(path, settings));
	await client.activate(workflowId);
	await client.callWebhook(path, {});
	await until(() => simulator.requests.some(({ method }) => method === 'GET'));
	await sleep(FIRST_POLL_MS);
	return await client.lastExecutionId(workflowId);
}

/** The requests that arrive from a time on, until another poll would be there for sure. */
export async function requestsAfter({ simulator }: Stage, since: number) {
	await sleep(since + NEXT_POLL_MS - Date.now());
	return simulator.requests.filter(({ at }) => at > since);
}

/**
 * How many times the node has ended in a process of n8n. What it returns after Stop is dropped, but
 * the log reports that it has ended.
 */
export function nodeEnds(running: N8nProcess): number {
	return running.log().split('Running node "Gcore" finished').length - 1;
}
