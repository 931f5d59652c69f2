import { outputsOf } from '../n8n';
import { saveWorkflow, setStage } from './stage';
import { until } from './until';
import { nodeEnds, requestsAfter, RETRIES, SOON_MS, startLongWait } from './waitWorkflow';
import { chained, gcoreNode, node } from './workflowParts';

const stage = setStage();
jest.retryTimes(RETRIES);

const TIME_OUT_SECONDS = 3;

describe('a wait in a production workflow', () => {
	test('ends within a second of Stop, without another request', async () => {
		const executionId = await startLongWait(stage());
		const endsBefore = nodeEnds(stage().host);
		const stoppedAt = Date.now();
		await stage().client.stopExecution(executionId);
		await until(() => nodeEnds(stage().host) > endsBefore, stoppedAt + SOON_MS - Date.now());
		expect(await requestsAfter(stage(), stoppedAt)).toEqual([]);
		const execution = await stage().client.execution(executionId);
		expect(execution.status).toBe('canceled');
		expect(outputsOf(execution, 'Next')).toEqual([]);
	});

	test("ends within a second of the workflow's time-out, without another request", async () => {
		const endsBefore = nodeEnds(stage().host);
		const executionId = await startLongWait(stage(), { executionTimeout: TIME_OUT_SECONDS });
		const dueAt = stage().simulator.requests[0]!.at + TIME_OUT_SECONDS * 1000;
		await until(() => nodeEnds(stage().host) > endsBefore, dueAt + SOON_MS - Date.now());
		expect(await requestsAfter(stage(), Date.now())).toEqual([]);
		const execution = await stage().client.execution(executionId);
		expect(execution.status).toBe('canceled');
		expect(outputsOf(execution, 'Next')).toEqual([]);
	});

	test('leaves a hint of how it ended in the run data', async () => {
		const { client, simulator } = stage();
		simulator.reset();
		simulator.options.taskDurationMs = 1;
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			gcoreNode('Gcore', 'create', {
				url: 'https://example.com/short.mp4',
				alsoTranslateTo: ['ger'],
				waitForCompletion: true,
			}),
		];
		const workflow = { name: 'A short wait', nodes, connections: chained(nodes) };
		const workflowId = await saveWorkflow(stage(), workflow);
		const { data } = await client.runManually(workflowId, 'Start');
		expect(data.resultData.runData['Gcore']?.[0]?.hints).toEqual([
			expect.objectContaining({
				message: 'Waited for 2 tasks: 2 succeeded.',
			}),
		]);
	});
});
