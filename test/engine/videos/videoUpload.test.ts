/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own logger is in it */
import { Logger } from '@n8n/backend-common';
import { stringify } from 'flatted';
import { sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../../simulator';
import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreResult, GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const URL = 'https://example.com/talk.mov';
const WAIT = { waitForCompletion: true };
const CONTINUE = { onError: 'continueRegularOutput' as const };
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const run = async (parameters: INode['parameters'], rest: Partial<GcoreRun> = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { resource: 'video', operation: 'upload', ...parameters },
		...rest,
	});

const fromUrl = async (parameters: INode['parameters'] = {}, rest: Partial<GcoreRun> = {}) =>
	await run({ source: 'url', url: URL, ...parameters }, rest);

const isCreate = ({ method, path }: RecordedRequest) =>
	method === 'POST' && path === '/streaming/videos';
const isPatch = ({ method }: RecordedRequest) => method === 'PATCH';
const isLookUp = ({ method, path }: RecordedRequest) =>
	method === 'GET' && /\/videos\/\d+$/.test(path);

/** The videos as they were asked for. */
const sent = () =>
	simulator()
		.requests.filter(isCreate)
		.map(({ body }) => (body as { video: Record<string, unknown> }).video);

describe('what is sent', () => {
	test('for a file: its name, and no automatic subtitles', async () => {
		const { json, error } = await run({}, { binaries: [{ data: binaryOf('abc') }] });
		expect(error).toBeUndefined();
		expect(sent()).toEqual([
			{
				name: 'talk.mov',
				auto_transcribe_audio_language: 'disable',
				description: expect.stringMatching(/^\(n8n \w+\)$/),
			},
		]);
		expect(simulator().videos).toMatchObject([{ size: 3 }]);
		expect(json).toMatchObject([{ video_id: 1, name: 'talk.mov', reused: false }]);
	});

	test('for a URL: all that was chosen', async () => {
		const { error } = await fromUrl({
			name: 'Spring Webinar',
			automaticSubtitles: true,
			audioLanguage: 'en',
			alsoTranslateTo: ['de', 'eng', 'fre'],
			options: {
				description: 'Recorded in March',
				clientUserId: 7,
				clipStart: 0,
				clipDuration: 90,
				fileHeader: ' Authorization: Bearer abcdef ',
			},
		});
		expect(error).toBeUndefined();
		expect(sent()).toEqual([
			{
				name: 'Spring Webinar',
				description: expect.stringMatching(/^Recorded in March \(n8n \w+\)$/),
				origin_url: URL,
				origin_http_headers: 'Authorization: Bearer abcdef',
				client_user_id: 7,
				clip_start_seconds: 0,
				clip_duration_seconds: 90,
				auto_transcribe_audio_language: 'eng',
				auto_translate_subtitles_language: 'ger,fre',
			},
		]);
	});

	test('for automatic subtitles in the spoken language, whichever it is', async () => {
		await fromUrl({ automaticSubtitles: true });
		expect(sent()[0]).toMatchObject({ auto_transcribe_audio_language: 'auto' });
		expect(sent()[0]).not.toHaveProperty('auto_translate_subtitles_language');
	});

	test.each([
		['sftp://files.example.com/a/big%20talk.mxf', 'big talk.mxf'],
		['https://example.com/', 'video'],
	])('for %s: a name from the address', async (url, name) => {
		await fromUrl({ url, name: '={{ "  " }}' });
		expect(sent()).toMatchObject([{ origin_url: url, name }]);
	});
});

describe('refused before anything is sent', () => {
	test.each([
		['https://www.youtube.com/watch?v=1', /^'File URL' is a page, not a file/],
		['https://example.com/live.m3u8?token=1', /^'File URL' is a playlist, not a file/],
		['https://example.com/manifest.mpd', /^'File URL' is a playlist/],
		['http://192.168.0.7/talk.mov', /^'File URL' points to "192.168.0.7"/],
		['sftp://0x7f.1/talk.mov', /^'File URL' points to "127.0.0.1"/],
		['sftp://LOCALHOST/talk.mov', /^'File URL' points to "localhost"/],
		['ftp://example.com/talk.mov', /^'File URL' starts with "ftp:"/],
		['={{ "" }}', /^'File URL' is empty/],
	])('the address %s', async (url, message) => {
		const { error } = await fromUrl({ url });
		expect(error?.message).toMatch(message);
		expect(simulator().requests).toEqual([]);
	});

	test.each(['Bearer s3cr3t', 'Authorization:', 'A: b\nC: s3cr3t', 'A: s3cr3t\u200b'])(
		'the header %j, which is not repeated',
		async (fileHeader) => {
			const { error } = await fromUrl({
				options: { fileHeader: `={{ ${JSON.stringify(fileHeader)} }}` },
			});
			expect(error?.message).toBe("'Header for the File' is not a header [item 0]");
			expect(error?.description).not.toContain('s3cr3t');
			expect(simulator().requests).toEqual([]);
		},
	);

	test.each([
		[{ clientUserId: 'u1' }, /^'Client User ID' must be a whole number of at least 0/],
		[{ clipStart: -1 }, /^'Clip Start \(Seconds\)' must be a whole number of at least 0/],
		[{ clipDuration: 0 }, /^'Clip Duration \(Seconds\)' must be a whole number above 0/],
	])('%j', async (options, message) => {
		const { error } = await fromUrl({ options });
		expect(error?.message).toMatch(message);
		expect(simulator().requests).toEqual([]);
	});

	test('an empty file, though the items before it are good', async () => {
		const binaries = ['abc', '', 'def'].map((content) => ({ data: binaryOf(content) }));
		const { error } = await run({}, { binaries });
		expect(error?.message).toBe('"talk.mov" is empty [item 1]');
		expect(simulator().requests).toEqual([]);
		const { json } = await run({}, { binaries, settings: CONTINUE });
		expect(json.map(({ name, error }) => error ?? name)).toEqual([
			'talk.mov',
			'"talk.mov" is empty [item 1]',
			'talk.mov',
		]);
	});
});

describe('the header of a private file shows nowhere', () => {
	const TOKEN = 's3cr3t.t0ken';
	const HEADER = `Authorization: Bearer ${TOKEN}`;
	const WORDS = `bad ${HEADER}, or ${TOKEN} ${encodeURIComponent(`Bearer ${TOKEN}`)}`;

	const seen = ({ outputs, error, hints, messages }: GcoreResult) =>
		stringify([outputs, error?.message, error?.description, error?.context, hints, messages]);

	const private_ = async (parameters: INode['parameters'] = {}) =>
		await fromUrl({ options: { fileHeader: HEADER }, ...parameters });

	test.each([
		[`Authorization: Token token="${TOKEN}"`, (header: string) => header],
		[`Authorization: Token token="${TOKEN}"`, () => `token ${TOKEN} is invalid`],
		[`Authorization: Digest realm="x\\y", response="${TOKEN}"`, (header: string) => header],
		[`Cookie: session=${TOKEN}; theme=dark`, () => `session ${TOKEN} is over`],
	])('%s, if Gcore refuses it or a part of it', async (fileHeader, words) => {
		const body = { errors: { origin_http_headers: [words(fileHeader)] } };
		simulator().inject({ does: 'answer', status: 422, body, on: isCreate });
		const result = await fromUrl({ options: { fileHeader } });
		expect(result.error?.message).toContain('***');
		expect(seen(result)).not.toContain(TOKEN);
	});

	const VIDEO = { id: 1, status: 'ready', origin_http_headers: HEADER, hls_url: `/x?h=${TOKEN}` };

	test('if Gcore refuses it', async () => {
		const body = { errors: { origin_http_headers: [WORDS] } };
		simulator().inject({ does: 'answer', status: 422, body, on: isCreate });
		const result = await private_();
		expect(result.error?.message).toContain('bad ***');
		expect(seen(result)).not.toContain(TOKEN);
	});

	test.each([400, 500])('if an answer of %p about the video repeats it', async (status) => {
		const body = { error: `${'x'.repeat(280)} ${WORDS}` };
		simulator().inject({ does: 'answer', status, body, on: isLookUp, times: 9 });
		const result = await private_();
		expect(result.error?.message).toContain('The state of video 1 cannot be read');
		expect(seen(result)).not.toContain('s3cr3t');
	});

	test.each([WAIT, {}])('if the reason of a failure repeats it (%j)', async (wait) => {
		const body = { ...VIDEO, status: 'empty', error: WORDS };
		simulator().inject({ does: 'answer', status: 200, body, on: isLookUp });
		const result = await private_(wait);
		expect(result.error?.message).toContain('Gcore could not process video 1: bad ***');
		expect(seen(result)).not.toContain(TOKEN);
	});

	test.each([
		['in a retry', async () => await private_({ ...WAIT }), { settings: RETRY }],
		['in a later run', async () => await private_(), {}],
	])('%s, which does not send it', async (_, before, rest) => {
		await before();
		const body = { id: 1, status: 'empty', error: WORDS };
		simulator().inject({ does: 'answer', status: 200, body, on: isLookUp, times: Infinity });
		const result = await fromUrl({ options: { fileHeader: HEADER }, ...WAIT }, rest);
		expect(result.error?.message).toContain('bad ***');
		expect(seen(result)).not.toContain(TOKEN);
	});

	test('but a value of less than six characters, which is hidden with the name of its header only', async () => {
		const body = { errors: { origin_http_headers: ['bad X-Key: k3y42, k3y42'] } };
		simulator().inject({ does: 'answer', status: 422, body, on: isCreate });
		const { error } = await fromUrl({ options: { fileHeader: 'X-Key: k3y42' } });
		expect(error?.message).toContain('bad ***, k3y42');
	});

	test.each(['Referer: https://example.com/page', 'User-Agent: my-player/1.0'])(
		'but %s, which is no secret',
		async (fileHeader) => {
			const [, value] = fileHeader.split(': ');
			const body = { errors: { origin_http_headers: [`bad ${value}`] } };
			simulator().inject({ does: 'answer', status: 422, body, on: isCreate });
			const { error } = await fromUrl({ options: { fileHeader } });
			expect(error?.message).toContain(`bad ${value}`);
		},
	);

	test.each([true, false])('in the output, simplified: %p', async (simplify) => {
		const body = { ...VIDEO, name: WORDS, description: WORDS };
		simulator().inject({ does: 'answer', status: 200, body, on: isLookUp });
		const result = await private_({ simplify });
		expect(result.json).toMatchObject([{ status: 'ready', name: expect.stringContaining('***') }]);
		expect(seen(result)).not.toContain(TOKEN);
	});

	test('in Get and Get Many, which know it from the answer alone', async () => {
		simulator().inject({ does: 'answer', status: 200, body: { ...VIDEO, error: WORDS } });
		simulator().inject({ does: 'answer', status: 200, body: [{ ...VIDEO, error: WORDS }] });
		for (const parameters of [{ operation: 'get', videoId: '1' }, { operation: 'getMany' }]) {
			const result = await run({ simplify: false, ...parameters });
			expect(result.json).toMatchObject([{ id: 1, error_text: expect.stringContaining('***') }]);
			expect(seen(result)).not.toContain(TOKEN);
		}
	});

	test('if the execution is stopped meanwhile', async () => {
		simulator().inject({ does: 'silence', on: isCreate });
		const result = await fromUrl(
			{ options: { fileHeader: HEADER } },
			{ onStart: (execution) => void sleep(1000).then(() => execution.cancel()) },
		);
		expect(seen(result)).not.toContain(TOKEN);
	});
});

describe('the wait', () => {
	test('ends when the video is ready', async () => {
		const { json } = await fromUrl(WAIT);
		expect(json).toMatchObject([
			{
				status: 'ready',
				duration_seconds: 30.5,
				mp4_url: expect.stringContaining('vod480n'),
				failure_reason: null,
			},
		]);
	});

	test.each([
		['https://example.com/missing.mov', 'The requested origin was not found'],
		['https://example.com/forbidden.mov', 'Access to the origin is forbidden'],
	])('of %s, which stays empty, ends', async (url, reason) => {
		const { error } = await fromUrl({ url, ...WAIT });
		expect(error?.message).toBe(`Gcore could not process video 1: ${reason} [item 0]`);
		expect(error?.description).toMatch(/Gcore can download it/);
	});

	test.each([
		{ status: 'error' as const, error: 'Encoding has failed' },
		{ status: 'error' as const, error: '' },
		{ status: 'empty' as const, error: 'File Invalid' },
		{ status: 'viewable' as const, error: 'The storage limit has been exceeded' },
	])('ends at %j', async (failure) => {
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video && isLookUp(request)) video.failure = failure;
			return false;
		};
		simulator().inject({ does: 'silence', on });
		const { error } = await fromUrl(WAIT);
		const reason = failure.error || 'Gcore reports no reason';
		expect(error?.message).toBe(`Gcore could not process video 1: ${reason} [item 0]`);
		expect(error?.context).toMatchObject({ videoId: 1 });
	});

	test('fails when time is up, and names the video', async () => {
		simulator().options.videoProcessingMs = 3_600_000;
		const { error } = await fromUrl({ ...WAIT, options: { maxWait: 2 } });
		expect(error?.message).toBe('Gcore has not finished video 1 after 2 minutes (empty) [item 0]');
		expect(error?.description).toMatch(/with the ID 1\b/);
	});

	const passOn = { ...WAIT, options: { maxWait: 2, whenTimeIsUp: 'passOn' } };

	test('passes the video on when time is up', async () => {
		simulator().options.videoProcessingMs = 150_000;
		const { json } = await fromUrl(passOn);
		expect(json).toMatchObject([{ video_id: 1, status: 'viewable', reused: false }]);
	});

	test('passes on a video that was never seen', async () => {
		simulator().inject({ does: 'answer', status: 503, on: isLookUp, times: Infinity });
		const { json } = await fromUrl(passOn);
		expect(json).toMatchObject([{ video_id: 1, status: null }]);
	});

	test('that fails says that the video is there', async () => {
		simulator().inject({ does: 'answer', status: 403, on: isLookUp, times: Infinity });
		const { error } = await fromUrl(WAIT);
		expect(error?.message).toMatch(
			/^The state of video 1 cannot be read: .*\(HTTP 403\) \[item 0\]$/,
		);
		expect(error?.description).toMatch(/The video is at Gcore/);
	});
});

describe('a second upload of the same file', () => {
	test('is not made', async () => {
		const binaries = [{ data: binaryOf('abc') }];
		for (const expected of [false, true]) {
			expect((await run({}, { binaries })).json).toMatchObject([{ video_id: 1, reused: expected }]);
		}
		await fromUrl();
		expect((await fromUrl()).json).toMatchObject([{ video_id: 2, reused: true }]);
		expect(sent()).toHaveLength(2);
	});

	test.each([
		[{ name: 'talk.mov', options: { description: 'Other' } }],
		[{ name: 'talk.mov', options: { clipStart: 5 } }],
		[{ name: 'talk.mov', automaticSubtitles: true }],
		[{ url: 'https://example.com/2/talk.mov' }],
	])('is made with %j', async (parameters) => {
		await fromUrl();
		expect((await fromUrl(parameters)).json).toMatchObject([{ video_id: 2, reused: false }]);
	});

	test('is made if the first has failed, or is a day old', async () => {
		const url = 'https://example.com/missing.mov';
		await fromUrl({ url });
		await sleep(5000);
		await fromUrl({ url });
		expect(sent()).toHaveLength(2);
		await fromUrl();
		for (const video of simulator().videos) video.createdAt -= 25 * 3_600_000;
		expect((await fromUrl()).json).toMatchObject([{ reused: false }]);
	});

	test('is made for another header, for which its mark stands too', async () => {
		await fromUrl({ options: { fileHeader: 'Authorization: Bearer abcdef' } });
		await fromUrl({ options: { fileHeader: 'Authorization: Bearer ghijkl' } });
		expect(new Set(sent().map(({ description }) => description)).size).toBe(2);
	});

	test('is made without Reuse Earlier Upload', async () => {
		const options = { reuseUpload: false };
		await fromUrl({ options });
		expect((await fromUrl({ options })).json).toMatchObject([{ video_id: 2, reused: false }]);
		expect(simulator().requests.filter(({ query }) => 'search' in query)).toEqual([]);
	});
});

describe('if something goes wrong', () => {
	test.each([{ does: 'reset' as const }, { does: 'answer' as const, status: 502 }])(
		'the video of a lost answer is found: %j',
		async (fault) => {
			simulator().inject({ ...fault, processed: true, on: isCreate });
			const { json } = await fromUrl({ options: { reuseUpload: false } });
			expect(json).toMatchObject([{ video_id: 1, reused: false }]);
			expect(simulator().videos).toHaveLength(1);
		},
	);

	test('a request that was lost is sent again', async () => {
		simulator().inject({ does: 'reset', on: isCreate });
		expect((await fromUrl()).json).toMatchObject([{ video_id: 1 }]);
		expect(sent()).toHaveLength(2);
	});

	test('Retry On Fail makes another video if the first has failed, and names the first', async () => {
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		const on = (request: RecordedRequest) => {
			const [video] = simulator().videos;
			if (video) video.failure = { status: 'empty', error: 'Network timeout occurred' };
			return isLookUp(request);
		};
		simulator().inject({ does: 'delay', ms: 0, on });
		const { json, error, hints } = await fromUrl(WAIT, { settings: RETRY });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ video_id: 2, reused: false }]);
		expect(hints.join()).toContain('Video 1 of an earlier try failed');
		expect(logged.mock.calls.join()).toContain('Video 1 of an earlier try failed');
		logged.mockRestore();
	});

	test('Retry On Fail does not upload again what was uploaded', async () => {
		const isBad = ({ body, ...request }: RecordedRequest) =>
			isCreate({ body, ...request }) && JSON.stringify(body).includes('bad.mov');
		const answer = { errors: { name: ['is odd'] } };
		simulator().inject({ does: 'answer', status: 422, body: answer, on: isBad });
		const { json, error } = await fromUrl(
			{ url: '=https://example.com/{{ $json.file }}.mov', options: { reuseUpload: false } },
			{ items: [{ file: 'good' }, { file: 'bad' }], settings: RETRY },
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ name: 'good.mov' }, { name: 'bad.mov' }]);
		expect(simulator().videos.map(({ name }) => name)).toEqual(['good.mov', 'bad.mov']);
	});

	test('a problem that ends the node names the videos of the other items, and cuts their uploads short', async () => {
		simulator().uploads.inject({ does: 'delay', ms: 60_000, on: isPatch, times: Infinity });
		const isBad = (request: RecordedRequest) =>
			isCreate(request) && JSON.stringify(request.body).includes('bad.mov');
		simulator().inject({ does: 'answer', status: 422, body: { error: 'is odd' }, on: isBad });
		const files = ['bad.mov', 'b.mov'].map((name) => ({ data: binaryOf('abc', name) }));
		const cut = await run({}, { items: [{}, {}], binaries: files });
		expect(cut.error?.message).toMatch(/is odd \[item 0\]$/);
		expect(simulator().videos).toEqual([]);

		simulator().inject({
			does: 'answer',
			status: 422,
			body: { error: 'is odd' },
			on: (request) => isBad(request) && simulator().videos.length > 0,
		});
		const named = await fromUrl(
			{ url: '=https://example.com/{{ $json.file }}.mov' },
			{ items: [{ file: 'good' }, { file: 'bad' }] },
		);
		expect(named.error?.message).toMatch(/is odd \[item 1\]$/);
		expect(named.error?.description).toContain('1 more video stays in Gcore video hosting');
		expect(named.error?.context?.['uploadedVideoIds']).toEqual([2]);
	});

	test('Stop during the wait logs the videos that were made', async () => {
		simulator().options.videoProcessingMs = 3_600_000;
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		await fromUrl(WAIT, {
			onStart: (execution) => void sleep(20_000).then(() => execution.cancel()),
		});
		const texts = logged.mock.calls.map(([message]) => message);
		logged.mockRestore();
		expect(texts).toEqual(['Gcore: stopped. Videos made so far in Gcore video hosting: 1']);
	});

	test('other items go on, each paired with its own', async () => {
		const { outputs } = await fromUrl(
			{ url: '={{ $json.url }}', ...WAIT },
			{
				items: ['a.mov', 'missing.mov', 'live.m3u8', 'b.mov'].map((name) => ({
					url: `https://example.com/${name}`,
				})),
				settings: CONTINUE,
			},
		);
		expect(
			outputs[0]?.map(({ json, pairedItem }) => [json['error'] ?? json['name'], pairedItem]),
		).toEqual([
			['a.mov', { item: 0 }],
			[expect.stringMatching(/not found \[item 1\]$/), { item: 1 }],
			[expect.stringMatching(/playlist, not a file \[item 2\]$/), { item: 2 }],
			['b.mov', { item: 3 }],
		]);
	});

	test('an answer that is an object is as good as a list', async () => {
		simulator().options.videoAnswer = 'object';
		expect((await fromUrl()).json).toMatchObject([{ video_id: 1 }]);
	});
});
