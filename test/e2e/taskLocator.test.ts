import type { INodeListSearchResult, NodeParameterValueType } from 'n8n-workflow';

import { outputsOf } from '../n8n';
import { KEYS } from '../simulator';
import { saveWorkflow, setStage } from './stage';
import { chained, gcoreNode, node } from './workflowParts';

const stage = setStage();

const HOUR_MS = 3_600_000;

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

beforeEach(() => stage().simulator.reset());

/** Runs Get on a task, named in one of several ways. */
async function taskIdOf(taskId: NodeParameterValueType, id: string): Promise<unknown> {
	const { client } = stage();
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Task', 'n8n-nodes-base.set', 3.4, {
			assignments: { assignments: [{ id: '1', name: 'task_id', value: id, type: 'string' }] },
		}),
		gcoreNode('Get', 'get', { taskId }),
	];
	const workflow = { name: 'Get', nodes, connections: chained(nodes) };
	const execution = await client.runManually(await saveWorkflow(stage(), workflow), 'Start');
	return outputsOf(execution, 'Get')[0]?.[0]?.json['task_id'];
}

test.each<[string, (id: string) => NodeParameterValueType]>([
	['picked from the list', (id) => locator('list', id)],
	['by ID', (id) => locator('id', id)],
	['dragged onto the field', () => locator('id', '={{ $json.task_id }}')],
	['by an expression that returns text', () => '={{ $json.task_id }}'],
])('a task is found %s', async (_, taskId) => {
	const { id } = stage().simulator.add({ createdAt: 0, durationMs: 1 });
	expect(await taskIdOf(taskId(id), id)).toBe(id);
});

/** The list of the Task ID field in the editor. */
async function listOf(operation: string, more: object = {}): Promise<INodeListSearchResult> {
	const { client, simulator } = stage();
	const credential = { apiKey: KEYS.valid, baseUrl: simulator.url };
	return await client.resourceLocatorResults({
		path: 'parameters.taskId',
		nodeTypeAndVersion: { name: 'n8n-nodes-gcore.gcore', version: 1 },
		currentNodeParameters: { resource: 'transcriptionTask', operation },
		credentials: { gcoreApi: await client.createCredential(credential) },
		methodName: 'searchTasks',
		...more,
	});
}

test('the list has the tasks that suit the operation, and searches them', async () => {
	const { simulator } = stage();
	const request = (name: string) => ({
		task_name: 'transcription' as const,
		url: `https://example.com/${name}.mp4`,
	});
	const done = simulator.add({
		request: request('done'),
		createdAt: Date.now() - 2 * HOUR_MS,
		durationMs: 1,
	});
	const running = simulator.add({
		request: request('running'),
		createdAt: Date.now() - HOUR_MS,
		durationMs: 4 * HOUR_MS,
	});
	const idsOf = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);
	expect(idsOf(await listOf('get'))).toEqual([running.id, done.id]);
	expect(idsOf(await listOf('get', { filter: 'done' }))).toEqual([done.id]);
	expect(idsOf(await listOf('getSubtitles'))).toEqual([done.id]);
	expect(idsOf(await listOf('cancel'))).toEqual([running.id]);
});
