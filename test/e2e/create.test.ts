import type { OnError } from 'n8n-workflow';

import { outputsOf, withCredential } from '../n8n';
import type { Execution } from '../n8n';
import { KEYS } from '../simulator';
import type { RecordedRequest } from '../simulator';
import { setStage } from './stage';
import { videoWorkflow } from './videoWorkflow';
import type { Video } from './videoWorkflow';

const stage = setStage();

/** Every execution of this file, to look for the key in them at the end. */
const executions: Execution[] = [];

/** Puts the workflow into production, calls its webhook and waits for the end. */
async function runVideos(
	videos: Video[],
	onError: OnError,
	{ apiKey = KEYS.valid, baseUrl = stage().simulator.url } = {},
) {
	const { client, simulator } = stage();
	simulator.requests.length = 0;
	const { path, workflow } = videoWorkflow(onError);
	const credential = await client.createCredential({ apiKey, baseUrl });
	const workflowId = await client.createWorkflow(withCredential(workflow, credential));
	await client.activate(workflowId);
	const answer = await client.callWebhook(path, { videos });
	const execution = await client.lastExecution(workflowId);
	executions.push(execution);
	return { answer, execution };
}

const isPost = ({ method }: RecordedRequest) => method === 'POST';

const jsonOf = (execution: Execution, node: string) =>
	outputsOf(execution, node).map((items) => items.map(({ json }) => json));

const GOOD = { url: 'https://example.com/good.mp4' };
const LOCAL = { url: 'http://localhost/local.mp4' };
const EMPTY = { url: '' };

const LOCAL_REFUSED = {
	error: expect.stringMatching(/^'Video URL' points to "localhost".* \[item 1\]$/) as string,
	message: expect.stringMatching(/use an address that anyone can reach/) as string,
};

describe('Create Transcription Task in a production workflow', () => {
	test('hands the task_id of each video to the next node', async () => {
		const other = { url: 'https://example.com/other.mp4' };
		const { answer } = await runVideos([GOOD, other], 'stopWorkflow');
		const { tasks } = stage().simulator;
		const taskIdOf = ({ url }: Video) =>
			tasks.find((task) => task.request.url === url)?.id ?? 'no task';
		expect(answer).toEqual([
			{ task_id: taskIdOf(GOOD), video: GOOD.url },
			{ task_id: taskIdOf(other), video: other.url },
		]);
	});

	test('takes any code of a language from an expression', async () => {
		const codes = ['de', 'DE', 'deu', 'de-AT', 'ger'];
		const videos = codes.map((language) => ({ ...GOOD, language }));
		await runVideos(videos, 'stopWorkflow');
		const posts = stage().simulator.requests.filter(isPost);
		expect(posts.map(({ body }) => body)).toEqual(
			codes.map(() => ({ task_name: 'transcription', url: GOOD.url, audio_language: 'ger' })),
		);
	});

	test('sends nothing and lists the bad items when it stops on errors', async () => {
		const { execution } = await runVideos([GOOD, LOCAL, EMPTY], 'stopWorkflow');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error).toMatchObject({
			message: '2 of 3 items have a problem, so nothing was sent',
			description: expect.stringMatching(/localhost.*\[item 1\].*empty.*\[item 2\]/) as string,
		});
		expect(stage().simulator.requests).toEqual([]);
	});

	test('says what to do about a wrong key', async () => {
		const { execution } = await runVideos([GOOD], 'stopWorkflow', { apiKey: '1234$wrong' });
		expect(execution.data.resultData.error).toMatchObject({
			message: expect.stringMatching(/^Gcore does not accept the API key/) as string,
			description: expect.stringMatching(/^Check the API Key/) as string,
		});
	});

	test.each([
		['no connection', undefined, /could not be reached .*/, /Nothing was sent/],
		['a lost connection', { does: 'reset' }, /connection to Gcore was lost/, /may have created/],
		['silence', { does: 'silence' }, /did not answer in time/, /may have created/],
	] as const)('tells %s apart', async (_, fault, error, message) => {
		const baseUrl = fault ? stage().simulator.url : 'http://127.0.0.1:1';
		const { simulator } = stage();
		if (fault) simulator.inject({ ...fault, on: isPost });
		// With a list to look into, the node would find out by itself
		simulator.inject({ does: 'answer', status: 403, times: 1 });
		const { execution } = await runVideos([GOOD], 'continueRegularOutput', { baseUrl });
		simulator.reset();
		expect(jsonOf(execution, 'Gcore')).toEqual([
			[{ error: expect.stringMatching(error), message: expect.stringMatching(message) }],
		]);
	});

	test('fails the bad items and sends the good ones with Continue', async () => {
		const { execution } = await runVideos([GOOD, LOCAL, GOOD], 'continueRegularOutput');
		const created = expect.objectContaining({ task_id: expect.any(String) as string }) as object;
		expect(jsonOf(execution, 'Gcore')).toEqual([[created, LOCAL_REFUSED, created]]);
	});

	test('sends the bad items to the error output', async () => {
		const { execution } = await runVideos([GOOD, LOCAL, GOOD], 'continueErrorOutput');
		const created = { task_id: expect.any(String) as string, video: GOOD.url };
		expect(jsonOf(execution, 'Next')).toEqual([[created, created]]);
		expect(jsonOf(execution, 'Failed')).toEqual([[{ ...LOCAL, ...LOCAL_REFUSED }]]);
	});

	test('keeps the API key out of run data and log', async () => {
		const { host, simulator } = stage();
		simulator.inject({
			does: 'answer',
			status: 400,
			body: { error: `No luck with APIKey ${KEYS.valid}` },
			on: isPost,
		});
		simulator.inject({ does: 'reset', on: isPost });
		const { execution } = await runVideos([GOOD, GOOD, GOOD], 'continueRegularOutput');
		expect(execution.raw).toContain('No luck with APIKey ***');
		await runVideos([GOOD], 'continueRegularOutput', {
			apiKey: `APIKey ${KEYS.valid}\n`,
		});
		for (const { raw } of executions) expect(raw).not.toContain(KEYS.valid);
		expect(host.log()).not.toContain(KEYS.valid);
	});
});
