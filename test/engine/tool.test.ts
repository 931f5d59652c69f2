import type { INode } from 'n8n-workflow';

import { runGcore } from './engine';
import { setStage } from './stage';

const simulator = setStage();

/** Runs the node as n8n runs it for an AI agent: under another name. */
const runTool = async (parameters: INode['parameters']) =>
	await runGcore({
		simulator: simulator(),
		parameters,
		settings: { type: 'n8n-nodes-gcore.gcoreTool' },
	});

describe('as a tool of an AI agent, which passes on only the message of an error', () => {
	test('says there what to do about a bad parameter', async () => {
		const { error } = await runTool({ url: 'my holiday video' });
		expect(error?.message).toBe(
			"'Video URL' is not a full web address [item 0]. Enter the address of an MP4 file, starting with https:// or http://. Nothing was sent.",
		);
	});

	test('says there what to do about what Gcore answered', async () => {
		const taskId = 'aafe70c6-0000-0000-0000-327b65f7670f';
		const { error } = await runTool({ operation: 'get', taskId });
		expect(error?.message).toMatch(
			/^Gcore has no task aafe70c6-\S+ \[item 0\]\. .*Gcore deletes results then/,
		);
	});
});

test('a tool lists several bad items in lines, without HTML', async () => {
	const { error } = await runGcore({
		simulator: simulator(),
		parameters: { url: '={{ $json.url }}' },
		items: [{ url: 'a' }, { url: 'b' }],
		settings: { type: 'n8n-nodes-gcore.gcoreTool' },
	});
	expect(error?.message).toMatch(/\[item 0\]\. .*\n.*\[item 1\]\./);
	expect(error?.message).not.toContain('<br>');
});

describe('a hosted video that the model of an agent names', () => {
	const runWith = async (Hosted_Video: unknown, more: INode['parameters'] = {}) =>
		await runGcore({
			simulator: simulator(),
			parameters: {
				resource: 'video',
				operation: 'get',
				videoId: {
					__rl: true,
					mode: 'id',
					value: "={{ $fromAI('Hosted_Video', 'The video in Gcore video hosting', 'string') }}",
				},
				...more,
			},
			items: [{ query: { Hosted_Video } as never }],
			settings: { type: 'n8n-nodes-gcore.gcoreTool' },
		});

	beforeEach(() => {
		for (const name of ['Spring Webinar', 'Spring Webinar 2']) simulator().addVideo({ name });
	});

	test.each(['Spring Webinar', ' Spring Webinar ', '1', 1])('as %j is found', async (name) => {
		expect((await runWith(name)).json).toMatchObject([{ video_id: 1 }]);
	});

	test.each([
		[{ videoId: "={{ $fromAI('Hosted_Video') }}" }],
		[{ videoId: { __rl: true, mode: 'list', value: "={{ $fromAI('Hosted_Video') }}" } }],
		[{ resource: 'subtitle', operation: 'getMany' }],
	])('is found with %j', async (parameters) => {
		const { error } = await runWith('Spring Webinar', parameters);
		expect(error).toBeUndefined();
		const lookUp = simulator().requests[0];
		expect([lookUp?.path, lookUp?.query['search']]).toEqual([
			'/streaming/videos',
			'Spring Webinar',
		]);
	});

	test('but does not exist: the model learns of similar ones', async () => {
		const { error } = await runWith('Webinar');
		expect(error?.message).toBe(
			'Gcore hosts no video named "Webinar" [item 0]. Did you mean "Spring Webinar 2" (2), "Spring Webinar" (1)?',
		);
	});
});
