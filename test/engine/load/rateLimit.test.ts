import { runGcore } from '../engine';

import { setStage, VIDEO } from '../stage';
import { useVirtualClock } from '../virtualClock';

const simulator = setStage();

useVirtualClock(simulator);

const COUNT = 300;
const items = Array.from({ length: COUNT }, (_, i) => ({ i }));

/** Adds as many tasks that succeeded, and returns their IDs. */
const addTasks = () =>
	items.map(({ i }) => {
		const request = { task_name: 'transcription' as const, url: `https://example.com/${i}.mp4` };
		return simulator().add({ request, createdAt: 0, durationMs: 1 }).id;
	});

beforeEach(() => Object.assign(simulator().options, { requestsPerSecond: 50, queueLimit: 1000 }));

describe('at 50 requests a second', () => {
	test.each(['get', 'getSubtitles'])('%s of 300 tasks returns them all', async (operation) => {
		const taskIds = addTasks();
		const { json, error } = await runGcore({
			simulator: simulator(),
			parameters: { operation, taskId: '={{ $json.taskId }}' },
			items: taskIds.map((taskId) => ({ taskId })),
		});
		expect(error).toBeUndefined();
		expect(json.map(({ task_id }) => task_id)).toEqual(taskIds);
		expect(simulator().requests.length).toBeGreaterThan(COUNT);
	});

	test('Create makes a task for each of 300 videos', async () => {
		const url = '=https://example.com/{{ $json.i }}.mp4';
		const { error } = await runGcore({ simulator: simulator(), parameters: { url }, items });
		expect(error).toBeUndefined();
		expect(simulator().tasks).toHaveLength(COUNT);
	});

	test('Get Many reads every page', async () => {
		addTasks();
		simulator().options.pageSizeLimit = 3;
		const { json } = await runGcore({
			simulator: simulator(),
			parameters: { operation: 'getMany', returnAll: true },
		});
		expect(json).toHaveLength(COUNT);
	});
});

describe('a rate limit that does not pass', () => {
	const refuseAll = () => simulator().inject({ does: 'answer', status: 429, times: Infinity });

	test('is reported by Get without a word about creating', async () => {
		refuseAll();
		const { error } = await runGcore({
			simulator: simulator(),
			parameters: { operation: 'get', taskId: 'aafe70c6-0000-0000-0000-327b65f7670f' },
		});
		expect(error?.message).toMatch(/too many came at once \(HTTP 429\)/);
		expect(error?.description).toBe(
			'Wait a minute, or as long as Gcore asks, and run this item again.',
		);
	});

	test('is reported by Create with what became of the task', async () => {
		refuseAll();
		const { error } = await runGcore({ simulator: simulator(), parameters: { url: VIDEO } });
		expect(error?.description).toBe(
			'Wait a minute, or as long as Gcore asks, and run this item again. No task was created for this item.',
		);
	});
});
