import type { RecordedRequest } from '../../simulator';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WAIT = { waitForCompletion: true };
const REUSE = { options: { reuseExistingTask: true } };

const run = async (
	videoId: unknown = '1',
	parameters: GcoreRun['parameters'] = {},
	rest: Partial<GcoreRun> = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'hosted', videoId: videoId as string, ...parameters },
		...rest,
	});

/** A video whose file has arrived just now. */
const addNew = () => simulator().addVideo({ uploadedAt: Date.now(), createdAt: Date.now() });

describe('a video that is in the works', () => {
	beforeEach(() => (simulator().options.videoProcessingMs = 10 * MINUTE));

	test('is a problem without waiting, which says what to do', async () => {
		addNew();
		const { error } = await run();
		expect(error?.message).toBe('Gcore still works on video 1 (pending) [item 0]');
		expect(error?.description).toMatch(/Turn on 'Wait for Completion'/);
		expect(simulator().tasks).toEqual([]);
	});

	test('is no problem if one rendition is there', async () => {
		simulator().addVideo({ uploadedAt: Date.now() - 6 * MINUTE, createdAt: Date.now() - HOUR });
		const { error } = await run();
		expect(error).toBeUndefined();
		expect(simulator().tasks[0]?.request.url).toMatch(/vod240n\.mp4/);
	});

	test('is waited for with Wait for Completion', async () => {
		addNew();
		const { json, error } = await run('1', WAIT);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 1, status: 'SUCCESS' }]);
	});

	test('whose file is not even there is waited for too, but not for ever', async () => {
		simulator().addVideo({ uploadedAt: undefined, createdAt: Date.now() });
		const { error } = await run('1', { ...WAIT, options: { maxWait: 5 } });
		expect(error?.message).toBe('Gcore has not finished video 1 after 5 minutes (empty) [item 0]');
		expect(error?.description).toMatch(/Use it later as a Hosted Video with the ID 1/);
		expect(error?.context).toMatchObject({ videoId: 1 });
	});

	test('does not hold up other items', async () => {
		addNew();
		simulator().addVideo();
		const { json } = await run('={{ $json.id }}', WAIT, { items: [{ id: 1 }, { id: 2 }] });
		expect(json.map(({ video_id }) => video_id)).toEqual([1, 2]);
		const [first] = simulator().tasks;
		expect(first?.request.url).toContain(simulator().videos[1]?.slug);
	});

	test('is deleted meanwhile', async () => {
		const video = addNew();
		const from = Date.now();
		const on = () => {
			if (Date.now() > from + MINUTE && simulator().videos.includes(video)) {
				simulator().deleteVideo(video);
			}
			return false;
		};
		simulator().inject({ does: 'silence', on });
		const { error } = await run('1', WAIT);
		expect(error?.message).toBe('Gcore has no video 1 [item 0]');
		expect(Date.now() - from).toBeLessThan(5 * MINUTE);
	});

	test('ignores the address of a rendition that is not done', async () => {
		Object.assign(simulator().options, { mp4WhileProcessing: true, videoProcessingMs: MINUTE });
		addNew();
		const { error } = await run();
		expect(error?.message).toBe('Gcore still works on video 1 (pending) [item 0]');
		expect(simulator().tasks).toEqual([]);
	});
});

describe('Reuse Existing Task', () => {
	test('gives each language of each of many videos its own task again', async () => {
		simulator().options.queueLimit = 1000;
		const items = Array.from({ length: 12 }, (_, i) => ({ id: i + 1 }));
		for (const { id } of items) simulator().addVideo({ id });
		const parameters = { alsoTranslateTo: ['ger'] };
		const first = await run('={{ $json.id }}', parameters, { items });
		const { json } = await run('={{ $json.id }}', { ...parameters, ...REUSE }, { items });
		expect(json.map(({ task_id }) => task_id)).toEqual(first.json.map(({ task_id }) => task_id));
		expect(simulator().tasks).toHaveLength(24);
	});

	test('of a video in the works creates a task, and the next run takes that', async () => {
		simulator().options.videoProcessingMs = MINUTE;
		addNew();
		const [first] = (await run('1', { ...REUSE, ...WAIT })).json;
		expect(first).toMatchObject({ reused: false });
		const { json } = await run('1', { ...REUSE, ...WAIT });
		expect(json).toMatchObject([{ task_id: first?.['task_id'], reused: true }]);
	});
});

describe('a lost answer to a task for a hosted video', () => {
	const isCreateTask = ({ method, path }: RecordedRequest) =>
		method === 'POST' && path.endsWith('/ai/tasks');

	test.each([true, false])('leads to one task (it was created: %s)', async (processed) => {
		simulator().addVideo();
		simulator().inject({ does: 'reset', processed, on: isCreateTask });
		const { json, error } = await run();
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ task_id: simulator().tasks[0]?.id }]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('does not take a task that was there before', async () => {
		const { slug } = simulator().addVideo();
		const url = `https://demo.gvideo.io/videos/1234_${slug}/vod240n.mp4`;
		const earlier = simulator().add({
			durationMs: HOUR,
			request: { task_name: 'transcription', url },
		});
		simulator().inject({ does: 'reset', on: isCreateTask });
		const { json } = await run();
		expect(json[0]?.['task_id']).not.toBe(earlier.id);
		expect(simulator().tasks).toHaveLength(2);
	});
});
