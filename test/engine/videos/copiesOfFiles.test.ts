import { sleep } from 'n8n-workflow';

import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const MINUTE = 60_000;
const CONTINUE = { onError: 'continueRegularOutput' as const };
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
const WAIT = { waitForCompletion: true };

const file = (name = 'talk.mov', content = `file ${name}`) => ({ data: binaryOf(content, name) });

const run = async (rest: Partial<GcoreRun> = {}, parameters: GcoreRun['parameters'] = WAIT) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries: [file()],
		...rest,
	});

const isCreateTask = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path.endsWith('/ai/tasks');
const isCreateVideo = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path === '/streaming/videos';
const isDelete = ({ method }: RecordedRequest) => method === 'DELETE';
const deletes = () => simulator().requests.filter(isDelete);

const ofVideo = (id: number) => ({ video_id: id, video_deleted: false });

describe('a hosted copy is deleted', () => {
	test('once all of its tasks have ended, the slow ones too', async () => {
		const on = (request: RecordedRequest) => {
			const [, slow] = simulator().tasks;
			if (slow) slow.durationMs = 20 * MINUTE;
			return isDelete(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json, error } = await run({}, { ...WAIT, alsoTranslateTo: ['ger', 'fre'] });
		expect(error).toBeUndefined();
		expect(json).toMatchObject(Array(3).fill({ video_id: 1, video_deleted: true }));
		expect(simulator().videos).toEqual([]);
		expect(deletes()).toHaveLength(1);
	});

	test('for each of many items', async () => {
		const binaries = ['a', 'b', 'c', 'd'].map((name) => file(`${name}.mov`));
		const { json, hints } = await run({ binaries });
		expect(json.map(({ video_deleted }) => video_deleted)).toEqual(Array(4).fill(true));
		expect(new Set(json.map(({ video_id }) => video_id)).size).toBe(4);
		expect(simulator().videos).toEqual([]);
		expect(hints.join()).not.toMatch(/not deleted/);
	});

	test('if somebody else was faster', async () => {
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (isDelete(request) && video) simulator().deleteVideo(video);
			return false;
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json, hints } = await run();
		expect(json).toMatchObject([{ video_deleted: true }]);
		expect(hints.join()).not.toMatch(/not deleted/);
	});

	test('in the retry that found its task done', async () => {
		simulator().options.taskDurationMs = MINUTE;
		const on = (request: RecordedRequest) =>
			isCreateTask(request) && simulator().tasks.length === 1;
		simulator().inject({ does: 'answer', status: 400, on });
		const { json, error, hints } = await run({
			binaries: [file('a.mov'), file('b.mov')],
			settings: RETRY,
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_deleted: true }, { video_deleted: true }]);
		expect(simulator().videos).toEqual([]);
		expect(simulator().tasks).toHaveLength(2);
		expect(hints.join()).not.toMatch(/not deleted/);
	});

	test('in the try before, which a retry does not take for a failure', async () => {
		simulator().options.taskDurationMs = 1000;
		const binaries = [file('a.mov'), file('failure.mov')];
		const { json, hints } = await run({ binaries, settings: { ...RETRY, ...CONTINUE } });
		expect(json[0]).toMatchObject({ video_deleted: true });
		expect(json[1]).toMatchObject({ message: expect.stringMatching(/stays in Gcore.* video \d+/) });
		expect(simulator().videos).toHaveLength(1);
		expect(hints.join()).not.toMatch(/not deleted/);
	});
});

describe('a hosted copy stays', () => {
	test('without waiting: the output names it', async () => {
		const { json } = await run({}, {});
		expect(json[0]).toMatchObject({ video_id: 1 });
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(simulator().videos).toHaveLength(1);
	});

	test('if that is wanted', async () => {
		const { json } = await run({}, { ...WAIT, deleteHostedCopy: false });
		expect(json[0]).toMatchObject({ video_id: 1, status: 'SUCCESS' });
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(deletes()).toEqual([]);
	});

	test('if one of its tasks failed: the error names it', async () => {
		const { json } = await run(
			{ binaries: [file('failure.mov')], settings: CONTINUE },
			{ ...WAIT, alsoTranslateTo: ['ger'] },
		);
		expect(json).toHaveLength(2);
		for (const { message } of json) {
			expect(message).toMatch(/The file stays in Gcore video hosting as video 1\.$/);
		}
		expect(deletes()).toEqual([]);
	});

	test('if only one of its tasks failed', async () => {
		const on = (request: RecordedRequest) => {
			const [, second] = simulator().tasks;
			if (second) second.shown = { status: 'FAILURE' };
			return isDelete(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json } = await run({ settings: CONTINUE }, { ...WAIT, alsoTranslateTo: ['ger'] });
		expect(json[0]).toMatchObject({ status: 'SUCCESS', ...ofVideo(1) });
		expect(json[1]).toMatchObject({ message: expect.stringMatching(/as video 1\.$/) });
		expect(deletes()).toEqual([]);
	});

	test('if a task could not be created', async () => {
		simulator().inject({
			does: 'answer',
			status: 400,
			on: (request) => isCreateTask(request) && JSON.stringify(request.body).includes('"ger"'),
		});
		const { json } = await run({ settings: CONTINUE }, { ...WAIT, alsoTranslateTo: ['ger'] });
		expect(json[0]).toMatchObject({ status: 'SUCCESS', ...ofVideo(1) });
		expect(json[1]).toMatchObject({ message: expect.stringMatching(/as video 1\.$/) });
		expect(simulator().videos).toHaveLength(1);
	});

	test('if time is up, and the task is passed on as it stands', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const options = { maxWait: 5, whenTimeIsUp: 'passOn' };
		const { json, error } = await run({}, { ...WAIT, options });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject(ofVideo(1));
		expect(deletes()).toEqual([]);
	});

	test('if time is up, which is a problem', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const { error } = await run({}, { ...WAIT, options: { maxWait: 5 } });
		expect(error?.description).toMatch(/The file stays in Gcore video hosting as video 1\./);
		expect(error?.context?.['uploadedVideoIds']).toEqual([1]);
	});

	test('if no rendition is there in time', async () => {
		simulator().options.videoProcessingMs = 60 * MINUTE;
		const { error } = await run({}, { ...WAIT, options: { maxWait: 5 } });
		expect(error?.message).toMatch(/^Gcore has not finished video 1 after 5 minutes/);
		expect(error?.description).toMatch(/The file stays in Gcore video hosting as video 1\./);
		expect(simulator().tasks).toEqual([]);
	});

	test('if it cannot be converted', async () => {
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video) video.failure = { status: 'error', error: 'Encoding has failed' };
			return isDelete(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { error } = await run();
		expect(error?.message).toBe('Gcore could not process video 1: Encoding has failed [item 0]');
		expect(error?.description).toMatch(/The file stays in Gcore video hosting as video 1\./);
		expect(simulator().tasks).toEqual([]);
	});

	test('if another execution has a task that reads it', async () => {
		let added = false;
		const on = (request: RecordedRequest) => {
			const [task] = simulator().tasks;
			if (task && !added) {
				added = true;
				const url = task.request.url.replace(/[^/]*$/, 'vod240n.mp4?v=other');
				simulator().add({ durationMs: 60 * MINUTE, request: { ...task.request, url } });
			}
			return isDelete(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json, hints } = await run();
		expect(json).toMatchObject([ofVideo(1)]);
		expect(deletes()).toEqual([]);
		expect(hints.join()).toMatch(/were not deleted, .*another task or execution uses them.*: 1\./);
	});

	test('if Gcore does not say whether a task reads it', async () => {
		const on = ({ method, path, query }: RecordedRequest) =>
			method === 'GET' && path.endsWith('/ai/tasks') && 'search' in query;
		simulator().inject({ does: 'answer', status: 403, on, times: Infinity });
		const { json, hints } = await run();
		expect(json).toMatchObject([ofVideo(1)]);
		expect(deletes()).toEqual([]);
		expect(hints.join()).toMatch(/were not deleted/);
	});

	test('if Gcore refuses to delete it', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isDelete, times: Infinity });
		const { json, error, hints } = await run();
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'SUCCESS', ...ofVideo(1) }]);
		expect(hints.join()).toMatch(/were not deleted, .*: 1\. Delete them/);
	});

	test('if the execution is stopped while its task runs', async () => {
		simulator().options.taskDurationMs = 60 * MINUTE;
		const onStart = (execution: { cancel(): void }) =>
			void sleep(MINUTE).then(() => execution.cancel());
		await run({ onStart });
		expect(simulator().tasks).toHaveLength(1);
		expect(simulator().videos).toHaveLength(1);
		expect(deletes()).toEqual([]);
	});
});

describe('a video that was not made for the tasks alone is never deleted', () => {
	test('one that the operation Upload made of the same file', async () => {
		const upload = { resource: 'video', operation: 'upload' };
		await run({}, upload);
		const { json } = await run();
		expect(json).toMatchObject([{ status: 'SUCCESS' }]);
		expect(simulator().videos.map(({ id }) => id)).toEqual([1]);
	});

	test('the other way round: Upload does not hand out a copy that will be deleted', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isDelete });
		await run();
		const { json } = await run({}, { resource: 'video', operation: 'upload' });
		expect(json).toMatchObject([{ video_id: 2, reused: false }]);
	});

	test.each([
		['was told to keep', { ...WAIT, deleteHostedCopy: false }],
		['did not wait for', {}],
	])('one that an earlier run %s', async (_, earlier) => {
		await run({}, earlier);
		await sleep(MINUTE);
		const { json } = await run();
		expect(json).toMatchObject([{ status: 'SUCCESS', video_deleted: true }]);
		expect(simulator().videos.map(({ id }) => id)).toEqual([1]);
	});

	test('one that was chosen as a hosted video', async () => {
		simulator().addVideo();
		const { json } = await run({ binaries: [] }, { ...WAIT, source: 'hosted', videoId: '1' });
		expect(json).toMatchObject([{ status: 'SUCCESS', video_id: 1 }]);
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(simulator().videos).toHaveLength(1);
	});
});

describe('two items with the same file, whose copy an interrupted run has left', () => {
	const twice = [file(), file()];
	const interrupt = async () => {
		simulator().options.videoProcessingMs = MINUTE;
		const onStart = (execution: { cancel(): void }) =>
			void sleep(10_000).then(() => execution.cancel());
		await run({ onStart });
		expect(simulator().videos).toMatchObject([{ id: 1 }]);
	};

	test('share it, and it is deleted once', async () => {
		await interrupt();
		const { json, hints } = await run({ binaries: twice });
		expect(json).toMatchObject(Array(2).fill({ video_id: 1, video_deleted: true }));
		expect(deletes()).toHaveLength(1);
		expect(hints.join()).not.toMatch(/not deleted/);
	});

	test('read one each if it has left two, and both are deleted', async () => {
		simulator().options.videoProcessingMs = MINUTE;
		const onStart = (execution: { cancel(): void }) =>
			void sleep(10_000).then(() => execution.cancel());
		await run({ onStart, binaries: twice });
		expect(simulator().videos).toHaveLength(2);
		const { json } = await run({ binaries: twice });
		expect(json.map(({ video_id }) => video_id).sort()).toEqual([1, 2]);
		expect(simulator().videos).toEqual([]);
	});

	test('keep it if one of them failed', async () => {
		await interrupt();
		const on = (request: RecordedRequest) => {
			const [, second] = simulator().tasks;
			if (second) second.shown = { status: 'FAILURE' };
			return isDelete(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json } = await run({ binaries: twice, settings: CONTINUE });
		const failed = json.filter(({ error }) => error);
		expect(failed).toMatchObject([{ message: expect.stringMatching(/as video 1\.$/) }]);
		expect(json.filter(({ error }) => !error)).toMatchObject([ofVideo(1)]);
		expect(deletes()).toEqual([]);
	});
});

test('the error of an item that ends the node names the files that the others leave', async () => {
	simulator().options.taskDurationMs = 60 * MINUTE;
	const on = (request: RecordedRequest) => isCreateTask(request) && simulator().tasks.length === 2;
	simulator().inject({ does: 'answer', status: 400, on });
	const binaries = ['a', 'b', 'c'].map((name) => file(`${name}.mov`));
	const { error } = await run({ binaries });
	expect(error?.context?.['uploadedVideoIds']).toHaveLength(3);
	expect(error?.context?.['createdTaskIds']).toHaveLength(2);
	expect(error?.description).toMatch(/2 more videos stay in Gcore video hosting/);
	expect(simulator().requests.filter(isCreateVideo)).toHaveLength(3);
});

test('a file that was uploaded before waits for the list, which may have its task', async () => {
	await run({}, {});
	const isList = ({ method, path }: RecordedRequest) =>
		method === 'GET' && path.endsWith('/ai/tasks');
	simulator().inject({ does: 'answer', status: 403, on: isList, times: Infinity });
	const { error } = await run({}, {});
	expect(error?.message).toMatch(/^The tasks that may be reused cannot be listed: /);
	expect(error?.description).toMatch(
		/^Nothing was sent for this item\. Run it again later\. The file/,
	);
	expect(simulator().tasks).toHaveLength(1);
});
