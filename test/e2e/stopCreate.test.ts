import { randomUUID } from 'node:crypto';

import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { POOL_SIZE } from '../../nodes/shared/pool';
import type { RecordedRequest } from '../simulator';
import { saveWorkflow, setStage } from './stage';
import { until } from './until';
import { nodeEnds, RETRIES, SOON_MS } from './waitWorkflow';
import { chained, gcoreNode, node } from './workflowParts';

const stage = setStage();
jest.retryTimes(RETRIES);

const isPost = ({ method }: RecordedRequest) => method === 'POST';

/** Starts an execution that creates 300 tasks; nothing waits for its end. */
async function startBatch(options: IDataObject): Promise<string> {
	const { client } = stage();
	const path = randomUUID();
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST' }),
		node('Videos', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.videos' }),
		gcoreNode('Gcore', 'create', {
			url: '=https://example.com/{{ $json.i }}.mp4',
			options: options as never,
		}),
	];
	const workflow = { name: 'A batch', nodes, connections: chained(nodes) };
	const workflowId = await saveWorkflow(stage(), workflow);
	await client.activate(workflowId);
	await client.callWebhook(path, { videos: Array.from({ length: 300 }, (_, i) => ({ i })) });
	await until(() => stage().simulator.tasks.length >= 20);
	return await client.lastExecutionId(workflowId);
}

async function stopAndLook(executionId: string): Promise<void> {
	const { client, simulator, host } = stage();
	const endsBefore = nodeEnds(host);
	await client.stopExecution(executionId);
	const stoppedAt = Date.now();
	await until(() => nodeEnds(host) > endsBefore, SOON_MS);
	await sleep(SOON_MS);
	const late = simulator.requests.filter(({ at }) => at > stoppedAt + SOON_MS);
	expect(late).toEqual([]);
	const log = host.log().split('Gcore: stopped. Tasks created so far: ').at(-1) ?? '';
	// Those whose answers were under way are lost with n8n's abort
	const told = simulator.tasks.filter(({ id }) => log.includes(id));
	expect(told.length).toBeGreaterThanOrEqual(simulator.tasks.length - POOL_SIZE);
	expect(told.length).toBeGreaterThanOrEqual(10);
}

describe('Stop while tasks are created', () => {
	test('ends the node within a second, and the log reports which tasks exist', async () => {
		const { simulator } = stage();
		simulator.reset();
		simulator.options.queueLimit = 1000;
		simulator.inject({ does: 'delay', ms: 2000, on: isPost, times: Infinity });
		await stopAndLook(await startBatch({}));
		expect(simulator.tasks.length).toBeLessThan(300);
	});

	test('ends the wait for room in a full queue', async () => {
		const { simulator } = stage();
		simulator.reset();
		Object.assign(simulator.options, { queueLimit: 20, taskDurationMs: 3_600_000 });
		await stopAndLook(await startBatch({}));
		expect(simulator.tasks).toHaveLength(20);
	});
});
