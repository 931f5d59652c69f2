import { sleep } from 'n8n-workflow';

import type { RecordedRequest } from '../simulator';
import type { CreateTask } from '../simulator/task';
import { PolledWorkflow } from './poll';
import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const MODERATION: CreateTask = { task_name: 'content-moderation', url: VIDEO };

const ENDED = { createdAt: Date.now() - 60_000, durationMs: 1 };

/** Makes the list ignore that only transcriptions are asked for. */
const listAll = () => {
	const isList = ({ method, path, query }: RecordedRequest) => {
		if (method === 'GET' && path.endsWith('/tasks')) delete query['task_name'];
		return false;
	};
	simulator().inject({ does: 'silence', on: isList, times: Infinity });
};

describe('a task of the same account that is no transcription', () => {
	test('has no subtitles, and Get Subtitles says what it is', async () => {
		const { id } = simulator().add({ request: MODERATION, ...ENDED });
		const { error } = await runGcore({
			simulator: simulator(),
			parameters: { operation: 'getSubtitles', taskId: id },
		});
		expect(error?.message).toBe(
			`Task ${id} is a content-moderation task, not a transcription [item 0]`,
		);
		expect(error?.description).toMatch(/^It has no subtitles\. Use the task_id of a transcription/);
	});

	test('is not listed', async () => {
		simulator().add({ request: MODERATION, ...ENDED });
		const { id } = simulator().add(ENDED);
		listAll();
		const { json } = await runGcore({
			simulator: simulator(),
			parameters: { operation: 'getMany', returnAll: true },
		});
		expect(json.map(({ task_id }) => task_id)).toEqual([id]);
	});

	test('is not reused', async () => {
		simulator().add({ request: MODERATION, ...ENDED });
		listAll();
		const { json } = await runGcore({
			simulator: simulator(),
			parameters: { url: VIDEO, options: { reuseExistingTask: true } },
		});
		expect(json[0]).toMatchObject({ reused: false });
	});

	test('does not start a workflow', async () => {
		const trigger = new PolledWorkflow(simulator());
		listAll();
		await trigger.activate();
		const task = simulator().add({ durationMs: 600_000 });
		const other = simulator().add({ request: MODERATION, durationMs: 600_000 });
		await trigger.poll();
		task.durationMs = other.durationMs = 1;
		await sleep(5);
		await trigger.poll();
		expect(trigger.taskIds).toEqual([task.id]);
	});
});

test('a result with no subtitles and no text in it is not taken for silence', async () => {
	const { id } = simulator().add({ ...ENDED, shown: { result: { detections: [] } } });
	const { error } = await runGcore({
		simulator: simulator(),
		parameters: { operation: 'getSubtitles', taskId: id },
	});
	expect(error?.message).toBe(
		`Task ${id} succeeded, but its result has no subtitles and no text [item 0]`,
	);
	simulator().violations.length = 0;
});

test.each(['FAILURE', 'REVOKED', 'STARTED'] as const)(
	'Get Subtitles with a wait says at once what a task is that is no transcription: %s',
	async (status) => {
		const shown = { status, result: status === 'FAILURE' ? { error: 'x' } : null };
		const { id } = simulator().add({ request: MODERATION, ...ENDED, shown });
		const startedAt = Date.now();
		const { error } = await runGcore({
			simulator: simulator(),
			parameters: { operation: 'getSubtitles', taskId: id, waitForCompletion: true },
		});
		expect(error?.message).toBe(
			`Task ${id} is a content-moderation task, not a transcription [item 0]`,
		);
		expect(Date.now() - startedAt).toBeLessThan(1000);
		simulator().violations.length = 0;
	},
);

test('Get waits for a task of any kind', async () => {
	const { id } = simulator().add({
		request: MODERATION,
		createdAt: Date.now(),
		durationMs: 60_000,
	});
	const { json } = await runGcore({
		simulator: simulator(),
		parameters: { operation: 'get', taskId: id, waitForCompletion: true },
	});
	expect(json).toMatchObject([{ task_id: id, status: 'SUCCESS' }]);
});
