import { isResourceLocatorValue } from 'n8n-workflow';
import type { IDataObject, INode, ITaskData } from 'n8n-workflow';

import { outputsOf } from '../n8n';
import type { Execution, WorkflowFile } from '../n8n';
import { startChatModel } from './chatModel';
import type { ChatModel, ChatTurn } from './chatModel';
import { exampleNames, needsAgent, nodeNamed, readExample } from './exampleFiles';
import { saveWorkflow, setStage } from './stage';

const EXAMPLE = 'ai-agent-subtitles.json';
const VIDEO_URL = 'https://example.com/forest.mp4';
const SAMPLE_ID = 'aafe70c6-0000-0000-0000-327b65f7670f';
const HOUR_MS = 3_600_000;
const SECOND_IN_MINUTES = 1 / 60;

/** Room for a tool's answer beside the text: status, times, IDs and the names of the fields. */
const OVERHEAD_CHARACTERS = 1000;

const stage = setStage();

let model: ChatModel;

beforeAll(async () => {
	model = await startChatModel();
});

beforeEach(() => {
	stage().simulator.reset();
	stage().simulator.options.taskDurationMs = 1;
});

afterEach(() => expect(stage().simulator.violations).toEqual([]));

afterAll(async () => await model.stop());

/** Sends a message to the chat of the example, as the editor does, while the model plays a script. */
async function chat(
	chatInput: string,
	script: ChatTurn[],
	example: WorkflowFile = readExample(EXAMPLE),
): Promise<Execution> {
	const { client } = stage();
	model.plays(script);
	const openAiApi = await client.createCredentialOf('openAiApi', 'OpenAI', {
		apiKey: 'any',
		url: model.url,
	});
	nodeNamed(example, 'OpenAI Chat Model').credentials = { openAiApi };
	const workflowId = await saveWorkflow(stage(), example);
	const message = { sessionId: workflowId, action: 'sendMessage', chatInput };
	const execution = await client.runManually(workflowId, 'When chat message received', {
		startTime: 0,
		executionTime: 0,
		executionIndex: 0,
		source: [],
		data: { main: [[{ json: message }]] },
	} satisfies ITaskData);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

const transcribe = (more: Record<string, string> = {}) => ({
	call: 'Transcribe_a_video',
	with: { video_url: VIDEO_URL, audio_language: '', subtitles_language: '', format: '', ...more },
});

const getSubtitles = (task_id: string, format: string) => ({
	call: 'Get_subtitles',
	with: { task_id, format },
});

/** The tool's answer to the model: the only item that it returned. */
function itemOf(answer: string): Record<string, string> {
	const items = JSON.parse(answer) as Array<Record<string, string>>;
	expect(items).toHaveLength(1);
	return items[0]!;
}

const replyOf = (execution: Execution) =>
	outputsOf(execution, 'AI Agent').flat()[0]?.json['output'];

/** The last message to the model, which is what a tool answered. */
const lastAnswer = () => model.requests.at(-1)?.messages.at(-1)?.content ?? '';

describe('an AI agent with Gcore tools', () => {
	test('is in one example', () => {
		expect(exampleNames().filter(needsAgent)).toEqual([EXAMPLE]);
	});

	test('describes to the model what to enter, in the words of the example', async () => {
		await chat('Hello', ['Hello.']);
		const offered = model.requests[0]!.tools.map((tool) => tool.function).sort((a, b) =>
			a.name.localeCompare(b.name),
		);
		const tools = readExample(EXAMPLE)
			.nodes.filter(({ type }) => type === 'n8n-nodes-gcore.gcoreTool')
			.sort((a, b) => a.name.localeCompare(b.name));
		expect(offered.map(({ name, description }) => ({ name, description }))).toEqual(
			tools.map(({ name, parameters }) => ({
				name: name.replaceAll(' ', '_'),
				description: parameters['toolDescription'],
			})),
		);
		expect(offered.map(({ parameters }) => Object.keys(parameters.properties))).toEqual([
			['task_id', 'format'],
			['video_url', 'audio_language', 'subtitles_language', 'format'],
		]);
		for (const [index, { parameters }] of offered.entries()) {
			for (const [key, { description }] of Object.entries(parameters.properties)) {
				const values = Object.values((tools[index] as INode).parameters);
				expect(
					values.map((value) => (isResourceLocatorValue(value) ? value.value : value)),
				).toContain(`={{ $fromAI('${key}', '${description}', 'string') }}`);
			}
		}
	});

	test('gets from the video to its subtitles', async () => {
		const { simulator } = stage();
		const execution = await chat(`German subtitles of ${VIDEO_URL}, please. They speak English.`, [
			transcribe({ audio_language: 'en', subtitles_language: 'de' }),
			(answer) => getSubtitles(itemOf(answer)['task_id']!, 'srt'),
			(answer) => `Here they are: ${itemOf(answer)['srt']}`,
		]);
		expect(simulator.tasks.map(({ request }) => request)).toEqual([
			{
				task_name: 'transcription',
				url: VIDEO_URL,
				audio_language: 'eng',
				subtitles_language: 'ger',
			},
		]);
		expect(replyOf(execution)).toMatch(
			/^Here they are: 1\n00:00:00,000 --> 00:00:02,500\nCome on, come on\.\n\n2\n/,
		);
	});

	// From version 3 on, n8n's engine runs the tools; before, the agent itself
	test.each([2.2, 3])(
		'pays once if agent %d runs a tool again that has failed',
		async (version) => {
			const { simulator } = stage();
			const example = readExample(EXAMPLE);
			nodeNamed(example, 'AI Agent').typeVersion = version;
			const tool = nodeNamed(example, 'Transcribe a video');
			tool.parameters['options'] = { maxWait: SECOND_IN_MINUTES, whenTimeIsUp: 'fail' };
			Object.assign(tool, {
				onError: 'stopWorkflow',
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1000,
			});
			simulator.options.taskDurationMs = 1500;
			await chat('The text', [transcribe(), 'Done.'], example);
			expect(model.requests).toHaveLength(2);
			expect(simulator.tasks).toHaveLength(1);
		},
	);

	test('gets the text, and not ten thousand cues', async () => {
		const { simulator } = stage();
		const texts = Array.from({ length: 10_000 }, (_, index) => `Sentence ${index}.`);
		const concatenated_text = texts.join(' ');
		const cue = { start_time: '00:00:00.000', end_time: '00:00:02.500' };
		simulator.inject({
			does: 'answer',
			status: 200,
			times: Infinity,
			on: ({ method, path }) => method === 'GET' && path.startsWith('/streaming/ai/tasks/'),
			body: {
				task_id: SAMPLE_ID,
				status: 'SUCCESS',
				result: {
					speech_detected: true,
					concatenated_text,
					languages: ['eng'],
					subtitles: texts.map((text) => ({ ...cue, text })),
				},
			},
		});
		await chat('What do they say?', [transcribe(), 'A lot.']);
		expect(itemOf(lastAnswer())['text']).toBe(concatenated_text);
		expect(lastAnswer()).not.toContain('start_time');
		expect(lastAnswer().length).toBeLessThan(concatenated_text.length + OVERHEAD_CHARACTERS);
	});

	test('creates no second task if the model asks twice', async () => {
		await chat('Transcribe it.', [transcribe(), transcribe(), 'Done.']);
		expect(stage().simulator.tasks).toHaveLength(1);
		expect(itemOf(lastAnswer())['task_id']).toBe(stage().simulator.tasks[0]?.id);
	});

	test.each([
		[
			'a bad URL',
			transcribe({ video_url: 'my holiday video' }),
			/^'Video URL' is not a full web address/,
			/^Enter the address of an MP4 file, starting with https/,
		],
		[
			'an unsupported pair',
			transcribe({ audio_language: 'en', subtitles_language: 'uz' }),
			/^Gcore cannot translate English to Uzbek/,
			/^Choose another language/,
		],
		[
			'a language that is none',
			transcribe({ audio_language: 'klingon' }),
			/^'Audio Language' "klingon" is not a language Gcore knows/,
			/^Choose a language from the list.*Leave it empty for "Auto-Detect"\.$/,
		],
		[
			'a video that cannot be downloaded',
			transcribe({ video_url: 'https://example.com/failure.mp4' }),
			/failed: The file could not be downloaded/,
			/^Check that the video is an MP4 file that anyone can download\./,
		],
		[
			'an ID of no task',
			getSubtitles(SAMPLE_ID, 'srt'),
			/^Gcore has no task aafe70c6/,
			/older than a month: Gcore deletes results then/,
		],
		[
			'something that is no ID',
			getSubtitles('the task of yesterday', 'srt'),
			/^'Task ID' is not the ID of a Gcore task/,
			/^Choose a task from the list, or use the task_id that Create returned/,
		],
		[
			'a format that is none',
			getSubtitles(SAMPLE_ID, 'docx'),
			/^'Formats' has no "docx"/,
			/^Choose from ass, cues, txt, srt, transcript, timedTranscript, ttml, vtt\./,
		],
	])('learns what to do about %s', async (_, call, error, message) => {
		await chat('Do it.', [call, 'That went wrong.']);
		expect(itemOf(lastAnswer())).toEqual({
			error: expect.stringMatching(error) as string,
			message: expect.stringMatching(message) as string,
		});
	});

	test('gets the ID of a task that takes longer, to pick it up later', async () => {
		const { simulator } = stage();
		simulator.options.taskDurationMs = HOUR_MS;
		const example = readExample(EXAMPLE);
		const { options } = nodeNamed(example, 'Transcribe a video').parameters;
		(options as IDataObject)['maxWait'] = SECOND_IN_MINUTES;
		await chat('Transcribe it.', [transcribe(), 'It goes on.'], example);
		const [task] = simulator.tasks;
		expect(itemOf(lastAnswer())).toMatchObject({
			task_id: task?.id,
			status: 'RECEIVED',
			text: null,
		});
	});
});
