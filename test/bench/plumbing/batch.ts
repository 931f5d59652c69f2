/* eslint-disable @n8n/community-nodes/no-restricted-imports -- measures for a benchmark, not part of the package */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { chained, videosFrom } from '../../e2e/workflowParts';
import type { WorkflowFile } from '../../n8n';
import type { GcoreOptions } from '../../simulator/gcore';
import type { Stage } from './stage';
import { SUBJECT } from './subjects';
import type { Subject } from './subjects';

/** The items to send through a subject, and the options of the simulator. */
export interface BatchOptions extends Partial<GcoreOptions> {
	/** The number of items, each with a video of its own. */
	items: number;
	/** How long the simulator takes for a response, in ms; by default it responds at once. */
	answerMs?: number;
}

/** The outcome of a batch. */
export interface Batch {
	/** The time in the node according to n8n's run data, in ms. */
	nodeMs: number;
	/** The number of tasks that were created. */
	created: number;
	/** The number of videos with a task: less than `created` if a video has two. */
	videos: number;
	/** The number of Create requests that made no task. */
	refused: number;
	/** The number of requests that read tasks or lists of tasks. */
	reads: number;
	/** The most requests in progress at once. */
	mostAtOnce: number;
	/** The share of the time in which the simulator was at work, from 0 to 1. */
	simulatorBusy: number;
}

/** Smaller than any batch that is measured. */
const WARM_UP = { items: 200, answerMs: 1 };

/**
 * Runs the same batch through several subjects in turn, A B A B, so that other load on the machine
 * affects them alike. A first round, which is not counted, warms up n8n and the simulator.
 *
 * @returns the batches of each subject, one for each run
 */
export async function inTurn<Name extends string>(
	stage: Stage,
	subjects: Record<Name, Subject>,
	options: BatchOptions,
	runs: number,
): Promise<Record<Name, Batch[]>> {
	const names = Object.keys(subjects) as Name[];
	const batches = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Name,
		Batch[]
	>;
	for (const name of names) await runBatch(stage, subjects[name], { ...options, ...WARM_UP });
	for (let run = 0; run < runs; run++) {
		for (const name of names) batches[name].push(await runBatch(stage, subjects[name], options));
	}
	return batches;
}

/** Sends a batch through a subject in a production workflow, and measures. */
export async function runBatch(
	stage: Stage,
	subject: Subject,
	options: BatchOptions,
): Promise<Batch> {
	const { client, simulator } = stage;
	const before = performance.eventLoopUtilization();
	const workflowId = await sendBatch(stage, subject, options);
	const { utilization } = performance.eventLoopUtilization(before);
	const { data } = await client.lastExecution(workflowId);
	const { requests, tasks, violations } = simulator;
	if (violations.length > 0) throw new Error(`Against Gcore's contract: ${violations[0]}`);
	const posts = requests.filter(({ method }) => method === 'POST').length;
	return {
		nodeMs: data.resultData.runData[SUBJECT]?.[0]?.executionTime ?? NaN,
		created: tasks.length,
		videos: new Set(tasks.map(({ request }) => request.url)).size,
		refused: posts - tasks.length,
		reads: requests.length - posts,
		mostAtOnce: simulator.mostAtOnce(),
		simulatorBusy: utilization,
	};
}

/**
 * Sends a batch through a subject.
 *
 * @returns the workflow's ID, when the workflow has run
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

/** Sends each video of the webhook's request through a subject. */
function batchWorkflow(path: string, subject: WorkflowFile['nodes'][number]): WorkflowFile {
	const nodes = [...videosFrom(path), subject];
	return { name: `${subject.type}, ${path}`, nodes, connections: chained(nodes) };
}
