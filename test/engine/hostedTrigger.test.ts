import { FAILED_POLLS } from '../../nodes/GcoreTrigger/findFinished';
import type { HostedVideo, RecordedRequest } from '../simulator';
import { binaryOf } from './binary';
import { runGcore } from './engine';
import { PolledWorkflow } from './poll';
import { setStage } from './stage';

const simulator = setStage();

const MINUTE = 60_000;

const AUTOMATIC = { auto_transcribe_audio_language: 'auto' };

const pass = (ms: number) => void jest.advanceTimersByTime(ms);

afterEach(() => {
	jest.restoreAllMocks();
});

const workflow = (parameters = {}) =>
	new PolledWorkflow(simulator(), { filters: { onlyHosted: true }, ...parameters });

const hosted = (details: Partial<HostedVideo> = {}) =>
	simulator().addVideo({ name: 'talk.mov', createdAt: Date.now(), ...details });

/** A task that ends a moment later. */
const task = (request: Record<string, string>) =>
	simulator().add({
		durationMs: 1000,
		request: { task_name: 'transcription', url: 'https://example.com/a.mp4', ...request },
	});

const isLookUp = ({ path }: RecordedRequest) => /\/streaming\/videos/.test(path);

const lookUps = () => simulator().requests.filter(isLookUp);

describe('a task that Gcore has made by itself', () => {
	test.each(['json', 'text'] as const)(
		'and that names its video as %s is reported with it',
		async (autoTaskData) => {
			simulator().options.autoTaskData = autoTaskData;
			const trigger = workflow({ options: { downloadSubtitles: ['srt', 'vtt'] } });
			await trigger.activate();
			const { id } = hosted({ request: AUTOMATIC });
			pass(MINUTE);
			expect(await trigger.poll()).toEqual([
				{
					json: expect.objectContaining({ video_id: id, status: 'SUCCESS' }),
					binary: {
						srt: expect.objectContaining({ fileName: 'talk.eng.srt' }),
						vtt: expect.objectContaining({ fileName: 'talk.eng.vtt' }),
					},
				},
			]);
			expect(await trigger.poll()).toBeNull();
		},
	);

	test('is reported for each language, raw too', async () => {
		const trigger = workflow({ simplify: false });
		await trigger.activate();
		const request = { ...AUTOMATIC, auto_translate_subtitles_language: 'ger,fre' };
		const { id } = hosted({ request });
		pass(MINUTE);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ json }) => json['video_id'])).toEqual([id, id, id]);
		expect(items[0]?.json).toHaveProperty('task_data');
	});

	test('is found by the address of its file if it does not name its video', async () => {
		simulator().options.autoTaskData = 'text';
		const trigger = workflow();
		await trigger.activate();
		const { id } = hosted({ request: AUTOMATIC });
		pass(MINUTE);
		for (const { request } of simulator().tasks) delete request.client_entity_data;
		expect((await trigger.poll())?.[0]?.json).toMatchObject({ video_id: id });
	});

	test('is left out once its video is deleted', async () => {
		const trigger = workflow();
		await trigger.activate();
		const video = hosted({ request: AUTOMATIC });
		pass(MINUTE);
		expect(simulator().tasks).toHaveLength(1);
		simulator().deleteVideo(video);
		expect(await trigger.poll()).toBeNull();
	});
});

test('a task that Create has made for a hosted video is reported, whatever its client data', async () => {
	const trigger = workflow({ options: { downloadSubtitles: ['srt'] } });
	await trigger.activate();
	for (const name of ['other.mov', 'talk.mov']) hosted({ name, createdAt: Date.now() - MINUTE });
	const { error } = await runGcore({
		simulator: simulator(),
		parameters: {
			source: 'hosted',
			videoId: 'talk.mov',
			clientMetadata: { clientEntityData: '{"video_id": 1}' },
		},
	});
	expect(error).toBeUndefined();
	pass(10 * MINUTE);
	const items = (await trigger.poll()) ?? [];
	expect(items).toMatchObject([
		{ json: { video_id: 2 }, binary: { srt: { fileName: 'talk.eng.srt' } } },
	]);
});

test('a task that Create has made of a file is reported as long as its copy is there', async () => {
	const trigger = workflow();
	await trigger.activate();
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file' },
		binaries: [{ data: binaryOf('abc') }],
	});
	pass(10 * MINUTE);
	expect((await trigger.poll())?.map(({ json }) => json['video_id'])).toEqual([1]);
});

describe('leaves out', () => {
	test.each([
		{ client_entity_data: '{"video_id": 42}' },
		{ client_entity_data: 'video:42' },
		{ client_entity_data: '{"video_id": 43}' },
		{ client_entity_data: 'A video of 2026' },
		{ url: 'https://cdn.example.com/videos/2026_talk/a.mp4' },
		{
			url: 'https://cdn.example.com/videos/2026_talk/a.mp4',
			client_entity_data: '{"video_id": 42}',
		},
		{},
	])("a task for another URL with the user's own data: %j", async (request) => {
		const trigger = workflow();
		hosted({ id: 42 });
		await trigger.activate();
		task(request);
		pass(MINUTE);
		expect(await trigger.poll()).toBeNull();
	});

	test('a task with many numbers in its client data, of which three are looked up', async () => {
		const trigger = workflow();
		await trigger.activate();
		hosted({ id: 44 });
		task({ client_entity_data: 'videos 41 42 43 44' });
		pass(MINUTE);
		expect(await trigger.poll()).toBeNull();
		expect(lookUps().map(({ path }) => path.split('/').at(-1))).toEqual(['41', '42', '43']);
	});

	test('a task that is no transcription', async () => {
		const trigger = workflow();
		await trigger.activate();
		const video = hosted({ request: AUTOMATIC });
		pass(MINUTE);
		const [transcription] = simulator().tasks;
		const request = { ...transcription?.request, task_name: 'content-moderation' } as never;
		simulator().add({ durationMs: 1, request });
		pass(MINUTE);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ json }) => [json['task_id'], json['video_id']])).toEqual([
			[transcription?.id, video.id],
		]);
	});

	test('nothing without the filter, and no video is asked for', async () => {
		const trigger = workflow({ filters: {} });
		await trigger.activate();
		const { id } = task({ client_entity_data: 'video:42' });
		pass(MINUTE);
		expect((await trigger.poll())?.map(({ json }) => json['task_id'])).toEqual([id]);
		expect(trigger.executions[0]?.[0]?.json).not.toHaveProperty('video_id');
		expect(lookUps()).toEqual([]);
	});
});

describe('a lookup that fails', () => {
	test.each([
		{ does: 'answer' as const, status: 503 },
		{ does: 'answer' as const, status: 429 },
		{ does: 'reset' as const },
	])('does not lose the task: %j', async (fault) => {
		const trigger = workflow();
		await trigger.activate();
		hosted({ request: AUTOMATIC });
		pass(MINUTE);
		simulator().inject({ ...fault, on: isLookUp, times: Infinity });
		const warn = jest.spyOn(trigger.logger, 'warn');
		expect(await trigger.poll()).toBeNull();
		expect(warn).toHaveBeenCalledWith(expect.stringMatching(/The next polls ask for it again/));
		simulator().clearFaults();
		expect((await trigger.poll())?.map(({ json }) => json['video_id'])).toEqual([1]);
		expect(await trigger.poll()).toBeNull();
	});

	test('because of the key is reported, and does not lose the task', async () => {
		const trigger = workflow();
		await trigger.activate();
		hosted({ request: AUTOMATIC });
		pass(MINUTE);
		simulator().inject({ does: 'answer', status: 403, on: isLookUp });
		await expect(trigger.poll()).rejects.toThrow(/HTTP 403/);
		expect(await trigger.poll()).toHaveLength(1);
	});

	test.each([400, 422])(
		"of a user's number that Gcore refuses with %p holds nothing up",
		async (status) => {
			const trigger = workflow();
			await trigger.activate();
			task({ client_entity_data: '{"video": 99999999999999999999, "and": 123456789012345}' });
			hosted({ request: AUTOMATIC });
			pass(MINUTE);
			const on = ({ path }: RecordedRequest) => path.endsWith('123456789012345');
			simulator().inject({ does: 'answer', status, body: { error: 'Bad ID' }, on });
			expect((await trigger.poll())?.map(({ json }) => json['video_id'])).toEqual([1]);
			expect(lookUps().some(({ path }) => path.endsWith('9999'))).toBe(false);
		},
	);
});

describe('a test run in the editor', () => {
	test('shows tasks of hosted videos alone', async () => {
		const { id } = hosted({ request: AUTOMATIC });
		pass(MINUTE);
		task({ client_entity_data: 'video:42' });
		pass(MINUTE);
		const { items } = await workflow().test();
		expect(items.map(({ json }) => json['video_id'])).toEqual([id]);
	});

	test.each([{}, { client_entity_data: 'video:42' }])(
		'says so if there is none: %j',
		async (data) => {
			task(data);
			pass(MINUTE);
			const { error } = await workflow().test();
			expect(error?.message).toMatch(/^No finished task yet that matches/);
		},
	);
});

test('a video that Gcore never shows does not hold up the tasks of others, nor its own for ever', async () => {
	const trigger = workflow();
	await trigger.activate();
	const bad = hosted({ request: AUTOMATIC });
	const good = hosted({ request: AUTOMATIC });
	pass(MINUTE);
	const on = ({ path }: RecordedRequest) => path.endsWith(`/videos/${bad.id}`);
	simulator().inject({ does: 'answer', status: 500, on, times: Infinity });
	expect((await trigger.poll())?.map(({ json }) => json['video_id'])).toEqual([good.id]);
	const taskIds = simulator().tasks.map(({ id }) => id);
	for (let polls = 0; polls <= FAILED_POLLS; polls++) {
		hosted({ request: AUTOMATIC });
		pass(MINUTE);
		await trigger.poll();
	}
	expect(trigger.taskIds).toEqual(expect.arrayContaining(taskIds));
});
