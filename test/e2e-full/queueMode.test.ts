import { saveWorkflow } from '../e2e/stage';
import { until } from '../e2e/until';
import { nodeEnds, requestsAfter, RETRIES, SOON_MS, startLongWait } from '../e2e/waitWorkflow';
import { chained, gcoreNode, node } from '../e2e/workflowParts';
import { outputsOf } from '../n8n';
import { readSrt } from '../unit/subtitles/parsers';
import { setQueueStage } from './stage/queueStage';

const stage = setQueueStage({
	workers: 1,
	// As n8n 3.0 always has it
	settings: { OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' },
});

jest.retryTimes(RETRIES);

const TIME_OUT_SECONDS = 3;

describe('a wait in a worker', () => {
	test('ends within a second of Stop at the main n8n, without another request', async () => {
		const { client, workers } = stage();
		const worker = workers[0]!;
		const executionId = await startLongWait(stage());
		await until(() => worker.log().includes('Running node "Gcore" started'));
		const endsBefore = nodeEnds(worker);
		const stoppedAt = Date.now();
		await client.stopExecution(executionId);
		await until(() => nodeEnds(worker) > endsBefore, stoppedAt + SOON_MS - Date.now());
		expect(await requestsAfter(stage(), stoppedAt)).toEqual([]);
		expect((await client.execution(executionId)).status).toBe('canceled');
	});

	test("goes on after the workflow's time-out, which n8n does not report to the node", async () => {
		await startLongWait(stage(), { executionTimeout: TIME_OUT_SECONDS });
		const { simulator, workers } = stage();
		const endsBefore = nodeEnds(workers[0]!);
		const { at } = simulator.requests[0]!;
		const polls = await requestsAfter(stage(), at + TIME_OUT_SECONDS * 1000 + SOON_MS);
		// The wait must not go on in another try of a test
		for (const task of simulator.tasks) task.cancelledAt = Date.now();
		await until(() => nodeEnds(workers[0]!) > endsBefore);
		expect(polls.map(({ method }) => method)).toContain('GET');
	});
});

test('a run in the editor goes through a worker, and its files come back', async () => {
	const { client, simulator, workers } = stage();
	simulator.reset();
	simulator.options.taskDurationMs = 1;
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		gcoreNode('From the Editor', 'create', {
			url: 'https://example.com/short.mp4',
			waitForCompletion: true,
		}),
	];
	const workflow = { name: 'In the editor', nodes, connections: chained(nodes) };
	const execution = await client.runManually(await saveWorkflow(stage(), workflow), 'Start');
	await until(() => workers[0]!.log().includes('Running node "From the Editor" started'));
	const [[item] = []] = outputsOf(execution, 'From the Editor');
	expect(readSrt(await client.textOf(item!.binary!['srt']!))).toHaveLength(3);
});
