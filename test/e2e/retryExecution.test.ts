import { randomUUID } from 'node:crypto';

import type { IDataObject, INode } from 'n8n-workflow';

import { outputsOf } from '../n8n';
import { saveWorkflow, setStage } from './stage';
import { chained, gcoreNode, videosFrom } from './workflowParts';

/** n8n's Retry of a failed execution, which keeps the execution's data and takes the node as it is now. */

const stage = setStage();

/** Starts a workflow whose only Gcore node has to fail. @returns what retries its last execution */
async function runAndFail(parameters: INode['parameters'], videos: IDataObject[]) {
	const { client } = stage();
	const path = randomUUID();
	const nodes = [...videosFrom(path), gcoreNode('Gcore', 'create', parameters)];
	const workflow = { name: 'Retry', nodes, connections: chained(nodes) };
	const workflowId = await saveWorkflow(stage(), workflow);
	await client.activate(workflowId);
	await client.callWebhook(path, { videos });
	expect((await client.lastExecution(workflowId)).status).toBe('error');
	return async (changed: INode['parameters'] = {}) => {
		await client.changeNode(workflowId, 'Gcore', { ...parameters, ...changed });
		await client.retryExecution(await client.lastExecutionId(workflowId));
		return await client.lastExecution(workflowId);
	};
}

beforeEach(() => stage().simulator.reset());

test('work that is done is not repeated, and an item that has changed is worked on', async () => {
	const { simulator } = stage();
	const ids = ['one', 'two', 'three'].map((name) => simulator.addVideo({ name }).id);
	const missing = 99_999_999;
	const retry = await runAndFail(
		{
			resource: 'video',
			operation: 'delete',
			videoId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		},
		[
			{ id: ids[0], other: ids[1] },
			{ id: missing, other: ids[2] },
		],
	);
	expect(simulator.videos.map(({ id }) => id)).toEqual(ids.slice(1));

	const { error } = (await retry()).data.resultData;
	expect(error?.message).toContain(`Gcore has no video ${missing}`);

	const changed = await retry({ videoId: { __rl: true, mode: 'id', value: '={{ $json.other }}' } });
	expect(outputsOf(changed, 'Gcore')[0]?.map(({ json }) => json['video_id'])).toEqual(ids.slice(1));
	expect(simulator.videos).toEqual([]);
});

test('a task that failed is created again, and no other', async () => {
	const { simulator } = stage();
	Object.assign(simulator.options, { taskDurationMs: 1 });
	const retry = await runAndFail({ url: '={{ $json.url }}', waitForCompletion: true }, [
		{ url: 'https://example.com/good.mp4' },
		{ url: 'https://example.com/failure.mp4' },
	]);
	await retry();
	const urls = () => simulator.tasks.map(({ request }) => request.url.split('/').at(-1)).sort();
	expect(urls()).toEqual(['failure.mp4', 'failure.mp4', 'good.mp4']);
	expect((await retry({ url: 'https://example.com/good.mp4' })).status).toBe('success');
	expect(urls()).toEqual(['failure.mp4', 'failure.mp4', 'good.mp4', 'good.mp4']);
});

test('Gcore is asked again about languages that it could not translate', async () => {
	const { simulator } = stage();
	const retry = await runAndFail(
		{ url: '={{ $json.url }}', audioLanguage: 'ger', subtitlesLanguage: 'bak' },
		[{ url: 'https://example.com/good.mp4' }],
	);
	const asked = () =>
		simulator.requests.filter(({ query }) => query['type'] === 'language_support');
	expect(asked()).toHaveLength(1);
	await retry();
	expect(asked()).toHaveLength(2);
});
