import { VideoClient } from '../../nodes/shared/api/videoClient';
import { GcoreHttp } from '../../nodes/shared/api/http';

/** A client whose every request is answered with a body. */
const clientOf = (body: unknown) =>
	new VideoClient(
		new GcoreHttp(async () => ({ statusCode: 200, headers: {}, body }), {
			baseUrl: 'https://api.gcore.com',
			timeoutMs: 1000,
			secrets: new Set(),
			cancelSignal: undefined,
		}),
	);

test('an API key of a few characters, such as that of a test server, is hidden in errors only', async () => {
	const clientOf = (statusCode: number, body: object) =>
		new VideoClient(
			new GcoreHttp(async () => ({ statusCode, headers: {}, body }), {
				baseUrl: 'http://127.0.0.1',
				timeoutMs: 1000,
				secrets: new Set(['test']),
				cancelSignal: undefined,
			}),
		);
	expect((await clientOf(200, { id: 1, name: 'A test' }).get(1)).name).toBe('A test');
	await expect(clientOf(401, { error: 'no key test' }).get(1)).rejects.toMatchObject({
		words: 'no key ***',
	});
});

describe('the header of a video', () => {
	const MP4 = 'https://demo.gvideo.io/videos/1_abc/vod480n.mp4';
	const videoWith = (origin_http_headers: string) => ({
		id: 1,
		name: 'Talk',
		origin_http_headers,
		converted_videos: [{ status: 'complete', mp4_url: MP4 }],
	});

	test.each(['Referer: https://demo.gvideo.io', 'Accept: video/mp4', 'Host: demo.gvideo.io'])(
		'%s is no secret, and addresses that have it in them stay whole',
		async (header) => {
			const video = await clientOf(videoWith(header)).get(1);
			expect(video).not.toHaveProperty('origin_http_headers');
			expect(video.converted_videos).toEqual([{ status: 'complete', mp4_url: MP4 }]);
		},
	);

	test('is hidden in that video, and in no other', async () => {
		const header = 'Authorization: Bearer wonderful';
		const rows = [
			{ ...videoWith(header), name: 'bad header Bearer wonderful' },
			{ id: 2, name: 'What a wonderful day' },
		];
		const { rows: shown } = await clientOf(rows).list({ page: 1, per_page: 100 });
		expect(shown.map(({ name }) => name)).toEqual(['bad header ***', 'What a wonderful day']);
	});
});

test.each([[null], ['text'], [[null, { status: 'complete' }]], [{}]])(
	'renditions that are %j are none, or those that are as described',
	async (converted_videos) => {
		const video = await clientOf({ id: 1, converted_videos }).get(1);
		expect((video.converted_videos ?? []).every(({ status }) => status === 'complete')).toBe(true);
	},
);

test('an upload call with empty entries names the servers that are there', async () => {
	const servers = [null, {}, { hostname: 'up.example.com', active: true }];
	const target = clientOf({ servers, token: 't', video: { client_id: 7 } }).uploadTarget(1);
	expect((await target).hosts).toEqual(['up.example.com']);
	const without = clientOf({ servers, token: 't', video: { client_id: null } }).uploadTarget(1);
	await expect(without).rejects.toMatchObject({ kind: 'unreadable' });
});
