import { randomUUID } from 'node:crypto';

import type { FilterValue } from 'n8n-workflow';

import { IS_N8N_1, outputsOf } from '../n8n';
import type { Execution, WorkflowFile } from '../n8n';
import type { RecordedRequest } from '../simulator';
import { readSrt, readWebVtt } from '../unit/subtitles/parsers';
import { exampleNames, needsServices, nodeNamed, readExample, TRIGGER } from './exampleFiles';
import { saveWorkflow, setStage } from './stage';
import { succeeded } from './succeeded';
import { GCORE_TRIGGER, POLL_OFTEN, startTrigger } from './triggerWorkflow';
import { until } from './until';
import { chained, node } from './workflowParts';

const HOUR_MS = 3_600_000;

/** Longer than two waits of the example that waits in a loop. */
const TASK_MS = 3000;

const stage = setStage();

/** What to do with each example: prepare the simulator, run it, and look at what came of it. */
const CASES: Readonly<Record<string, (example: WorkflowFile) => Promise<void>>> = {
	'create-now-continue-later.json': async (example) => {
		const { client, simulator } = stage();
		nodeNamed(example, GCORE_TRIGGER).parameters['pollTimes'] = POLL_OFTEN;
		const workflowId = await startTrigger(stage(), example);
		const ended = async (count: number) =>
			await until(async () => (await client.executions(workflowId)).length === count);

		doneAtOnce();
		const created = succeeded(await client.runManually(workflowId, TRIGGER));
		const { id, request } = simulator.tasks[0]!;
		expect(jsonOf(created, 'Task ID')).toEqual([[{ task_id: id }]]);
		expect(JSON.parse(request.client_entity_data ?? '')).toEqual({
			project: 'product-videos',
			video_id: 'video-42',
		});

		simulator.add({ request: { ...request, client_entity_data: 'of somebody else' } });
		await ended(2);
		const succeededOne = succeeded(await client.lastExecution(workflowId));
		const [[item, ...others] = []] = outputsOf(succeededOne, 'Subtitles of a video');
		expect(others).toEqual([]);
		expect(item?.json).toMatchObject({ task_id: id, video_id: 'video-42' });
		expect(readSrt(await client.textOf(item!.binary!['srt']!))).toHaveLength(3);
		expect(readWebVtt(await client.textOf(item!.binary!['vtt']!))).toHaveLength(3);

		simulator.add({ request: { ...request, url: 'https://example.com/failure.mp4' } });
		await ended(3);
		expect(jsonOf(succeeded(await client.lastExecution(workflowId)), 'Failed video')).toEqual([
			[
				expect.objectContaining({
					video_id: 'video-42',
					failure_reason: expect.stringContaining('could not be downloaded') as string,
				}),
			],
		]);
		await client.deactivate(workflowId);
	},

	'wait-without-a-worker.json': async (example) => {
		const { client, simulator } = stage();
		simulator.options.taskDurationMs = TASK_MS;
		const looks = () => simulator.requests.filter(isLook);
		// n8n holds so short a wait in memory; test/e2e-full takes the way through its database
		nodeNamed(example, 'Wait').parameters = { amount: 1, unit: 'seconds' };
		simulator.inject({ does: 'answer', status: 403, on: isLook });
		const execution = await run(example);
		expect(looks().length).toBeGreaterThan(2);
		const [[item] = []] = outputsOf(execution, 'Files');
		expect(readSrt(await client.textOf(item!.binary!['srt']!))).toHaveLength(3);
		expect(outputsOf(execution, 'Failed or too late')).toEqual([]);

		simulator.options.taskDurationMs = HOUR_MS;
		simulator.requests.length = 0;
		const { conditions } = nodeNamed(example, 'Ended or too late?').parameters;
		(conditions as unknown as FilterValue).conditions[1]!.rightValue = 2;
		const late = await run(example);
		expect(looks()).toHaveLength(3); // two, and one for the files
		expect(jsonOf(late, 'Failed or too late')).toEqual([
			[expect.objectContaining({ error: expect.stringMatching(/is not done yet/) as string })],
		]);
	},

	'sub-workflow-for-subtitles.json': async (example) => {
		const { client } = stage();
		doneAtOnce();
		const workflowId = await saveWorkflow(stage(), example);
		// In production n8n 2 calls only what is published; n8n 1 calls any, and publishes none of these
		if (!IS_N8N_1) await client.activate(workflowId);
		const path = randomUUID();
		const callerId = await client.createWorkflow(callingWorkflow(path, workflowId));
		await client.activate(callerId);
		const one = { url: 'https://example.com/one.mp4', audio_language: 'ger' };
		await client.callWebhook(path, { videos: [one, { url: 'https://example.com/two.mp4' }] });
		const execution = succeeded(await client.lastExecution(callerId));
		const [items = []] = outputsOf(execution, 'Call');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.map(({ binary }) => binary?.['srt']?.fileName)).toEqual([
			'one.ger.srt',
			'two.eng.srt',
		]);
		for (const { binary } of items) {
			expect(readWebVtt(await client.textOf(binary!['vtt']!))).toHaveLength(3);
		}
	},

	'follow-up-hosted-videos.json': async (example) => {
		const { client, simulator } = stage();
		doneAtOnce();
		nodeNamed(example, GCORE_TRIGGER).parameters['pollTimes'] = POLL_OFTEN;
		const workflowId = await startTrigger(stage(), example);
		const hosted = succeeded(await client.runManually(workflowId, TRIGGER));
		const [[video] = []] = outputsOf(hosted, 'Host the video');
		const started = async () => (await client.executions(workflowId)).length;
		await until(async () => (await started()) === 2);
		const followUp = succeeded(await client.lastExecution(workflowId));
		expect(jsonOf(followUp, 'The video')).toEqual([
			[expect.objectContaining({ video_id: video?.json['video_id'], status: 'ready' })],
		]);
		const [[file] = []] = outputsOf(followUp, 'The file');
		expect(readSrt(await client.textOf(file!.binary!['srt']!))).toHaveLength(3);
		expect(simulator.tasks).toHaveLength(1);
		await client.deactivate(workflowId);
	},
};

const jsonOf = (execution: Execution, node: string) =>
	outputsOf(execution, node).map((items) => items.map(({ json }) => json));

function doneAtOnce(): void {
	Object.assign(stage().simulator.options, { taskDurationMs: 1, videoProcessingMs: 1 });
}

/** Whether a request asks for one task. */
const isLook = ({ method, path }: RecordedRequest) =>
	method === 'GET' && path.startsWith('/streaming/ai/tasks/');

/** A workflow that a webhook starts with `{ videos }`: it calls another workflow for them. */
function callingWorkflow(path: string, workflowId: string): WorkflowFile {
	const fields = ['url', 'audio_language', 'subtitles_language'];
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			path,
			httpMethod: 'POST',
			responseMode: 'lastNode',
		}),
		node('Videos', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.videos' }),
		node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
			workflowId: { __rl: true, mode: 'list', value: workflowId },
			workflowInputs: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(fields.map((field) => [field, `={{ $json.${field} }}`])),
				schema: fields.map((id) => ({ id, displayName: id, type: 'string', display: true })),
			},
		}),
	];
	return { name: 'A caller', nodes, connections: chained(nodes) };
}

/** Runs a workflow as the editor does. */
async function run(workflow: WorkflowFile): Promise<Execution> {
	const workflowId = await saveWorkflow(stage(), workflow);
	return succeeded(await stage().client.runManually(workflowId, TRIGGER));
}

describe('the example workflows that need nothing but Gcore', () => {
	beforeEach(() => stage().simulator.reset());

	test('are the examples that this file tests', () => {
		const names = exampleNames().filter((name) => !needsServices(name));
		expect(Object.keys(CASES).sort()).toEqual(names.sort());
	});

	test.each(exampleNames())('%s has only nodes and versions that this n8n has', async (name) => {
		const types = await stage().client.nodeTypes();
		for (const { type, typeVersion } of readExample(name).nodes) {
			const versions = types.filter(({ name }) => name === type).flatMap(({ version }) => version);
			expect({ type, versions }).toEqual({ type, versions: expect.arrayContaining([typeVersion]) });
		}
	});

	test.each(Object.entries(CASES))('%s does what it says', async (name, check) => {
		await check(readExample(name));
		expect(stage().simulator.violations).toEqual([]);
	});
});
