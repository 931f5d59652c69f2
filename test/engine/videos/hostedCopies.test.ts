/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own logger is in it */
import { Logger } from '@n8n/backend-common';
import { sleep } from 'n8n-workflow';

import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const HOUR = 3_600_000;
const WAIT = { waitForCompletion: true, formats: ['srt'] };
const CONTINUE = { onError: 'continueRegularOutput' as const };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const file = (name = 'talk.mov', content = name) => ({ data: binaryOf(content, name) });

const fromFile = async (parameters: GcoreRun['parameters'] = {}, rest: Partial<GcoreRun> = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...WAIT, ...parameters },
		binaries: [file()],
		...rest,
	});

const isDelete = ({ method }: RecordedRequest) => method === 'DELETE';
const isCreate = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path.endsWith('/ai/tasks');

const deletes = () => simulator().requests.filter(isDelete);

/** A task that reads the first video, made by someone else at the time of our own, and slower. */
const readElsewhere = () => {
	let isAdded = false;
	const on = (request: RecordedRequest) => {
		if (isCreate(request) && !isAdded) {
			isAdded = true;
			const { url } = request.body as { url: string };
			const other = url.replace(/[^/]*$/, '4029_h264_720p.mp4');
			simulator().add({
				durationMs: HOUR,
				request: { task_name: 'transcription', url: other, audio_language: 'ger' },
			});
		}
		return false;
	};
	simulator().inject({ does: 'silence', on });
};

describe('Delete Hosted Copy', () => {
	test('waits for the slowest of the tasks', async () => {
		// The simulator reports a video that is deleted while a task reads it
		const on = (request: RecordedRequest) => {
			const [first] = simulator().tasks;
			if (first) first.durationMs = HOUR / 4;
			return isDelete(request) && false;
		};
		simulator().inject({ does: 'silence', on });
		const { json } = await fromFile({ alsoTranslateTo: ['ger', 'fre'] });
		expect(json.map(({ video_deleted }) => video_deleted)).toEqual([true, true, true]);
		expect(deletes()).toHaveLength(1);
		expect(simulator().videos).toEqual([]);
	});

	test('can be turned off', async () => {
		const { json } = await fromFile({ deleteHostedCopy: false });
		expect(json).toMatchObject([{ video_id: 1, status: 'SUCCESS' }]);
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(simulator().videos).toHaveLength(1);
	});

	test('does nothing without a wait', async () => {
		const { json } = await fromFile({ waitForCompletion: false, deleteHostedCopy: true });
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(simulator().videos).toHaveLength(1);
		expect(deletes()).toEqual([]);
	});

	test.each([undefined, CONTINUE])('keeps the copy if a task failed (%j)', async (settings) => {
		const binaries = [file('failure.mov')];
		const result = await fromFile({}, { binaries, ...(settings && { settings }) });
		const sentence = 'The file stays in Gcore video hosting as video 1.';
		if (settings) {
			expect(result.json).toMatchObject([{ message: expect.stringContaining(sentence) }]);
		} else {
			expect(result.error?.description).toContain(sentence);
		}
		expect(simulator().videos).toHaveLength(1);
	});

	test('keeps the copy if one of its tasks failed', async () => {
		const on = (request: RecordedRequest) =>
			isCreate(request) && JSON.stringify(request.body).includes('"ger"');
		simulator().inject({ does: 'answer', status: 400, on });
		const { json } = await fromFile({ alsoTranslateTo: ['ger'] }, { settings: CONTINUE });
		expect(json).toMatchObject([
			{ video_id: 1, video_deleted: false, status: 'SUCCESS' },
			{ message: expect.stringContaining('as video 1.') },
		]);
		expect(simulator().videos).toHaveLength(1);
	});

	test('keeps the copy if a task is passed on before it is done', async () => {
		simulator().options.taskDurationMs = HOUR;
		const { json } = await fromFile({ options: { maxWait: 2, whenTimeIsUp: 'passOn' } });
		expect(json).toMatchObject([{ video_id: 1, video_deleted: false, status: 'RECEIVED' }]);
		expect(simulator().videos).toHaveLength(1);
	});

	test('keeps the copy if a task is not done in time', async () => {
		simulator().options.taskDurationMs = HOUR;
		const { error } = await fromFile({ options: { maxWait: 2 } });
		expect(error?.message).toContain('is not done after 2 minutes');
		expect(error?.description).toContain('as video 1.');
		expect(simulator().videos).toHaveLength(1);
	});

	test('keeps the copy while a task of someone else reads it', async () => {
		readElsewhere();
		const { json, hints } = await fromFile();
		expect(json).toMatchObject([{ video_id: 1, video_deleted: false, status: 'SUCCESS' }]);
		expect(hints).toEqual([expect.stringContaining('were not deleted')]);
		expect(hints[0]).toContain(': 1. Delete them');
		expect(deletes()).toEqual([]);
	});

	test('that Gcore refuses is no problem of the task', async () => {
		simulator().inject({ does: 'answer', status: 500, on: isDelete, times: Infinity });
		const { json, error, hints } = await fromFile();
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_deleted: false, files: ['talk.eng.srt'] }]);
		expect(hints).toEqual([expect.stringContaining('were not deleted')]);
	});

	test('is fine with a copy that is gone already', async () => {
		simulator().inject({ does: 'reset', on: isDelete, processed: true });
		const { json, hints } = await fromFile();
		expect(json).toMatchObject([{ video_deleted: true }]);
		expect(hints).toEqual([]);
		expect(simulator().videos).toEqual([]);
	});

	test('leaves alone a video that Upload has made of the same file', async () => {
		const upload = { resource: 'video', operation: 'upload', waitForCompletion: true };
		await fromFile(upload);
		expect(simulator().videos).toHaveLength(1);
		const { json } = await fromFile();
		expect(json).toMatchObject([{ video_id: 2, video_deleted: true }]);
		expect(simulator().videos.map(({ id }) => id)).toEqual([1]);
	});

	test('never deletes a hosted video, whatever is set', async () => {
		const { id } = simulator().addVideo({ name: 'talk.mov' });
		const { json } = await fromFile({
			source: 'hosted',
			videoId: String(id),
			deleteHostedCopy: true,
		});
		expect(json[0]).not.toHaveProperty('video_deleted');
		expect(simulator().videos).toHaveLength(1);
	});
});

describe('a second run', () => {
	test('finds the copy and the task that a failed run has left, and deletes it', async () => {
		simulator().options.taskDurationMs = HOUR;
		await fromFile({ options: { maxWait: 2 } });
		jest.advanceTimersByTime(HOUR);
		const { json } = await fromFile();
		expect(json).toMatchObject([{ video_id: 1, video_deleted: true, reused: true }]);
		expect(simulator().tasks).toHaveLength(1);
		expect(simulator().videos).toEqual([]);
	});

	test('with the same file twice keeps the copy until both items are done', async () => {
		simulator().options.taskDurationMs = HOUR;
		await fromFile({ options: { maxWait: 2 } });
		jest.advanceTimersByTime(HOUR);
		simulator().options.taskDurationMs = 5000;
		const { json, hints } = await fromFile({}, { binaries: [file(), file()] });
		expect(json).toMatchObject([
			{ video_id: 1, video_deleted: true, reused: true },
			{ video_id: 1, video_deleted: true },
		]);
		expect(deletes()).toHaveLength(1);
		expect(hints.filter((hint) => hint.includes('not deleted'))).toEqual([]);
	});

	test('with the same file twice keeps the copy if one of the items failed', async () => {
		simulator().options.taskDurationMs = HOUR;
		await fromFile({ options: { maxWait: 2 } });
		jest.advanceTimersByTime(HOUR);
		simulator().inject({ does: 'answer', status: 400, on: isCreate });
		const { json } = await fromFile({}, { binaries: [file(), file()], settings: CONTINUE });
		expect(json).toMatchObject([
			{ video_id: 1, video_deleted: false, reused: true },
			{ message: expect.stringContaining('as video 1.') },
		]);
		expect(simulator().videos).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	test('deletes the copies of all tries', async () => {
		const on = (request: RecordedRequest) => isCreate(request) && simulator().tasks.length > 0;
		simulator().inject({ does: 'answer', status: 400, on });
		const { json, error, hints } = await fromFile(
			{},
			{ binaries: [file('a.mov'), file('b.mov')], settings: RETRY },
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ video_deleted: true, files: ['a.eng.srt'] },
			{ video_deleted: true, files: ['b.eng.srt'] },
		]);
		expect(hints.filter((hint) => hint.includes('not deleted'))).toEqual([]);
		expect(simulator().videos).toEqual([]);
		expect(simulator().uploads.sessions).toHaveLength(2);
	});
});

describe('a file', () => {
	test('is uploaded once though it is converted only in the second try', async () => {
		simulator().options.videoProcessingMs = HOUR / 6;
		const { json, error } = await fromFile({ options: { maxWait: 3 } }, { settings: RETRY });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 1, video_deleted: true, files: ['talk.eng.srt'] }]);
		expect(simulator().uploads.sessions).toHaveLength(1);
	});

	test('is not uploaded for languages that Gcore cannot translate', async () => {
		const { error } = await fromFile({ audioLanguage: 'eng', alsoTranslateTo: ['uzb'] });
		expect(error?.message).toContain('Gcore cannot translate');
		expect(simulator().videos).toEqual([]);
	});

	test('that Gcore cannot convert stays, and is named', async () => {
		const on = ({ method, path }: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video) video.failure = { status: 'error', error: 'Encoding has failed' };
			return method === 'GET' && path === '';
		};
		simulator().inject({ does: 'silence', on });
		const { error } = await fromFile();
		expect(error?.message).toBe('Gcore could not process video 1: Encoding has failed [item 0]');
		expect(error?.context).toMatchObject({ uploadedVideoIds: [1] });
		expect(simulator().videos).toHaveLength(1);
	});

	test('whose copy has failed is uploaded again by Retry On Fail, and the copy named', async () => {
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		const on = ({ method, path }: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video) video.failure = { status: 'error', error: 'Encoding has failed' };
			return method === 'GET' && path === '';
		};
		simulator().inject({ does: 'silence', on });
		const { json, error, hints } = await fromFile({}, { settings: RETRY });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 2, video_deleted: true }]);
		expect(hints.join()).toContain('Video 1 of an earlier try failed');
		logged.mockRestore();
	});

	test('that replaces a copy of another run is deleted too', async () => {
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		simulator().inject({ does: 'answer', status: 400, on: isCreate });
		await fromFile();
		const on = (request: RecordedRequest) => {
			const [left] = simulator().videos;
			if (left && isCreate(request))
				left.failure = { status: 'error', error: 'Encoding has failed' };
			return isCreate(request);
		};
		simulator().inject({ does: 'answer', status: 400, on });
		const { json } = await fromFile({}, { settings: RETRY });
		expect(json).toMatchObject([{ video_id: 2, video_deleted: true }]);
		logged.mockRestore();
	});

	test('whose task’s answer was lost is transcribed once, and its copy deleted', async () => {
		simulator().inject({ does: 'reset', processed: true, on: isCreate });
		const { json } = await fromFile({ alsoTranslateTo: ['ger'] });
		expect(simulator().tasks).toHaveLength(2);
		expect(json).toMatchObject([{ video_deleted: true }, { video_deleted: true }]);
	});
});

describe('a problem that ends the node', () => {
	test('lists in its details the videos that stay', async () => {
		const { error } = await fromFile(
			{ waitForCompletion: false },
			{ binaries: [file('a.mov'), file('b.mov', 'other')] },
		);
		expect(error).toBeUndefined();
		simulator().reset();

		const binaries = [file('failure.mov'), file('b.mov')];
		const failed = await fromFile({}, { binaries });
		expect(failed.error?.context).toMatchObject({ uploadedVideoIds: [1, 2] });
		expect(failed.error?.description).toContain('The file stays in Gcore video hosting as video ');
		expect(failed.error?.description).toContain('1 more video stays in Gcore video hosting');
		expect(simulator().videos).toHaveLength(2);
	});

	test('waits for no other video', async () => {
		simulator().options.videoProcessingMs = 2 * HOUR;
		const from = Date.now();
		const on = ({ body }: RecordedRequest) => JSON.stringify(body ?? '').includes('b.mov');
		simulator().inject({ does: 'answer', status: 422, body: { errors: { name: ['is bad'] } }, on });
		const { error } = await fromFile({}, { binaries: [file('a.mov'), file('b.mov')] });
		expect(error?.message).toContain('is bad');
		expect(Date.now() - from).toBeLessThan(HOUR / 30);
	});

	test('is the one that happened, not what it cut short', async () => {
		const binaries = ['a.mov', 'b.mov', 'c.mov', 'd.mov', 'e.mov'].map((name) => file(name));
		const on = ({ body }: RecordedRequest) => JSON.stringify(body ?? '').includes('b.mov');
		simulator().inject({ does: 'answer', status: 422, body: { errors: { name: ['is bad'] } }, on });
		const slow = ({ body }: RecordedRequest) => JSON.stringify(body ?? '').includes('a.mov');
		simulator().inject({ does: 'delay', ms: 3000, on: slow });
		const { error } = await fromFile({}, { binaries });
		expect(error?.message).toContain('is bad');
		expect(error?.message).toContain('[item 1]');
	});
});

test('an execution that has found the copy of another reads it, and deletes it as the last of them', async () => {
	// The second waits for room until the tasks of the first have ended
	Object.assign(simulator().options, { taskDurationMs: 60_000, queueLimit: 1 });
	const first = fromFile({ subtitlesLanguage: 'eng' });
	await sleep(15_000);
	const second = fromFile({ subtitlesLanguage: 'ger' });
	expect((await first).json).toMatchObject([{ video_id: 1, video_deleted: false }]);
	expect((await second).json).toMatchObject([{ video_id: 1, video_deleted: true }]);
	expect((await first).hints.join()).toContain('another task or execution uses them');
	const [lastCreate] = simulator().requests.filter(isCreate).slice(-1);
	expect(deletes()).toHaveLength(1);
	expect(deletes()[0]!.at).toBeGreaterThan(lastCreate!.at + 60_000);
});

test('a copy that is deleted just as it is found is uploaded again', async () => {
	simulator().inject({ does: 'answer', status: 400, on: isCreate });
	await fromFile();
	expect(simulator().videos).toHaveLength(1);
	const isClaim = (request: RecordedRequest) => {
		const [video] = simulator().videos;
		if (request.method === 'PATCH' && video) simulator().deleteVideo(video);
		return false;
	};
	simulator().inject({ does: 'silence', on: isClaim, times: Infinity });
	const { error, json } = await fromFile();
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ video_id: 2, video_deleted: true }]);
});

test('a copy whose number Gcore shows as 0 counts as unclaimed, and is deleted', async () => {
	const on = () => {
		for (const { request } of simulator().videos) request['client_user_id'] = 0;
		return false;
	};
	simulator().inject({ does: 'silence', on, times: Infinity });
	expect((await fromFile()).json).toMatchObject([{ video_deleted: true }]);
});
