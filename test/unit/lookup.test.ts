import type { TaskLister } from '../../nodes/shared/api/lists';
import type { TaskListQuery } from '../../nodes/shared/api/types';
import { existingTasks, requestKey } from '../../nodes/shared/tasks/lookup';

const URL = 'https://example.com/video.mp4';

test.each([
	['null for what was not sent', { client_user_id: null }, {}],
	['an empty text', { client_entity_data: '' }, {}],
	['a number', { client_user_id: 42 }, { client_user_id: '42' }],
	['JSON', { client_entity_data: { id: 42 } }, { client_entity_data: '{"id":42}' }],
	[
		'JSON without its spaces',
		{ client_entity_data: { id: 42 } },
		{ client_entity_data: '{ "id": 42 }' },
	],
])('a request is the same if Gcore returns %s', (_, given, sent) => {
	const asGiven = { url: URL, ...given } as unknown as Parameters<typeof requestKey>[0];
	expect(requestKey(asGiven)).toBe(requestKey({ url: URL, ...sent }));
});

test('another text is another request', () => {
	expect(requestKey({ url: URL, client_user_id: 'a' })).not.toBe(requestKey({ url: URL }));
});

test('numbers that are written in two ways are two texts', () => {
	expect(requestKey({ url: URL, client_user_id: '1.0' })).not.toBe(
		requestKey({ url: URL, client_user_id: '1' }),
	);
});

test('the tasks of many videos are read down to the first that started too early', async () => {
	const at = (second: number) => new Date(second * 1000).toISOString();
	const asked: TaskListQuery[] = [];
	// One task per page, each of which started a second before the last
	const listTasks: TaskLister['listTasks'] = async (query) => {
		asked.push(query);
		const { status, page = 1 } = query;
		const task_data = { url: URL, task_name: 'transcription' };
		const task = {
			task_id: `${page}`,
			status: 'STARTED',
			task_data,
			processing_time: { started_at: at(100 - page) },
		};
		return { rows: status ? [] : [task], more: !status, count: 0, ids: [task.task_id] };
	};
	const client = { listTasks } as Parameters<typeof existingTasks>[0];
	const videos = ['a', 'b', 'c', 'd'].map((name) => `https://example.com/${name}.mp4`);
	// The task of page 2 started at exactly that time, the task of page 3 before
	const tasks = await existingTasks(client, videos, 98_000);
	expect(tasks.map(({ task_id }) => task_id)).toEqual(['1', '2', '3']);
	expect(Math.max(...asked.map(({ page }) => page ?? 1))).toBe(3);
});
