import type { INode } from 'n8n-workflow';

import { KEYS } from '../../simulator';
import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const CONTINUE = { onError: 'continueRegularOutput' as const };

const run = async (
	operation: string,
	parameters: INode['parameters'] = {},
	rest: Partial<GcoreRun> = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { resource: 'video', operation, ...parameters },
		...rest,
	});

const isDelete = ({ method }: RecordedRequest) => method === 'DELETE';

describe('Get', () => {
	test('returns flat fields', async () => {
		const { id, slug } = simulator().addVideo({ name: 'Talk', request: { client_user_id: 7 } });
		const { json } = await run('get', { videoId: String(id) });
		expect(json).toEqual([
			{
				video_id: id,
				name: 'Talk',
				status: 'ready',
				failure_reason: null,
				duration_seconds: 30.5,
				size_bytes: 30_000_000,
				mp4_url: expect.stringContaining(`_${slug}/vod480n.mp4`),
				player_url: expect.stringContaining(slug),
				poster_url: expect.stringContaining(slug),
				description: null,
				client_user_id: 7,
				created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			},
		]);
	});

	test('of a failed video returns the reason, and is no failed item', async () => {
		const failure = { status: 'viewable' as const, error: 'The storage limit has been exceeded' };
		simulator().addVideo({ failure });
		const { json, error } = await run('get', { videoId: '1' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: 'viewable', failure_reason: failure.error }]);
		const raw = await run('get', { videoId: '1', simplify: false });
		expect(raw.json).toMatchObject([{ id: 1, error_text: failure.error }]);
		expect(raw.json[0]).not.toHaveProperty('error');
	});

	test('finds a video by its name, though others have it in theirs', async () => {
		simulator().options.videoPageSizeLimit = 25;
		const { id } = simulator().addVideo({ name: 'Talk' });
		for (let count = 0; count < 230; count++) simulator().addVideo({ name: `Talk ${count}` });
		expect((await run('get', { videoId: 'Talk' })).json).toMatchObject([{ video_id: id }]);
	});

	test('lists those of the same name, and those of a similar one', async () => {
		for (const name of ['Talk', 'Talk', 'Talk 2']) simulator().addVideo({ name });
		const twice = await run('get', { videoId: 'Talk' });
		expect(twice.error?.message).toBe('Gcore hosts 2 videos named "Talk" [item 0]');
		expect(twice.error?.description).toBe('Use the ID of one: 2, 1.');
		const similar = await run('get', { videoId: 'alk 2' });
		expect(similar.error?.message).toBe('Gcore hosts no video named "alk 2" [item 0]');
		expect(similar.error?.description).toBe('Did you mean "Talk 2" (3)?');
	});

	test('lists five of many with the same name', async () => {
		for (let count = 0; count < 6; count++) simulator().addVideo({ name: 'Talk' });
		const { error } = await run('get', { videoId: 'Talk' });
		expect(error?.description).toBe('Use the ID of one: 6, 5, 4, 3, 2, ….');
	});

	test('says what a video that is not there may mean', async () => {
		const { error } = await run('get', { videoId: '77' });
		expect(error?.message).toBe('Gcore has no video 77 [item 0]');
		expect(error?.description).toMatch(/does not exist for this API key, or it was deleted/);
	});

	test.each([
		['={{ "" }}', /^'Hosted Video' is empty/],
		['={{ null }}', /^'Hosted Video' is empty/],
		['={{ " " }}', /^'Hosted Video' is empty/],
		['={{ [] }}', /^'Hosted Video' is not a video/],
	])('refuses %p before any request', async (videoId, message) => {
		const { error } = await run('get', { videoId });
		expect(error?.message).toMatch(message);
		expect(simulator().requests).toEqual([]);
	});

	test.each([
		7,
		{ __rl: true, mode: 'list', value: '7', cachedResultName: 'Talk' },
		{ __rl: true, mode: 'id', value: ' 7 ' },
		'={{ ({ __rl: true, mode: "id", value: 7 }) }}',
	])('takes %j', async (videoId) => {
		simulator().addVideo({ id: 7 });
		expect((await run('get', { videoId })).json).toMatchObject([{ video_id: 7 }]);
	});
});

describe('Get Many', () => {
	const pages = () => simulator().requests.map(({ query }) => query['page']);
	const add = (count: number) => Array.from({ length: count }, () => simulator().addVideo().id);

	beforeEach(() => {
		simulator().options.videoPageSizeLimit = 25;
	});

	test('reads on until a page has nothing new', async () => {
		const ids = add(60);
		const { json } = await run('getMany', { returnAll: true });
		expect(json.map(({ video_id }) => video_id)).toEqual(ids.reverse());
		expect(pages()).toEqual(['1', '2', '3', '4']);
	});

	test('returns a video once, and all of them, if one is added between two pages', async () => {
		const ids = add(60);
		const on = ({ query }: RecordedRequest) => {
			if (query['page'] === '2') simulator().addVideo();
			return false;
		};
		simulator().inject({ does: 'silence', on });
		const { json } = await run('getMany', { returnAll: true });
		expect(json.map(({ video_id }) => video_id)).toEqual(ids.reverse());
	});

	test('stops at the limit', async () => {
		add(60);
		expect((await run('getMany', { limit: 30 })).json).toHaveLength(30);
		expect(pages()).toEqual(['1', '2']);
		simulator().requests.length = 0;
		expect((await run('getMany', { limit: 5 })).json).toHaveLength(5);
		expect(simulator().requests.map(({ query }) => query)).toEqual([{ page: '1', per_page: '5' }]);
	});

	test('filters', async () => {
		const request = { client_user_id: 0 };
		const { id } = simulator().addVideo({ name: 'A webinar', request });
		simulator().addVideo({ name: 'A webinar' });
		simulator().addVideo({ name: 'Another', request });
		simulator().addVideo({ name: 'A webinar', request, createdAt: Date.now() });
		const { json } = await run('getMany', {
			simplify: false,
			filters: { search: 'webinar', status: 'ready', clientUserId: 0 },
		});
		expect(json).toMatchObject([{ id, converted_videos: expect.any(Array) }]);
		expect(simulator().requests[0]?.query).toMatchObject({
			search: 'webinar',
			status: 'ready',
			client_user_id: '0',
		});
	});

	test('says so if no video matches', async () => {
		add(1);
		const { json, hints, error } = await run('getMany', { filters: { search: 'nope' } });
		expect([json, error, hints]).toEqual([[], undefined, ['No video matches the filters']]);
		expect((await run('getMany')).hints).toEqual([]);
	});

	test('says so if there is no video', async () => {
		expect((await run('getMany')).hints).toEqual(['There are no videos yet']);
	});

	test('fails if a page cannot be read', async () => {
		add(30);
		const on = ({ query }: RecordedRequest) => query['page'] === '2';
		simulator().inject({ does: 'answer', status: 200, body: { videos: [] }, on, times: 3 });
		const { error } = await run('getMany', { returnAll: true });
		expect(error?.message).toMatch(/cannot be read: it is not a list \[item 0\]$/);
	});
});

describe('Delete', () => {
	test('deletes the video', async () => {
		for (const name of ['a', 'b']) simulator().addVideo({ name });
		const { json } = await run('delete', { videoId: 'a' });
		expect(json).toEqual([{ video_id: 1, deleted: true }]);
		expect(simulator().videos.map(({ name }) => name)).toEqual(['b']);
	});

	test('deletes none of two with the same name, however many are like them', async () => {
		simulator().addVideo({ name: 'Talk' });
		for (let count = 0; count < 230; count++) simulator().addVideo({ name: `Talk ${count}` });
		simulator().addVideo({ name: 'Talk' });
		const { error } = await run('delete', { videoId: 'Talk' });
		expect(error?.message).toMatch(/^Gcore hosts 2 videos named "Talk"/);
		expect(simulator().videos).toHaveLength(232);
	});

	test('reports a video that is not there', async () => {
		simulator().addVideo();
		const items = [{ id: 77 }, { id: 1 }];
		const { outputs } = await run(
			'delete',
			{ videoId: '={{ $json.id }}' },
			{ items, settings: CONTINUE },
		);
		expect(outputs[0]).toMatchObject([
			{ json: { error: 'Gcore has no video 77 [item 0]' }, pairedItem: { item: 0 } },
			{ json: { video_id: 1, deleted: true }, pairedItem: { item: 1 } },
		]);
	});

	test.each([{ does: 'reset' as const }, { does: 'answer' as const, status: 500 }])(
		'looks at the video if the answer was lost: %j',
		async (fault) => {
			for (const processed of [true, false]) {
				const { id } = simulator().addVideo();
				simulator().inject({ ...fault, processed, on: isDelete });
				const { json, error } = await run('delete', { videoId: String(id) });
				if (processed) expect(json).toEqual([{ video_id: id, deleted: true }]);
				else expect(error?.message).toMatch(/before it answered|internal problem/);
			}
		},
	);

	test('of a video that an earlier try has deleted succeeds, so that the retry can', async () => {
		for (const name of ['a', 'b']) simulator().addVideo({ name });
		const on = (request: RecordedRequest) => isDelete(request) && request.path.endsWith('/2');
		simulator().inject({ does: 'answer', status: 400, body: { error: 'no' }, on });
		const { json, error } = await run(
			'delete',
			{ videoId: '={{ $json.id }}' },
			{
				items: [{ id: 1 }, { id: 2 }],
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{ video_id: 1, deleted: true },
			{ video_id: 2, deleted: true },
		]);
	});
});

test.each<INode['parameters']>([
	{ resource: 'video', operation: 'getMany' },
	{ resource: 'video', operation: 'get', videoId: '1' },
	{ resource: 'video', operation: 'upload' },
	{ resource: 'subtitle', operation: 'getMany', videoId: '1' },
	{ resource: 'transcriptionTask', operation: 'create', source: 'file' },
	{ resource: 'transcriptionTask', operation: 'create', source: 'hosted', videoId: '1' },
])('an account without video hosting is reported: %j', async (parameters) => {
	const { error } = await runGcore({
		simulator: simulator(),
		parameters,
		binaries: [{ data: binaryOf('abc') }],
		credential: { apiKey: KEYS.noHosting, baseUrl: simulator().url },
	});
	expect(error?.message).toContain(
		'Video hosting is not enabled for this Gcore account (HTTP 422)',
	);
	expect(error?.description).toContain('Ask Gcore support');
	expect(simulator().tasks).toEqual([]);
});
