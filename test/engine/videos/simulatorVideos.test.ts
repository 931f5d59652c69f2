/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a client for tests, not part of the package */
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { checksum, KEYS } from '../../simulator';
import type { HostedVideo } from '../../simulator';
import { setStage } from '../stage';

const simulator = setStage();

/** What the simulator answers to a call below `/streaming`. */
async function ask(method: string, path: string, body?: object) {
	const answer = await fetch(`${simulator().url}/streaming${path}`, {
		method,
		headers: { Authorization: `APIKey ${KEYS.valid}`, 'Content-Type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as never };
}

interface Shown {
	id: number;
	status: string;
	error: string | null;
	duration: number | null;
	converted_videos: Array<{
		name: string;
		width: number | null;
		height: number | null;
		size: number | null;
		status: string;
		mp4_url?: string;
	}>;
}

async function create(video: object = {}): Promise<Shown> {
	const { status, body } = await ask('POST', '/videos', {
		video: { name: 'Talk', auto_transcribe_audio_language: 'disable', ...video },
	});
	expect(status).toBe(200);
	return body[0];
}

async function shown(id: number): Promise<Shown> {
	return (await ask('GET', `/videos/${id}`)).body;
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('a video', () => {
	test('from an address goes through its states', async () => {
		const { id } = await create({ origin_url: 'https://example.com/talk.mov' });
		const statuses = [];
		for (const ms of [0, 1000, 5000, 5000]) {
			await pause(ms);
			const { status, duration, converted_videos } = await shown(id);
			const complete = converted_videos.filter((rendition) => rendition.status === 'complete');
			statuses.push([status, duration !== null, complete.length]);
		}
		expect(statuses).toEqual([
			['empty', false, 0],
			['pending', true, 0],
			['viewable', true, 1],
			['ready', true, 5],
		]);
	});

	test('is returned in an array or alone', async () => {
		const video = { name: 'Talk' };
		expect((await ask('POST', '/videos', { video })).body).toHaveLength(1);
		simulator().options.videoAnswer = 'object';
		expect((await ask('POST', '/videos', { video })).body).toMatchObject(video);
	});

	test.each([
		['https://example.com/missing.mp4', 'The requested origin was not found'],
		['https://example.com/forbidden.mp4', 'Access to the origin is forbidden'],
		['https://example.com/live.m3u8?token=1', 'Unable to analyze the origin file'],
	])('of %s stays empty', async (origin_url, error) => {
		const { id } = await create({ origin_url });
		expect(await shown(id)).toMatchObject({ status: 'empty', error: null });
		await pause(1000);
		expect(await shown(id)).toMatchObject({ status: 'empty', error, converted_videos: [] });
	});

	test.each([
		{ status: 'error' as const, error: 'Encoding has failed' },
		{ status: 'empty' as const, error: 'File Invalid' },
		{ status: 'viewable' as const, error: 'The storage limit has been exceeded' },
	])('stops: $error', async (failure) => {
		const { id } = simulator().addVideo({ failure });
		expect(await shown(id)).toMatchObject(failure);
	});

	test('needs a name', async () => {
		const refused = { status: 422, body: { errors: { name: ["can't be blank"] } } };
		expect(await ask('POST', '/videos', { video: { name: ' ' } })).toEqual(refused);
		expect(await ask('POST', '/videos', { video: {} })).toEqual(refused);
		expect(simulator().violations.splice(0)).toHaveLength(1);
	});

	test('has MP4 files as the account and its processing allow', async () => {
		const { id } = simulator().addVideo({ createdAt: Date.now() });
		const addresses = async () =>
			(await shown(id)).converted_videos.flatMap(({ mp4_url }) => mp4_url ?? []);
		expect(await addresses()).toEqual([]);
		simulator().options.mp4WhileProcessing = true;
		const [first] = await addresses();
		expect(first).toMatch(/^https:\/\/demo\.gvideo\.io\/videos\/1234_\w+\/vod240n\.mp4\?v=\d+$/);
		expect(await addresses()).not.toContain(first);
		simulator().options.mp4Enabled = false;
		expect(await addresses()).toEqual([]);
	});

	test('may be upright', async () => {
		const { id } = simulator().addVideo();
		simulator().options.upright = true;
		const { converted_videos } = await shown(id);
		expect(converted_videos.map(({ width, height }) => [width, height])).toEqual([
			[240, 426],
			[468, 832],
			[720, 1280],
			[720, 1280],
			[null, null],
		]);
	});

	test('is changed and deleted', async () => {
		const { id } = simulator().addVideo();
		const changed = await ask('PATCH', `/videos/${id}`, { description: 'Old' });
		expect(changed.body).toMatchObject({ id, name: `Video ${id}`, description: 'Old' });
		expect((await ask('DELETE', `/videos/${id}`)).status).toBe(204);
		expect(await ask('GET', `/videos/${id}`)).toEqual({
			status: 404,
			body: { status: 404, error: expect.stringMatching(/^Not Found\./) },
		});
	});

	test('is not to be deleted while a task reads it', async () => {
		const { id } = simulator().addVideo();
		const url = (await shown(id)).converted_videos[1]?.mp4_url;
		const request = { task_name: 'transcription', url };
		const task: { task_id: string } = (await ask('POST', '/ai/tasks', request)).body;
		await ask('DELETE', `/videos/${id}`);
		expect(simulator().violations.splice(0)).toEqual([
			`video ${id} was deleted while task ${task.task_id} still read it`,
		]);
	});
});

describe('the list of videos', () => {
	const ids = async (query: string) =>
		((await ask('GET', `/videos${query}`)).body as Shown[]).map(({ id }) => id);

	test('comes in pages, newest first', async () => {
		simulator().options.videoPageSizeLimit = 2;
		const [a, b, c] = [1, 2, 3].map(() => simulator().addVideo().id);
		expect(await ids('?per_page=100')).toEqual([c, b]);
		expect(await ids('?page=2&per_page=100')).toEqual([a]);
		expect(await ids('?page=3')).toEqual([]);
		expect(await ids('?per_page=1')).toEqual([c]);
	});

	test('is searched and filtered', async () => {
		const found = simulator().addVideo({
			name: 'A talk',
			slug: 'abc',
			request: { client_user_id: 7 },
		});
		const { id } = simulator().addVideo({ createdAt: Date.now() });
		for (const query of ['search=talk', 'search=abc', 'client_user_id=7', 'status=ready']) {
			expect(await ids(`?${query}`)).toEqual([found.id]);
		}
		expect(await ids(`?search=${id}&status=pending`)).toEqual([id]);
		expect((await ask('GET', '/videos?fields=id,name&search=talk')).body).toEqual([
			{ id: found.id, name: 'A talk' },
		]);
	});
});

describe('an upload', () => {
	const FILE = Buffer.alloc(100_000, 'abc');
	const CHECKSUM = checksum(FILE);

	interface Target {
		servers: Array<{ hostname: string; active: boolean }>;
		token: string;
		video: { client_id: number };
	}

	const TUS = { 'Tus-Resumable': '1.0.0' };

	async function open(
		details: Record<string, unknown> = {},
		headers: Record<string, string> = {},
	): Promise<Response> {
		const { id } = await create();
		const { servers, token, video }: Target = (await ask('GET', `/videos/${id}/upload`)).body;
		const metadata = { token, video_id: id, client_id: video.client_id, ...details };
		const pairs = Object.entries(metadata).map(
			([key, value]) => `${key} ${Buffer.from(String(value)).toString('base64')}`,
		);
		return await fetch(`http://${servers[0]?.hostname}/upload/`, {
			method: 'POST',
			headers: {
				...TUS,
				'Upload-Length': String(FILE.length),
				'Upload-Metadata': pairs.join(),
				...headers,
			},
		});
	}

	async function opened(): Promise<string> {
		return (await open()).headers.get('Location') ?? '';
	}

	async function send(url: string, offset: number, end = FILE.length): Promise<Response> {
		return await fetch(url, {
			method: 'PATCH',
			headers: {
				...TUS,
				'Content-Type': 'application/offset+octet-stream',
				'Upload-Offset': String(offset),
			},
			body: FILE.subarray(offset, end),
		});
	}

	async function offsetOf(url: string): Promise<number> {
		const answer = await fetch(url, { method: 'HEAD', headers: TUS });
		return Number(answer.headers.get('Upload-Offset'));
	}

	const video = () => simulator().videos.at(-1) as HostedVideo;

	test('brings a file in chunks', async () => {
		const url = await opened();
		const first = await send(url, 0, 40_000);
		expect([first.status, first.headers.get('Upload-Offset')]).toEqual([204, '40000']);
		expect(await offsetOf(url)).toBe(40_000);
		expect((await send(url, 0)).status).toBe(409);
		expect(video().uploadedAt).toBeUndefined();
		expect((await send(url, 40_000)).status).toBe(204);
		expect(video()).toMatchObject({
			uploadedAt: Date.now(),
			size: FILE.length,
			checksum: CHECKSUM,
		});
		await pause(10_000);
		expect((await shown(video().id)).status).toBe('ready');
	});

	test('has an address without a host if set', async () => {
		simulator().options.uploadLocation = 'relative';
		expect(await opened()).toBe(`/upload/${simulator().uploads.sessions[0]?.id}`);
	});

	test.each([
		[{ token: 'x' }, /^token invalid \(unknown\)$/],
		[{ video_id: 99 }, /^token video \(\d+\) does not match this video \(99\)$/],
		[{ client_id: 99 }, /^token client \(1234\) does not match this client \(99\)$/],
	])('is refused with %j', async (details, error) => {
		const answer = await open(details);
		expect(answer.status).toBe(500);
		expect(await answer.json()).toEqual({ error: expect.stringMatching(error) });
	});

	test('never has the API key', async () => {
		await open({}, { Authorization: `APIKey ${KEYS.valid}` });
		await open({ filename: KEYS.underscored });
		expect(simulator().violations.splice(0)).toEqual([
			'Upload host: an Authorization header arrived',
			'Upload host: an API key arrived',
			'Upload host: an API key arrived',
		]);
	});

	test('knows no other methods', async () => {
		expect((await fetch(await opened(), { method: 'DELETE', headers: TUS })).status).toBe(405);
	});

	test('goes to a server that may not be active', async () => {
		const { id } = simulator().addVideo();
		const active = async () =>
			((await ask('GET', `/videos/${id}/upload`)).body as Target).servers.map(
				(server) => server.active,
			);
		expect(await active()).toEqual([true]);
		simulator().options.uploadServers = 'firstInactive';
		expect(await active()).toEqual([false, true]);
		await expect(open()).rejects.toThrow('fetch failed');
		simulator().options.uploadServers = 'noneActive';
		expect(await active()).toEqual([false]);
	});

	test.each([
		[{ does: 'cut' as const, afterBytes: 30_000, processed: true }, 30_000],
		[{ does: 'cut' as const, afterBytes: 30_000 }, 0],
		[{ does: 'cut' as const, afterBytes: FILE.length, processed: true }, FILE.length],
		[{ does: 'reset' as const, processed: true }, FILE.length],
		[{ does: 'reset' as const }, 0],
	])('goes on after %j', async (fault, offset) => {
		const url = await opened();
		simulator().uploads.inject({ ...fault, on: ({ method }) => method === 'PATCH' });
		await expect(send(url, 0)).rejects.toThrow('fetch failed');
		expect(await offsetOf(url)).toBe(offset);
		if (offset < FILE.length) await send(url, offset);
		expect(video().checksum).toBe(CHECKSUM);
	});

	/** Sends the whole file so that the clock of tests waits for the answer, as it does not for `fetch`. */
	async function sendTimed(url: string, signal?: AbortSignal): Promise<IncomingMessage> {
		const headers = {
			...TUS,
			'Content-Type': 'application/offset+octet-stream',
			'Upload-Offset': '0',
		};
		const sent = request(url, { method: 'PATCH', headers, ...(signal && { signal }) });
		sent.end(FILE);
		const [answer] = (await once(sent, 'response')) as [IncomingMessage];
		return answer.resume();
	}

	test('is refused if a test wants that', async () => {
		const url = await opened();
		simulator().uploads.inject({ does: 'answer', status: 429, headers: { 'Retry-After': '7' } });
		const refused = await send(url, 0);
		expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '7']);
		expect(simulator().uploads.requests.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
		expect(simulator().uploads.mostAtOnce()).toBe(1);
	});

	test('is answered late, or never', async () => {
		const url = await opened();
		const isChunk = { on: ({ method }: { method: string }) => method === 'PATCH' };
		simulator().uploads.inject({ ...isChunk, does: 'silence' });
		simulator().uploads.inject({ ...isChunk, does: 'delay', ms: 3000 });
		const before = Date.now();
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 5000);
		await expect(sendTimed(url, controller.signal)).rejects.toThrow('aborted');
		expect(await offsetOf(url)).toBe(0);
		await sendTimed(url);
		expect(Date.now() - before).toBe(8000);
		expect(video().checksum).toBe(CHECKSUM);
	});

	test('is forgotten', async () => {
		await open();
		simulator().reset();
		expect(simulator().videos).toEqual([]);
		expect(simulator().uploads.sessions).toEqual([]);
		expect(simulator().uploads.requests).toEqual([]);
	});
});

describe('subtitles', () => {
	const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n';

	test('are attached, changed and deleted', async () => {
		const path = `/videos/${simulator().addVideo().id}/subtitles`;
		const srt = '1\n00:00:00,000 --> 00:00:01,000\nHallo\n';
		const { id }: { id: number } = (
			await ask('POST', path, { language: 'ger', name: 'Deutsch', vtt: srt })
		).body;
		await ask('POST', path, { language: 'ger', vtt: VTT });
		expect((await ask('GET', path)).body).toMatchObject([
			{ id, language: 'ger', name: 'Deutsch', vtt: srt },
			{ language: 'ger', vtt: VTT },
		]);
		const changed = { name: 'Deutsch', language: 'ger', vtt: VTT };
		expect((await ask('PATCH', `${path}/${id}`, { vtt: VTT })).body).toEqual({ id, ...changed });
		simulator().options.patchAnswersId = false;
		expect((await ask('PATCH', `${path}/${id}`, { vtt: VTT })).body).toEqual(changed);
		expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204);
		expect((await ask('DELETE', `${path}/${id}`)).status).toBe(404);
		expect((await ask('GET', path)).body).toHaveLength(1);
	});

	test.each([
		{ language: 'deu', vtt: VTT },
		{ language: 'de', vtt: VTT },
		{ language: 'ger', vtt: 'Hello' },
		{ language: 'ger', vtt: VTT.padEnd(5_000_001) },
	])('are refused: $language', async (subtitles) => {
		const path = `/videos/${simulator().addVideo().id}/subtitles`;
		const error = expect.any(String);
		expect(await ask('POST', path, subtitles)).toEqual({ status: 422, body: { error } });
		simulator().options.subtitleErrors = 'withStatus';
		expect((await ask('POST', path, subtitles)).body).toEqual({ status: 422, error });
	});
});

describe('tasks that Gcore makes by itself', () => {
	test.each([
		['json' as const, (id: number) => `{"video_id": ${id}}`],
		['text' as const, (id: number) => `video:${id}`],
	])('name their video as %s and leave their subtitles with it', async (form, dataOf) => {
		simulator().options.autoTaskData = form;
		const request = { auto_transcribe_audio_language: 'auto' };
		const { id } = simulator().addVideo({ createdAt: Date.now(), request });
		expect(simulator().tasks).toEqual([]);
		await pause(10_000);
		expect((await ask('GET', `/ai/tasks?search=${id}`)).body).toMatchObject({
			results: [{ status: 'RECEIVED', task_data: { client_entity_data: dataOf(id) } }],
		});
		await pause(5000);
		expect(simulator().videos[0]?.subtitles).toMatchObject([
			{ language: 'eng', name: 'English (AI-generated)' },
		]);
	});

	test('translate too', async () => {
		const { id } = simulator().addVideo({
			request: {
				auto_transcribe_audio_language: 'ger',
				auto_translate_subtitles_language: 'default',
			},
		});
		expect(simulator().tasks).toHaveLength(4);
		expect((await ask('GET', `/videos/${id}/subtitles`)).body).toMatchObject(
			[
				'German (AI-generated)',
				'English (AI-translated)',
				'French (AI-translated)',
				'German (AI-translated)',
			].map((name) => ({ name })),
		);
	});

	test('are none unless asked for', async () => {
		await create({ origin_url: 'https://example.com/talk.mov' });
		await pause(20_000);
		expect(simulator().tasks).toEqual([]);
	});
});
