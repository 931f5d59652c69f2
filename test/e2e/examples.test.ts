/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the examples, not part of the package */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Execution, WorkflowFile } from '../n8n/restClient';
import { outputsOf } from '../n8n/workflows';
import { KEYS } from '../simulator';
import type { Task } from '../simulator/task';
import { readSrt, readWebVtt } from '../unit/subtitles/parsers';
import { saveWorkflow, setStage } from './stage';
import { until } from './until';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

const TRIGGER = "When clicking 'Execute workflow'";

const HOUR_MS = 3_600_000;

/** How far along its way a task is, as a share of it. */
const QUEUED = 0.1;
const RUNNING = 0.3;

const stage = setStage();

/** What to do with each example: prepare the simulator, run it, and look at what came of it. */
const CASES: Readonly<Record<string, (run: () => Promise<Execution>) => Promise<void>>> = {
	'create-transcription-task.json': async (run) => {
		const execution = await run();
		const { tasks } = stage().simulator;
		expect(tasks).toHaveLength(1);
		expect(jsonOf(execution, 'Task ID')).toEqual([[{ task_id: tasks[0]?.id }]]);
	},

	'subtitles-for-one-video.json': async (run) => {
		doneAtOnce();
		const [item] = outputsOf(await run(), 'Get the files')[0] ?? [];
		const { srt, vtt, ...others } = item?.binary ?? {};
		expect(others).toEqual({});
		expect([srt?.fileName, vtt?.fileName]).toEqual([
			'spritefright-blender-cut30sec.eng.srt',
			'spritefright-blender-cut30sec.eng.vtt',
		]);
		const cues = readSrt(await stage().client.textOf(srt!));
		expect(cues).toHaveLength(3);
		expect(readWebVtt(await stage().client.textOf(vtt!))).toEqual(cues);
	},

	'one-video-in-five-languages.json': async (run) => {
		doneAtOnce();
		const execution = await run();
		const [created] = outputsOf(execution, 'Create five tasks');
		expect(created?.map(({ pairedItem }) => pairedItem)).toEqual(Array(5).fill({ item: 0 }));
		const [items = []] = outputsOf(execution, 'Get the files');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		const files = items.map(({ binary }) => binary?.['srt']);
		expect(files.map((file) => file?.fileName)).toEqual(
			['eng', 'fre', 'ger', 'ita', 'spa'].map(
				(language) => `spritefright-blender-cut30sec.${language}.srt`,
			),
		);
		for (const file of files) expect(readSrt(await stage().client.textOf(file!))).toHaveLength(3);
	},

	'list-and-cancel.json': async (run) => {
		const { simulator } = stage();
		simulator.options.taskDurationMs = HOUR_MS;
		const wanted = await addTask('my-project/queued', QUEUED);
		const ending = await addTask('my-project/ending', QUEUED);
		const spared = [
			await addTask('my-project/running', RUNNING),
			await addTask('other-project/queued', QUEUED),
		];

		const cancels = ({ id }: Task) =>
			simulator.requests.filter(({ method, path }) => method === 'POST' && path.includes(id));
		simulator.inject({ does: 'delay', ms: 1000, on: ({ path }) => path.includes(ending.id) });
		const running = run();
		await until(() => cancels(ending).length > 0);
		ending.durationMs = 1;

		const execution = await running;
		expect(jsonOf(execution, 'Cancelled')).toEqual([
			[{ task_id: wanted.id, cancelled: true, result: 'Task was revoked' }],
		]);
		expect(wanted.cancelledAt).toBeDefined();
		expect(jsonOf(execution, 'Not cancelled')).toEqual([
			[
				expect.objectContaining({
					task_id: ending.id,
					error: `Task ${ending.id} had already ended (SUCCESS) [item 1]`,
				}),
			],
		]);
		expect(spared.flatMap(cancels)).toEqual([]);
	},
};

const jsonOf = (execution: Execution, node: string) =>
	outputsOf(execution, node).map((items) => items.map(({ json }) => json));

function doneAtOnce(): void {
	stage().simulator.options.taskDurationMs = 1;
}

/** A task at the simulator that has gone a share of its way. */
async function addTask(name: string, share: number): Promise<Task> {
	const { simulator } = stage();
	await fetch(`${simulator.url}/streaming/ai/tasks`, {
		method: 'POST',
		headers: { authorization: `APIKey ${KEYS.valid}`, 'content-type': 'application/json' },
		body: JSON.stringify({ task_name: 'transcription', url: `https://example.com/${name}.mp4` }),
	});
	const task = simulator.tasks.at(-1)!;
	task.createdAt -= share * task.durationMs;
	return task;
}

async function runExample(file: string): Promise<Execution> {
	const workflow = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowFile;
	return await stage().client.runManually(await saveWorkflow(stage(), workflow), TRIGGER);
}

describe('the example workflows', () => {
	beforeEach(() => stage().simulator.reset());

	test('are those that are tested here', () => {
		expect(Object.keys(CASES).sort()).toEqual(readdirSync(EXAMPLES).sort());
	});

	test.each(Object.entries(CASES))('%s does what it says', async (file, check) => {
		await check(async () => {
			const execution = await runExample(file);
			expect(execution.status).toBe('success');
			return execution;
		});
		expect(stage().simulator.violations).toEqual([]);
	});
});
