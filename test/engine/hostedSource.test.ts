/* eslint-disable @n8n/community-nodes/no-restricted-globals -- timers of a test, not part of the package */
import type { HostedVideo, RecordedRequest } from '../simulator';
import { runGcore } from './engine';
import type { GcoreRun } from './engine';
import { setStage } from './stage';

const simulator = setStage();

const HOUR = 3_600_000;

/** The rendition whose shorter side is nearest to 360 pixels from above. */
const BEST = /\/vod480n\.mp4\?v=\d+$/;

const fromHosted = async (
	videoId: unknown,
	parameters: GcoreRun['parameters'] = {},
	rest: Partial<GcoreRun> = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'hosted', videoId: videoId as string, ...parameters },
		...rest,
	});

const hosted = (details: Partial<HostedVideo> = {}) =>
	simulator().addVideo({ name: 'talk.mov', ...details });

/** A video whose file has just arrived. */
const inTheWorks = (details: Partial<HostedVideo> = {}) =>
	hosted({ createdAt: Date.now(), ...details });

const WAIT = { waitForCompletion: true, formats: ['srt'] };
const REUSE = { options: { reuseExistingTask: true } };

const isCreate = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path.endsWith('/ai/tasks');

const creates = () => simulator().requests.filter(isCreate);

describe('Create with a hosted video', () => {
	test.each([
		['from the list', (id: number) => ({ __rl: true, mode: 'list', value: String(id) })],
		['by its ID', (id: number) => ({ __rl: true, mode: 'id', value: String(id) })],
		['by a number', (id: number) => ({ __rl: true, mode: 'id', value: id })],
		['as plain text', (id: number) => ` ${id} `],
		['by name', () => 'talk.mov'],
		[
			'by name in capitals, as a model has it',
			() => ({ __rl: true, mode: 'id', value: 'Talk.mov' }),
		],
	])('%s reads the rendition that is enough for speech', async (how, reference) => {
		const video = hosted();
		// Gcore's search may or may not mind capitals
		if (how.includes('capitals')) video.name = 'Talk.mov';
		const { json, error } = await fromHosted(reference(video.id));
		expect(error).toBeUndefined();
		const [task] = simulator().tasks;
		expect(task?.request.url).toMatch(BEST);
		expect(task?.request.url).toContain(`_${video.slug}/`);
		expect(json).toEqual([
			{
				task_id: task?.id,
				task_name: 'transcription',
				url: task?.request.url,
				video_id: video.id,
			},
		]);
		expect(simulator().videos).toHaveLength(1);
	});

	test('reads the same rendition of an upright video', async () => {
		simulator().options.upright = true;
		await fromHosted(hosted().id);
		expect(simulator().tasks[0]?.request.url).toMatch(BEST);
	});

	test('says that Gcore still works on it if it is not to wait', async () => {
		const { id } = inTheWorks();
		const { error } = await fromHosted(id);
		expect(error).toMatchObject({
			message: `Gcore still works on video ${id} (pending) [item 0]`,
			description: expect.stringContaining("'Wait for Completion'"),
		});
		expect(creates()).toEqual([]);
	});

	test.each([false, true])(
		'waits for a rendition, then for the task (addresses early: %s)',
		async (mp4WhileProcessing) => {
			simulator().options.mp4WhileProcessing = mp4WhileProcessing;
			const { id } = inTheWorks();
			const { json, error } = await fromHosted(id, WAIT);
			expect(error).toBeUndefined();
			expect(json).toMatchObject([{ video_id: id, status: 'SUCCESS', files: ['talk.eng.srt'] }]);
			expect(json[0]).not.toHaveProperty('video_deleted');
			expect(simulator().videos).toHaveLength(1);
			expect(creates()).toHaveLength(1);
		},
	);

	test('names the ID of a video that is not done in time', async () => {
		const { id } = inTheWorks({ processingMs: HOUR });
		const { error } = await fromHosted(id, { ...WAIT, options: { maxWait: 2 } });
		expect(error?.message).toBe(
			`Gcore has not finished video ${id} after 2 minutes (pending) [item 0]`,
		);
		expect(creates()).toEqual([]);
	});

	test.each([
		['empty', 'Video file is invalid'],
		['error', 'Encoding has failed'],
	] as const)('that failed as %s is reported in the words of Gcore', async (status, reason) => {
		const { id } = hosted({ failure: { status, error: reason } });
		for (const parameters of [{}, WAIT]) {
			const { error } = await fromHosted(id, parameters);
			expect(error?.message).toBe(`Gcore could not process video ${id}: ${reason} [item 0]`);
		}
		expect(creates()).toEqual([]);
	});

	test('that fails while it waits is reported in the words of Gcore', async () => {
		const error = 'The storage limit has been exceeded';
		const { id } = inTheWorks({ failure: { status: 'error', error } });
		const result = await fromHosted(id, WAIT);
		expect(result.error?.message).toBe(`Gcore could not process video ${id}: ${error} [item 0]`);
	});

	test('is read all the same if it failed with a complete rendition', async () => {
		const error = 'The storage limit has been exceeded';
		const { id } = hosted({ failure: { status: 'viewable', error } });
		const result = await fromHosted(id, WAIT);
		expect(result.error).toBeUndefined();
		expect(simulator().tasks[0]?.request.url).toMatch(/\/vod240n\.mp4/);
	});

	test.each([{}, WAIT])('needs MP4 files (%j)', async (parameters) => {
		simulator().options.mp4Enabled = false;
		const { id } = hosted();
		const { error } = await fromHosted(id, parameters);
		expect(error).toMatchObject({
			message: `Video ${id} has no MP4 file [item 0]`,
			description: expect.stringContaining('Gcore support'),
		});
	});

	test.each([
		[['error', 'error'], /could not process video 1: Gcore reports no reason/],
		[['error', 'complete'], /^Video 1 has no MP4 file/],
		[['processing', 'error'], /^Gcore still works on video 1 \(ready\)/],
	])(
		'that is ready with renditions that are %p has a problem of its own',
		async (statuses, message) => {
			const { id } = hosted();
			const converted_videos = statuses.map((status) => ({ status, width: 640, height: 360 }));
			const on = ({ path }: RecordedRequest) => /\/videos\/\d+$/.test(path);
			const body = { id, status: 'ready', converted_videos };
			simulator().inject({ does: 'answer', status: 200, body, on, times: 9 });
			expect((await fromHosted(id)).error?.message).toMatch(message);
		},
	);

	test('that can only be viewed, and has no complete MP4 because of an error, is reported', async () => {
		simulator().options.mp4Enabled = false;
		const { id } = hosted({ failure: { status: 'viewable', error: 'Encoding has failed' } });
		const { error } = await fromHosted(id, WAIT);
		expect(error?.message).toBe(
			`Gcore could not process video ${id}: Encoding has failed [item 0]`,
		);
	});

	test('that does not exist is reported, by ID and by name', async () => {
		const { id } = hosted({ name: 'talk.mov.final' });
		expect((await fromHosted(999)).error?.message).toBe('Gcore has no video 999 [item 0]');
		expect((await fromHosted('talk.mov')).error).toMatchObject({
			message: 'Gcore hosts no video named "talk.mov" [item 0]',
			description: expect.stringContaining(`Did you mean "talk.mov.final" (${id})?`),
		});
		expect(creates()).toEqual([]);
	});

	test('of which there are two by that name is not guessed', async () => {
		const ids = [hosted().id, hosted().id];
		const { error } = await fromHosted('talk.mov');
		expect(error).toMatchObject({
			message: 'Gcore hosts 2 videos named "talk.mov" [item 0]',
			description: expect.stringContaining(`Use the ID of one: ${[...ids].reverse().join(', ')}.`),
		});
	});

	test.each(['=', '={{ null }}', true, { __rl: true, mode: 'id', value: ' ' }])(
		'that is %j is refused before any request',
		async (videoId) => {
			const { error } = await fromHosted(videoId);
			expect(error?.message).toMatch(/^'Hosted Video' is (empty|not a video) \[item 0\]$/);
			expect(simulator().requests).toEqual([]);
		},
	);

	test('names its files after the video, or as the item wants', async () => {
		const { id } = hosted({ name: 'Our talk.2024.mkv' });
		expect((await fromHosted(id, WAIT)).json).toMatchObject([{ files: ['Our talk.2024.eng.srt'] }]);
		expect((await fromHosted(id, { ...WAIT, options: { fileName: 'mine' } })).json).toMatchObject([
			{ files: ['mine.eng.srt'] },
		]);
	});
});

describe('Also Translate To', () => {
	test('asks for the video once, and creates a task for each language', async () => {
		const { id } = hosted();
		const { json, outputs } = await fromHosted(id, { ...WAIT, alsoTranslateTo: ['ger', 'fre'] });
		expect(json.map(({ video_id, language }) => [video_id, language])).toEqual([
			[id, 'eng'],
			[id, 'ger'],
			[id, 'fre'],
		]);
		expect(new Set(json.map(({ url }) => url)).size).toBe(1);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	});

	test('reports a video that failed for each language', async () => {
		const { id } = hosted({ failure: { status: 'error', error: 'Encoding has failed' } });
		const { json } = await fromHosted(
			id,
			{ alsoTranslateTo: ['ger'] },
			{ settings: { onError: 'continueRegularOutput' } },
		);
		expect(json.map(({ error }) => error)).toEqual([
			`Gcore could not process video ${id}: Encoding has failed (subtitles in the spoken language) [item 0]`,
			`Gcore could not process video ${id}: Encoding has failed (subtitles in German) [item 0]`,
		]);
	});

	test('reuses one language, and shows the address that its task has read', async () => {
		const { id } = hosted();
		await fromHosted(id);
		const { json } = await fromHosted(id, { ...REUSE, alsoTranslateTo: ['ger'] });
		const [first, second] = simulator().tasks;
		expect(json).toMatchObject([
			{ task_id: first?.id, reused: true, url: first?.request.url, video_id: id },
			{ task_id: second?.id, reused: false, url: second?.request.url, video_id: id },
		]);
	});
});

describe('Reuse Existing Task', () => {
	test('finds the task of a hosted video, though the query of its address changes', async () => {
		const { id } = hosted();
		await fromHosted(id);
		const [task] = simulator().tasks;
		const { json } = await fromHosted('talk.mov', REUSE);
		expect(json).toEqual([
			{
				task_id: task?.id,
				task_name: 'transcription',
				url: task?.request.url,
				video_id: id,
				reused: true,
			},
		]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('finds a task that has read another rendition', async () => {
		const { id } = inTheWorks();
		await fromHosted(id, WAIT);
		expect(simulator().tasks[0]?.request.url).toMatch(/\/vod240n\.mp4/);
		jest.advanceTimersByTime(HOUR);
		const { json } = await fromHosted(id, { ...WAIT, ...REUSE });
		expect(json).toMatchObject([{ reused: true, files: ['talk.eng.srt'] }]);
		expect(simulator().tasks).toHaveLength(1);
	});

	test('takes no task of another video, nor of other languages', async () => {
		await fromHosted(hosted({ name: 'other.mov' }).id);
		const { id } = hosted();
		await fromHosted(id, { subtitlesLanguage: 'ger' });
		const { json } = await fromHosted(id, REUSE);
		expect(json).toMatchObject([{ reused: false }]);
		expect(simulator().tasks).toHaveLength(3);
	});

	test('gives each of two items a task of its own', async () => {
		const { id } = hosted();
		await fromHosted(id);
		const { json } = await fromHosted(id, REUSE, { items: [{}, {}] });
		expect(json.map(({ reused }) => reused)).toEqual([true, false]);
	});
});

describe('several hosted videos', () => {
	const each = '={{ $json.id }}';

	const mixed = () => {
		const good = [hosted().id, hosted({ name: 'b.mov' }).id];
		const bad = hosted({
			name: 'c.mov',
			failure: { status: 'error', error: 'Network timeout' },
		}).id;
		return [good[0], bad, 999, '', 'b.mov'].map((id) => ({ id }));
	};

	test('Continue On Fail reports what failed in its place', async () => {
		const items = mixed();
		const { json, outputs } = await fromHosted(
			each,
			{},
			{
				items,
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(json).toMatchObject([
			{ video_id: 1 },
			{ error: 'Gcore could not process video 3: Network timeout [item 1]' },
			{ error: 'Gcore has no video 999 [item 2]' },
			{ error: "'Hosted Video' is empty [item 3]" },
			{ video_id: 2 },
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});

	test('the error output gets what failed, paired with its item', async () => {
		const { outputs } = await fromHosted(each, WAIT, {
			items: mixed(),
			settings: { onError: 'continueErrorOutput' },
		});
		const [good, bad] = outputs;
		expect(good?.map(({ json, pairedItem }) => [json['video_id'], pairedItem])).toEqual([
			[1, { item: 0 }],
			[2, { item: 4 }],
		]);
		expect(bad?.map(({ json }) => json['error'])).toEqual([
			expect.stringContaining('video 3'),
			expect.stringContaining('video 999'),
			expect.stringContaining("'Hosted Video'"),
		]);
	});

	test('a task that fails does not touch the others', async () => {
		hosted({ name: 'failure.mov' });
		hosted();
		const { json } = await fromHosted(each, WAIT, {
			items: [{ id: 1 }, { id: 2 }],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(json).toMatchObject([
			{ error: expect.stringContaining('The file could not be downloaded') },
			{ video_id: 2, status: 'SUCCESS' },
		]);
		expect(simulator().videos).toHaveLength(2);
	});
});

describe('a lost answer', () => {
	test.each([{}, WAIT])('is found though the address has changed (%j)', async (parameters) => {
		const { id } = hosted();
		await fromHosted(id);
		simulator().inject({ does: 'reset', processed: true, on: isCreate });
		const { json, error } = await fromHosted(id, parameters);
		expect(error).toBeUndefined();
		expect(simulator().tasks).toHaveLength(2);
		expect(json).toMatchObject([{ task_id: simulator().tasks[1]?.id, video_id: id }]);
	});

	test('is found for a video that had no rendition when the node began', async () => {
		const { id } = inTheWorks({ request: { auto_transcribe_audio_language: 'auto' } });
		simulator().inject({ does: 'reset', processed: true, on: isCreate });
		const { json, error } = await fromHosted(id, WAIT);
		expect(error).toBeUndefined();
		const own = simulator().tasks.filter(({ request }) => !request.client_entity_data);
		expect(own).toHaveLength(1);
		expect(json).toMatchObject([{ task_id: own[0]?.id, files: ['talk.eng.srt'] }]);
	});

	test('is sent again if Gcore has no task for it', async () => {
		simulator().inject({ does: 'reset', on: isCreate });
		const { json } = await fromHosted(hosted().id);
		expect(simulator().tasks).toHaveLength(1);
		expect(json).toMatchObject([{ task_id: simulator().tasks[0]?.id }]);
	});
});

/** Whether a request is for a video that was found already. */
const isLaterLookUp =
	(id: number) =>
	({ path }: RecordedRequest) => {
		const asked = simulator().requests.filter((request) => request.path === path).length;
		return path.endsWith(`/videos/${id}`) && asked > 1;
	};

describe('a video', () => {
	test('that is deleted while it waits is reported', async () => {
		const video = inTheWorks({ processingMs: HOUR });
		const on = ({ path }: RecordedRequest) => {
			const asked = simulator().requests.filter((request) => request.path === path).length;
			if (asked === 4) simulator().deleteVideo(video);
			return false;
		};
		simulator().inject({ does: 'silence', on });
		const { error } = await fromHosted(video.id, WAIT);
		expect(error?.message).toBe(`Gcore has no video ${video.id} [item 0]`);
	});

	test.each([503, 429])('is waited for though Gcore answers %i for a while', async (status) => {
		const { id } = inTheWorks();
		const on = isLaterLookUp(id);
		simulator().inject({ does: 'answer', status, on, times: 3 });
		const { error, json } = await fromHosted(id, WAIT);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'SUCCESS' }]);
	});

	test('whose state can no longer be read is named', async () => {
		const { id } = inTheWorks();
		const on = isLaterLookUp(id);
		simulator().inject({ does: 'answer', status: 403, on, times: Infinity });
		const { error } = await fromHosted(id, WAIT);
		expect(error?.message).toContain(`The state of video ${id} cannot be read`);
	});

	test('is ready, but its renditions failed: Gcore’s words count', async () => {
		const rendition = { id: 1, name: 'vod240n', status: 'error', error: 'Encoding has failed' };
		const body = { id: 7, name: 'a', slug: 'x', status: 'ready', converted_videos: [rendition] };
		const on = ({ path }: RecordedRequest) => path.endsWith('/videos/7');
		simulator().inject({ does: 'answer', status: 200, body, on, times: Infinity });
		const { error } = await fromHosted(7);
		expect(error?.message).toBe('Gcore could not process video 7: Encoding has failed [item 0]');
	});
});

test('languages that Gcore cannot translate are refused before the video is looked at', async () => {
	const { id } = hosted();
	const { error } = await fromHosted(id, { audioLanguage: 'eng', subtitlesLanguage: 'uzb' });
	expect(error?.message).toContain('Gcore cannot translate');
	expect(simulator().requests.filter(({ path }) => /videos/.test(path))).toEqual([]);
});

test('an execution that is stopped while it waits for a video creates nothing', async () => {
	const { id } = inTheWorks({ processingMs: HOUR });
	await fromHosted(id, WAIT, {
		onStart: (execution) => void setTimeout(() => execution.cancel(), 60_000),
	});
	expect(creates()).toEqual([]);
});

describe('Retry On Fail', () => {
	test.each([{}, WAIT])('keeps what an earlier try has found (%j)', async (parameters) => {
		const [first, second] = [hosted(), hosted({ name: 'b.mov' })];
		const on = (request: RecordedRequest) =>
			isCreate(request) && JSON.stringify(request.body).includes(second.slug);
		simulator().inject({ does: 'answer', status: 400, on });
		const { json, error } = await fromHosted('={{ $json.id }}', parameters, {
			items: [first, second].map(({ id }) => ({ id })),
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(error).toBeUndefined();
		expect(creates()).toHaveLength(3);
		expect(json.map(({ url, video_id }) => [url, video_id])).toEqual(
			simulator().tasks.map(({ request }, index) => [request.url, index + 1]),
		);
		const files = parameters === WAIT ? [['talk.eng.srt'], ['b.eng.srt']] : [undefined, undefined];
		expect(json.map((item) => item['files'])).toEqual(files);
	});
});

test('a lost answer names the text by which its task would be found, as no field holds its address', async () => {
	const { id, slug } = hosted();
	simulator().inject({ does: 'reset', on: isCreate, times: Infinity });
	const { error } = await fromHosted(String(id));
	const [, searchText] = /"([^"]+)" as 'Search Text'/.exec(String(error?.description)) ?? [];
	expect(searchText).toMatch(new RegExp(`^/.*_${slug}/$`));
	simulator().clearFaults();
	simulator().add();
	await fromHosted(String(id));
	const { json } = await runGcore({
		simulator: simulator(),
		parameters: { operation: 'getMany', filters: { search: searchText as string } },
	});
	expect(json).toHaveLength(1);
});
