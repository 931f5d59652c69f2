import { randomUUID } from 'node:crypto';

import { N8N_VERSION, saveWorkflow } from '../e2e/stage';
import { until } from '../e2e/until';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import type { N8nProcess } from '../n8n/n8nProcess';
import type { WorkflowFile } from '../n8n/restClient';
import { outputsOf } from '../n8n/workflows';
import type { RecordedRequest } from '../simulator';
import type { CreateTask } from '../simulator/task';
import { setQueueStage } from './queueStage';
import type { QueueStage } from './queueStage';

const BATCHES = Array.from({ length: 20 }, (_, batch) => batch);
const VIDEOS_A_BATCH = 50;
const VIDEOS = BATCHES.length * VIDEOS_A_BATCH;

/** How many tasks there are at least when the worker is killed. */
const TASKS_AT_KILL = VIDEOS / 4;

/** How long the answers for the videos of a batch take, in turn: a batch gets its tasks bit by bit. */
const ANSWERS_MS = [1000, 2000, 3000, 4000];

const HOUR_MS = 3_600_000;

/** n8n notices after up to two minutes that a worker has died. */
const ALL_ENDED_MS = 5 * 60_000;

const TEST_MS = 12 * 60_000;

/** What n8n does with the executions of a worker that has died: by its line, and with which settings. */
const CASES = {
	'1': [
		['hands to the other worker', {}],
		['ends', { QUEUE_WORKER_MAX_STALLED_COUNT: '0' }],
	],
	'2': [['ends', {}]],
} as const;

const cases = CASES[N8N_VERSION.split('.')[0] as keyof typeof CASES];

/** A workflow that a webhook starts with `{ videos: [{ url }] }` and does not wait for. */
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

/** The addresses of a batch's videos. */
function urlsOf(batch: number): string[] {
	const videos = Array.from({ length: VIDEOS_A_BATCH }, (_, video) => video);
	return videos.map((video) => `https://example.com/${batch}/${video}.mp4`);
}

/** A simulator that is slow to create tasks, works on them for long and has room for all. */
function slowDown({ simulator }: QueueStage): void {
	simulator.options.queueLimit = 10 * VIDEOS;
	simulator.options.taskDurationMs = HOUR_MS;
	for (const [turn, ms] of ANSWERS_MS.entries()) {
		const isItsTurn = ({ method, body }: RecordedRequest) =>
			method === 'POST' && videoOf(body as CreateTask) % ANSWERS_MS.length === turn;
		simulator.inject({ does: 'delay', ms, times: Infinity, on: isItsTurn });
	}
}

function videoOf({ url }: CreateTask): number {
	return Number(/(\d+)\.mp4$/.exec(url)?.[1]);
}

/** The IDs of the executions that a worker has started, or has finished, by its log. */
function executionsOf(worker: N8nProcess, did: 'started' | 'finished'): string[] {
	const lines = worker.log().matchAll(new RegExp(`Worker ${did} execution (\\d+)`, 'g'));
	return [...lines].map(([, id]) => id!);
}

function underWayIn(worker: N8nProcess): string[] {
	const finished = executionsOf(worker, 'finished');
	return executionsOf(worker, 'started').filter((id) => !finished.includes(id));
}

describe.each(cases)('executions of a killed worker, which n8n %s,', (what, settings) => {
	const stage = setQueueStage({ workers: 2, settings });

	/** The workflow in production: its executions by the batch that each was started for. */
	async function startWorkflow() {
		const { client } = stage();
		const path = randomUUID();
		const workflowId = await saveWorkflow(stage(), batchWorkflow(path));
		await client.activate(workflowId);
		const batchesById = new Map<string, number>();
		const unknown = async () =>
			(await client.executions(workflowId)).find(({ id }) => !batchesById.has(id));
		return {
			batchesById,
			async start(batch: number) {
				await client.callWebhook(path, { videos: urlsOf(batch).map((url) => ({ url })) });
				// n8n 1 answers before its list has the execution
				await until(async () => (await unknown()) !== undefined, ALL_ENDED_MS);
				batchesById.set((await unknown())!.id, batch);
			},
			async executions() {
				return await client.executions(workflowId);
			},
			async allEnded() {
				const open = ['new', 'running'];
				return (await client.executions(workflowId)).every(({ status }) => !open.includes(status));
			},
		};
	}

	/** The tasks for each video of a batch. */
	const tasksOf = (batch: number) =>
		urlsOf(batch).map((url) =>
			stage().simulator.tasks.filter(({ request }) => request.url === url),
		);

	test(
		'leave one task for each video when they are run again',
		async () => {
			const { client, simulator, workers } = stage();
			const [victim, survivor] = workers as [N8nProcess, N8nProcess];
			slowDown(stage());
			const { batchesById, start, executions, allEnded } = await startWorkflow();

			for (const batch of BATCHES) await start(batch);
			const isHalfDone = (id: string) => {
				const counts = tasksOf(batchesById.get(id)!).map(({ length }) => length);
				return counts.includes(0) && counts.includes(1);
			};
			await until(
				() => simulator.tasks.length >= TASKS_AT_KILL && underWayIn(victim).some(isHalfDone),
				ALL_ENDED_MS,
			);
			await victim.kill();
			const underWay = underWayIn(victim);
			expect(underWay.filter(isHalfDone)).not.toEqual([]);

			await until(allEnded, ALL_ENDED_MS);
			const failed = (await executions())
				.filter(({ status }) => status !== 'success')
				.map(({ id }) => id);
			const startedAgain = executionsOf(survivor, 'started').filter((id) => underWay.includes(id));
			if (what === 'ends') {
				expect(failed).not.toEqual([]);
				expect(underWay).toEqual(expect.arrayContaining(failed));
				expect(startedAgain).toEqual([]);
			} else {
				expect(failed).toEqual([]);
				expect(startedAgain).not.toEqual([]);
			}

			for (const id of failed) await start(batchesById.get(id)!);
			await until(allEnded, ALL_ENDED_MS);

			expect(simulator.tasks).toHaveLength(VIDEOS);
			expect(new Set(simulator.tasks.map(({ request }) => request.url)).size).toBe(VIDEOS);
			const succeeded = (await executions()).filter(({ id }) => !failed.includes(id));
			expect(succeeded.map(({ id }) => batchesById.get(id)!).sort(byNumber)).toEqual(BATCHES);
			for (const { id } of succeeded) {
				const [items] = outputsOf(await client.execution(id), 'Gcore');
				expect(items?.map(({ json }) => json['task_id'])).toEqual(
					tasksOf(batchesById.get(id)!).map(([task]) => task?.id),
				);
			}
			expect(simulator.violations).toEqual([]);
		},
		TEST_MS,
	);
});

function byNumber(a: number, b: number): number {
	return a - b;
}
