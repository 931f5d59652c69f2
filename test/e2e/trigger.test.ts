import type { INodeTypeDescription } from 'n8n-workflow';

import { outputsOf } from '../n8n';
import { readSrt } from '../unit/subtitles/parsers';
import { saveWorkflow, setStage } from './stage';
import {
	GCORE_TRIGGER,
	startTrigger,
	toldBy,
	triggerWorkflow,
	untilPolled,
} from './triggerWorkflow';
import { until } from './until';
import { node } from './workflowParts';

const HOUR_MS = 3_600_000;

const stage = setStage();

beforeEach(() => stage().simulator.reset());

/** A task that ended so long ago. */
const past = (endedAgoMs: number) =>
	stage().simulator.add({ createdAt: Date.now() - endedAgoMs - HOUR_MS, durationMs: HOUR_MS });

describe('the node type of the trigger', () => {
	let trigger: INodeTypeDescription | undefined;

	beforeAll(async () => {
		const types = await stage().client.nodeTypes();
		trigger = types.find(({ name }) => name === 'n8n-nodes-gcore.gcoreTrigger');
	});

	test('is there, as a trigger that polls', () => {
		expect(trigger).toMatchObject({
			displayName: GCORE_TRIGGER,
			group: ['trigger'],
			polling: true,
			inputs: [],
		});
		expect(trigger?.properties[0]).toMatchObject({ name: 'pollTimes' });
	});

	test.each(['light', 'dark'] as const)('has a %s icon', async (theme) => {
		const icons = trigger?.iconUrl as Record<typeof theme, string>;
		const icon = await stage().client.file(icons[theme]);
		expect(icon.headers.get('content-type')).toMatch('image/svg+xml');
		expect(await icon.text()).toMatch(/<svg/);
	});
});

describe('in production', () => {
	test('a task that ends starts the workflow once, with a file that the next node and a person can read', async () => {
		const { client, simulator } = stage();
		past(HOUR_MS);
		const readFile = node('Next', 'n8n-nodes-base.extractFromFile', 1, {
			operation: 'text',
			binaryPropertyName: 'srt',
		});
		const parameters = { options: { downloadSubtitles: ['srt'] } };
		const workflowId = await startTrigger(stage(), triggerWorkflow(parameters, readFile));
		await untilPolled(stage());
		expect(await client.executions(workflowId)).toEqual([]);

		const task = simulator.add({ durationMs: 1 });
		await until(async () => (await client.executions(workflowId)).length > 0);
		await untilPolled(stage());
		await client.deactivate(workflowId);

		expect(await toldBy(stage(), workflowId)).toEqual([
			[
				expect.objectContaining({
					json: expect.objectContaining({ task_id: task.id, status: 'SUCCESS' }) as object,
				}),
			],
		]);
		const execution = await client.lastExecution(workflowId);
		expect(execution.status).toBe('success');
		const [[read] = []] = outputsOf(execution, 'Next');
		expect(readSrt(String(read?.json['data']))).toHaveLength(3);
		const [[told] = []] = outputsOf(execution, GCORE_TRIGGER);
		expect(readSrt(await client.textOf(told!.binary!['srt']!))).toHaveLength(3);
		expect(simulator.violations).toEqual([]);
	});

	test('a wrong key stops the activation, with the cure in the message', async () => {
		const { client } = stage();
		const workflowId = await saveWorkflow(stage(), triggerWorkflow(), '1234$wrong');
		await expect(client.activate(workflowId)).rejects.toThrow(
			/"message":"There was a problem activating the workflow: \\"Gcore does not accept the API key .*Check the API Key/,
		);
		expect(await client.activeWorkflows()).not.toContain(workflowId);
		expect(await client.executions(workflowId)).toEqual([]);
	});
});

describe('a test run', () => {
	/** What the trigger's "Fetch Test Event" does. */
	async function testRun() {
		const workflowId = await saveWorkflow(stage(), triggerWorkflow());
		return await stage().client.runManually(workflowId, GCORE_TRIGGER);
	}

	test('shows the newest tasks', async () => {
		const tasks = Array.from({ length: 7 }, (_, index) => past((7 - index) * HOUR_MS));
		const [items = []] = outputsOf(await testRun(), GCORE_TRIGGER);
		expect(items.map(({ json }) => json['task_id'])).toEqual(tasks.slice(2).map(({ id }) => id));
		expect(items[0]?.json).toMatchObject({ text: expect.stringContaining('Come on') as string });
	});

	test('says what to do if no task has ended', async () => {
		stage().simulator.add({ durationMs: HOUR_MS });
		const { data, status } = await testRun();
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(
			/^No finished task yet that matches\. Create a task with the Gcore node/,
		);
	});
});
