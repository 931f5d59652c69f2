/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a file for a test, not part of the package */
import { randomUUID } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { IS_N8N_1, N8N_MAJOR, outputsOf, setUpOwner, startN8n } from '../n8n';
import { startSimulator } from '../simulator';
import { sendForm } from './form';
import { OWNER, saveWorkflow, setStageOf } from './stage';
import type { Stage } from './stage';
import { triggerWorkflow } from './triggerWorkflow';
import { startLongWait } from './waitWorkflow';
import { chained, gcoreNode, node } from './workflowParts';

const MIB = 1024 ** 2;

/** Covers the shutdown and the start of an n8n. */
const RESTART_MS = 3 * 60_000;

const stageWith = (settings: Record<string, string>) =>
	setStageOf(async (stopping) => {
		const simulator = stopping(await startSimulator());
		const host = stopping(await startN8n({ settings }));
		return { host, client: await setUpOwner(host, OWNER), simulator };
	});

/** Runs a workflow in which n8n reads a file from its disk for the Gcore node, and expects the reading to fail. */
async function expectRefused(stage: Stage, sizeMiB: number, message: RegExp): Promise<void> {
	const path = join(stage.host.filesFolder, 'large.mov');
	await writeFile(path, '');
	await truncate(path, sizeMiB * MIB);
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('File', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: path }),
		gcoreNode('Gcore', 'create', { source: 'file' }),
	];
	const workflow = { name: 'A large file', nodes, connections: chained(nodes) };
	const workflowId = await saveWorkflow(stage, workflow);
	const { data } = await stage.client.runManually(workflowId, 'Start');
	expect(data.resultData.lastNodeExecuted).toBe('File');
	expect(data.resultData.error?.message).toMatch(message);
	expect(stage.simulator.requests).toEqual([]);
}

// n8n 3 has no such mode
(N8N_MAJOR <= 2 ? describe : describe.skip)('an n8n that keeps files in memory', () => {
	const stage = stageWith({ N8N_DEFAULT_BINARY_DATA_MODE: 'default' });

	test('fails at a file of more than 384 MiB in the node that makes it', async () => {
		await expectRefused(stage(), 385, /string longer than/);
	});
});

// n8n 1 has no such mode
(IS_N8N_1 ? describe.skip : describe)('an n8n that keeps files in its database', () => {
	const stage = stageWith({
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE: '1',
	});

	test('fails at a file of more than the set size in the node that makes it', async () => {
		await expectRefused(stage(), 2, /N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE/);
	});
});

describe('an n8n that takes forms of 1 MiB', () => {
	const stage = stageWith({ N8N_FORMDATA_FILE_SIZE_MAX: '1' });

	test('refuses a form with larger files, or drops them, which the node reports', async () => {
		const form = {
			...node('Form', 'n8n-nodes-base.formTrigger', 2.2, {
				formTitle: 'Videos',
				formFields: { values: [{ fieldLabel: 'Video', fieldType: 'file' }] },
			}),
			webhookId: randomUUID(),
		};
		const nodes = [
			form,
			gcoreNode('Gcore', 'create', { source: 'file', binaryPropertyName: 'Video' }),
		];
		const workflow = { name: 'A form', nodes, connections: chained(nodes) };
		const { client, simulator } = stage();
		const workflowId = await saveWorkflow(stage(), workflow);
		await client.activate(workflowId);
		const video = new File([Buffer.alloc(2 * MIB)], 'talk.mov');
		const sent = sendForm(stage(), form, { 'field-0': video });
		if (IS_N8N_1) {
			await sent;
			const { data } = await client.lastExecution(workflowId);
			expect(data.resultData.error?.message).toMatch(/no binary field "Video"/);
		} else {
			await expect(sent).rejects.toThrow(/refused the form/);
		}
		expect(simulator.requests).toEqual([]);
	});
});

describe('an n8n with its usual settings', () => {
	const stage = stageWith({ N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1' });

	test('does not poll more often than once a minute', async () => {
		const pollTimes = { item: [{ mode: 'custom', cronExpression: '*/10 * * * * *' }] };
		const workflowId = await saveWorkflow(stage(), triggerWorkflow({ pollTimes }));
		await expect(stage().client.activate(workflowId)).rejects.toThrow(/polling interval/i);
	});

	test(
		'ends a wait when it shuts down, after which Get Many finds the task',
		async () => {
			const { client, host, simulator } = stage();
			const executionId = await startLongWait(stage());
			await host.kill('SIGTERM');
			await host.restart();
			expect((await client.execution(executionId)).status).toBe('crashed');
			const nodes = [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
				gcoreNode('Tasks', 'getMany', {}),
			];
			const workflow = { name: 'Tasks', nodes, connections: chained(nodes) };
			const workflowId = await saveWorkflow(stage(), workflow);
			const [tasks] = outputsOf(await client.runManually(workflowId, 'Start'), 'Tasks');
			expect(tasks?.map(({ json }) => json['task_id'])).toEqual([simulator.tasks[0]?.id]);
		},
		RESTART_MS,
	);
});
