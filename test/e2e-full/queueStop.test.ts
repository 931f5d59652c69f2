import { until } from '../e2e/until';
import { nodeEnds, requestsAfter, SOON_MS, startLongWait } from '../e2e/waitWorkflow';
import { setQueueStage } from './stage/queueStage';

const stage = setQueueStage({ workers: 1 });

describe('a wait in a worker', () => {
	test('ends within a second of Stop at the main n8n, without another request', async () => {
		const { client, workers } = stage();
		const worker = workers[0]!;
		const executionId = await startLongWait(stage());
		expect(worker.log()).toContain('Running node "Gcore" started');
		const endsBefore = nodeEnds(worker);
		const stoppedAt = Date.now();
		await client.stopExecution(executionId);
		await until(() => nodeEnds(worker) > endsBefore, stoppedAt + SOON_MS - Date.now());
		expect(await requestsAfter(stage(), stoppedAt)).toEqual([]);
		expect((await client.execution(executionId)).status).toBe('canceled');
	});
});
