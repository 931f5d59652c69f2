/* eslint-disable @n8n/community-nodes/no-restricted-imports -- measures for a benchmark, not part of the package */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { chained, videosFrom } from '../e2e/workflowParts';
import type { WorkflowFile } from '../n8n/restClient';
import type { GcoreOptions } from '../simulator/gcore';
import type { Stage } from './stage';
import { SUBJECT } from './subjects';
import type { Subject } from './subjects';

/** Items to send through a subject, and how Gcore is to be meanwhile. */
export interface BatchOptions extends Partial<GcoreOptions> {
	/** How many items, each with a video of its own. */
	items: number;
	/** How long Gcore takes for an answer, in ms; none unless given. */
	answerMs?: number;
}

/** What came of a batch. */
export interface Batch {
	/** What n8n's run data says that the node took, in ms. */
	nodeMs: number;
	/** Tasks at the simulator. */
	created: number;
	/** Videos with a task: as many as tasks, unless one was created twice. */
	videos: number;
	/** Create calls that made no task. */
	refused: number;
	/** Calls that asked for tasks, by list or one by one. */
	asked: number;
	/** The most requests under way at once. */
	mostAtOnce: number;
	/** The share of the time that the simulator was at work, from 0 to 1. */
	simulatorBusy: number;
}

/** Sends a batch through a subject in a production workflow, and measures. */
export async function runBatch(
	stage: Stage,
	subject: Subject,
	options: BatchOptions,
): Promise<Batch> {
	const { client, simulator } = stage;
	const idle = performance.eventLoopUtilization();
	const workflowId = await sendBatch(stage, subject, options);
	const { utilization } = performance.eventLoopUtilization(idle);
	const { data } = await client.lastExecution(workflowId);
	const { requests, tasks, violations } = simulator;
	if (violations.length > 0) throw new Error(`Not as Gcore has it: ${violations[0]}`);
	const posts = requests.filter(({ method }) => method === 'POST').length;
	return {
		nodeMs: data.resultData.runData[SUBJECT]?.[0]?.executionTime ?? NaN,
		created: tasks.length,
		videos: new Set(tasks.map(({ request }) => request.url)).size,
		refused: posts - tasks.length,
		asked: requests.length - posts,
		mostAtOnce: simulator.mostAtOnce(),
		simulatorBusy: utilization,
	};
}

/**
 * Sends a batch through a subject, and comes back when the workflow has run.
 *
 * @returns the workflow's ID
 */
export async function sendBatch(
	stage: Stage,
	subject: Subject,
	{ items, answerMs, ...gcoreOptions }: BatchOptions,
): Promise<string> {
	const { client, simulator } = stage;
	simulator.reset();
	Object.assign(simulator.options, gcoreOptions);
	if (answerMs) simulator.inject({ does: 'delay', ms: answerMs, times: Infinity });
	const path = randomUUID();
	const workflowId = await client.createWorkflow(batchWorkflow(path, subject(stage)));
	await client.activate(workflowId);
	const videos = Array.from({ length: items }, (_, index) => ({
		url: `https://example.com/video-${index}.mp4`,
	}));
	await client.callWebhook(path, { videos });
	return workflowId;
}

/** Sends each video of the webhook's call through a subject. */
function batchWorkflow(path: string, subject: WorkflowFile['nodes'][number]): WorkflowFile {
	const nodes = [...videosFrom(path), subject];
	return { name: `${subject.type}, ${path}`, nodes, connections: chained(nodes) };
}
