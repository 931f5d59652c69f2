import { randomUUID } from 'node:crypto';

import { saveWorkflow } from '../../e2e/stage';
import type { Stage } from '../../e2e/stage';
import { until } from '../../e2e/until';
import { chained, gcoreNode, node } from '../../e2e/workflowParts';
import type { N8nProcess, WorkflowFile } from '../../n8n';
import type { RecordedRequest } from '../../simulator';
import type { CreateTask, Task } from '../../simulator/task';

/** The numbers of the batches, one for each execution. */
export const BATCHES = Array.from({ length: 20 }, (_, batch) => batch);

const VIDEOS_PER_BATCH = 50;

/** The number of videos in all batches. */
export const VIDEOS = BATCHES.length * VIDEOS_PER_BATCH;

/** The response times for the videos of a batch, in turn, so that its tasks appear bit by bit. */
const ANSWERS_MS = [1000, 2000, 3000, 4000];

const HOUR_MS = 3_600_000;

/** The workflow in production that creates a task for each video of a batch. */
export interface BatchWorkflow {
	/** The batch of each execution, by the execution's ID. */
	batchesById: Map<string, number>;
	/** Starts an execution for a batch, and does not wait for its end. */
	start(batch: number): Promise<void>;
	/** The executions, the newest first. */
	executions(): ReturnType<Stage['client']['executions']>;
	/** Whether no execution is in progress. */
	allEnded(): Promise<boolean>;
}

/**
 * Puts the workflow into production, with a simulator that is slow to create tasks, works on them for
 * an hour and has room for all.
 *
 * @param listedMs the time within which n8n lists an execution that it has started
 */
export async function startBatchWorkflow(stage: Stage, listedMs: number): Promise<BatchWorkflow> {
	slowDown(stage);
	const { client } = stage;
	const path = randomUUID();
	const workflowId = await saveWorkflow(stage, batchWorkflow(path));
	await client.activate(workflowId);
	const batchesById = new Map<string, number>();
	const executions = async () => await client.executions(workflowId);
	const unknown = async () => (await executions()).find(({ id }) => !batchesById.has(id));
	return {
		batchesById,
		async start(batch) {
			await client.callWebhook(path, { videos: urlsOf(batch).map((url) => ({ url })) });
			// n8n 1 responds before it lists the execution
			await until(async () => (await unknown()) !== undefined, listedMs);
			batchesById.set((await unknown())!.id, batch);
		},
		executions,
		async allEnded() {
			return (await executions()).every(({ status }) => status !== 'new' && status !== 'running');
		},
	};
}

/** A webhook that takes `{ videos: [{ url }] }` and responds at once. */
function batchWorkflow(path: string): WorkflowFile {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST' }),
		node('Videos', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.videos' }),
		gcoreNode('Gcore', 'create', {
			url: '={{ $json.url }}',
			options: { reuseExistingTask: true },
		}),
	];
	return { name: 'A batch', nodes, connections: chained(nodes) };
}

function slowDown({ simulator }: Stage): void {
	simulator.options.queueLimit = 10 * VIDEOS;
	simulator.options.taskDurationMs = HOUR_MS;
	for (const [turn, ms] of ANSWERS_MS.entries()) {
		const isItsTurn = ({ method, body }: RecordedRequest) =>
			method === 'POST' && videoOf(body as CreateTask) % ANSWERS_MS.length === turn;
		simulator.inject({ does: 'delay', ms, times: Infinity, on: isItsTurn });
	}
}

function urlsOf(batch: number): string[] {
	const videos = Array.from({ length: VIDEOS_PER_BATCH }, (_, video) => video);
	return videos.map((video) => `https://example.com/${batch}/${video}.mp4`);
}

function videoOf({ url }: CreateTask): number {
	return Number(/(\d+)\.mp4$/.exec(url)?.[1]);
}

/** The tasks for each video of a batch. */
export function tasksOf({ simulator }: Stage, batch: number): Task[][] {
	return urlsOf(batch).map((url) => simulator.tasks.filter(({ request }) => request.url === url));
}

/** The IDs of the executions that a worker has started or finished, according to its log. */
export function executionsOf(worker: N8nProcess, did: 'started' | 'finished'): string[] {
	const lines = worker.log().matchAll(new RegExp(`Worker ${did} execution (\\d+)`, 'g'));
	return [...lines].map(([, id]) => id!);
}

/** The IDs of the executions in progress in a worker. */
export function inProgress(worker: N8nProcess): string[] {
	const finished = executionsOf(worker, 'finished');
	return executionsOf(worker, 'started').filter((id) => !finished.includes(id));
}
