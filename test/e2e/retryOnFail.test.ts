import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../simulator';
import { saveWorkflow, setStage } from './stage';
import { chained, gcoreNode, videosFrom } from './workflowParts';

const stage = setStage();

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

const VIDEOS = ['a', 'b', 'c'];

const isFor =
	(name: string) =>
	({ body }: RecordedRequest) =>
		JSON.stringify(body ?? '').includes(`/${name}.mp4`);

/** Runs the node over the videos, of which one is refused the first time. */
async function runVideos(refused: string, settings: Partial<INode>) {
	const { client, simulator } = stage();
	simulator.reset();
	simulator.inject({ does: 'answer', status: 400, on: isFor(refused) });
	const path = randomUUID();
	const nodes = [
		...videosFrom(path, { responseData: 'allEntries' }),
		{
			...gcoreNode('Gcore', 'create', { url: '=https://example.com/{{ $json.name }}.mp4' }),
			...settings,
		},
	];
	const workflow = { name: 'Retry On Fail', nodes, connections: chained(nodes) };
	await client.activate(await saveWorkflow(stage(), workflow));
	await client.callWebhook(path, { videos: VIDEOS.map((name) => ({ name })) });
	return simulator.tasks.map(({ request }) => request.url.slice(-5, -4)).sort();
}

describe("n8n's Retry On Fail", () => {
	test.each(VIDEOS)('sends only the missing requests if %s failed', async (refused) => {
		expect(await runVideos(refused, RETRY)).toEqual(VIDEOS);
	});

	test.each(VIDEOS)(
		'creates no task twice with On Error: Continue if %s failed',
		async (refused) => {
			const created = await runVideos(refused, { ...RETRY, onError: 'continueRegularOutput' });
			expect(new Set(created).size).toBe(created.length);
			expect(created).toEqual(expect.arrayContaining(VIDEOS.filter((name) => name !== refused)));
		},
	);
});
