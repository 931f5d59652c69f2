/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a file for a test, not part of the package */
import { randomUUID } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { OWNER, saveWorkflow, setStageOf } from '../e2e/stage';
import { until } from '../e2e/until';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import { outputsOf, setUpOwner, startN8n } from '../n8n';
import { startSimulator } from '../simulator';

const GIB = 1024 ** 3;

/** Covers a start of n8n, and 1.5 GiB on a slow disk. */
const TEST_MS = 5 * 60_000;

const stage = setStageOf(async (stopping) => {
	const simulator = stopping(await startSimulator({ videoProcessingMs: 1 }));
	// As in n8n 2: n8n 1 keeps files in memory unless set, which has no room for one of this size
	const settings = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
	const host = stopping(await startN8n({ settings }));
	return { host, client: await setUpOwner(host, OWNER), simulator };
});

beforeEach(() => stage().simulator.reset());

/** Saves a workflow that uploads a file of 1 GiB from n8n's disk and creates a task with it. */
async function workflowWithFile(): Promise<{ workflowId: string; run: () => Promise<unknown> }> {
	const path = randomUUID();
	const file = join(stage().host.filesFolder, `${path}.mov`);
	await writeFile(file, path);
	await truncate(file, GIB);
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST' }),
		node('File', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: file }),
		gcoreNode('Task', 'create', { source: 'file' }),
	];
	const { client } = stage();
	const workflowId = await saveWorkflow(stage(), {
		name: 'A large file',
		nodes,
		connections: chained(nodes),
	});
	await client.activate(workflowId);
	return { workflowId, run: async () => await client.callWebhook(path, {}) };
}

/** Runs a workflow again after n8n was killed, and returns the items of its last node. */
async function runAgain({ workflowId, run }: Awaited<ReturnType<typeof workflowWithFile>>) {
	const { client, host, simulator } = stage();
	await host.kill();
	await host.restart();
	await run();
	await until(() => simulator.tasks.length > 0, TEST_MS);
	const execution = await client.lastExecution(workflowId);
	expect(execution.status).toBe('success');
	return outputsOf(execution, 'Task')[0]?.map(({ json }) => json);
}

test(
	'a file of 1 GiB is uploaded whole by a second run if n8n was killed in the middle of the first',
	async () => {
		const { simulator } = stage();
		const workflow = await workflowWithFile();
		simulator.uploads.inject({
			does: 'silence',
			on: ({ headers }) => Number(headers['upload-offset']) >= GIB / 2,
		});
		await workflow.run();
		await until(() => simulator.held() > 0, TEST_MS);
		expect(simulator.uploads.sessions[0]?.offset).toBe(GIB / 2);
		const items = await runAgain(workflow);
		// The empty video of the first run stays: it costs nothing
		expect(simulator.videos.map(({ size }) => size)).toEqual([undefined, GIB]);
		expect(items).toMatchObject([{ video_id: simulator.videos[1]?.id }]);
		expect(simulator.tasks).toHaveLength(1);
		expect(simulator.violations).toEqual([]);
	},
	TEST_MS,
);

test(
	'a file of 1 GiB is not uploaded again if n8n was killed after its upload',
	async () => {
		const { simulator } = stage();
		const workflow = await workflowWithFile();
		simulator.options.videoProcessingMs = TEST_MS;
		await workflow.run();
		await until(() => simulator.videos.some(({ size }) => size === GIB), TEST_MS);
		for (const video of simulator.videos) Object.assign(video, { processingMs: 1 });
		const items = await runAgain(workflow);
		expect(simulator.uploads.sessions).toHaveLength(1);
		expect(items).toMatchObject([{ video_id: simulator.videos[0]?.id }]);
		expect(simulator.tasks).toHaveLength(1);
		expect(simulator.violations).toEqual([]);
	},
	TEST_MS,
);
