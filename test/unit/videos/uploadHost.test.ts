import type { IHttpRequestOptions } from 'n8n-workflow';

import { UploadHost } from '../../../nodes/shared/api/uploadHost';

const TARGET = { hosts: [], token: 's3cr3t-token', clientId: '7' };
const FILE = { videoId: 1, size: 9, name: 'Vortrag – Übung.mov', mimeType: 'video/quicktime' };

const PLACE = 'https://upload.example.com/upload/abc';

type Answer = { statusCode: number; headers: Record<string, unknown>; body?: unknown };

function hostThatAnswers(
	answer: Partial<Answer>,
	isEncrypted = true,
	cancelSignal?: AbortSignal,
): { host: UploadHost; sent: IHttpRequestOptions[] } {
	const sent: IHttpRequestOptions[] = [];
	const send = async (options: IHttpRequestOptions) => {
		sent.push(options);
		return { statusCode: 201, headers: { location: PLACE }, body: '', ...answer };
	};
	return { host: new UploadHost(send, { isEncrypted, cancelSignal }), sent };
}

describe('open', () => {
	test.each([
		[true, 'https://upload.example.com/upload/'],
		[false, 'http://upload.example.com/upload/'],
	])('is encrypted if Gcore is (%p)', async (isEncrypted, url) => {
		const location = url.replace(/upload\/$/, 'upload/abc');
		const { host, sent } = hostThatAnswers({ headers: { location } }, isEncrypted);
		expect(await host.open('upload.example.com', TARGET, FILE)).toBe(location);
		expect(sent).toMatchObject([{ method: 'POST', url }]);
	});

	test('names the file as tus wants it', async () => {
		const { host, sent } = hostThatAnswers({});
		await host.open('Upload.example.com', TARGET, FILE);
		const { headers = {} } = sent[0] ?? {};
		expect(headers).toMatchObject({ 'Tus-Resumable': '1.0.0', 'Upload-Length': 9 });
		const pairs = String(headers['Upload-Metadata'])
			.split(',')
			.map((pair) => pair.split(' '));
		expect(
			pairs.map(([name, value = '']) => [name, Buffer.from(value, 'base64').toString()]),
		).toEqual([
			['token', TARGET.token],
			['video_id', '1'],
			['client_id', '7'],
			['filename', FILE.name],
			['filetype', FILE.mimeType],
		]);
	});

	test.each([
		'evil.com/path',
		'evil.com/',
		'evil.com\\path',
		'user@evil.com',
		'user:secret@evil.com',
		'evil.com?a',
		'evil.com#a',
		'evil.com evil.org',
		'//evil.com',
		'https://evil.com',
		' ',
		'',
		':80',
		'evil.com:99999',
	])('sends nothing to %j', async (name) => {
		const { host, sent } = hostThatAnswers({});
		await expect(host.open(name, TARGET, FILE)).rejects.toMatchObject({ kind: 'unreadable' });
		expect(sent).toEqual([]);
	});

	test.each([
		'upload.example.com',
		'UPLOAD.example.com',
		'upload.example.com:8443',
		'192.0.2.1:1080',
	])('sends to %s', async (name) => {
		const { host, sent } = hostThatAnswers({});
		await host.open(name, TARGET, FILE);
		expect(sent[0]?.url).toBe(`https://${name.toLowerCase()}/upload/`);
	});

	test('sends to a host with the port of HTTPS', async () => {
		const { host, sent } = hostThatAnswers({});
		await host.open('upload.example.com:443', TARGET, FILE);
		expect(sent[0]?.url).toBe('https://upload.example.com/upload/');
	});

	test.each([
		['/upload/abc', PLACE],
		['abc', PLACE],
		['//other.example.com/upload/abc', 'https://other.example.com/upload/abc'],
		[PLACE, PLACE],
	])('reads the place %s', async (location, place) => {
		const { host } = hostThatAnswers({ headers: { location } });
		expect(await host.open('upload.example.com', TARGET, FILE)).toBe(place);
	});

	test.each([
		'http://upload.example.com/upload/abc',
		'ftp://upload.example.com/upload/abc',
		'file:///etc/passwd',
		'https://',
		'',
		undefined,
	])('refuses the place %j', async (location) => {
		const { host } = hostThatAnswers({ headers: { location } });
		await expect(host.open('upload.example.com', TARGET, FILE)).rejects.toMatchObject({
			kind: 'unreadable',
		});
	});

	test.each([
		'token invalid (unknown)',
		{ error: 'token video (1) does not match this video (2)' },
		{ message: 'token client (1) does not match this client (2)' },
	])('is refused for good with %j', async (body) => {
		const { host } = hostThatAnswers({ statusCode: 500, headers: {}, body });
		await expect(host.open('upload.example.com', TARGET, FILE)).rejects.toMatchObject({
			kind: 'uploadRefused',
			passes: false,
			status: 500,
		});
	});

	test.each([401, 403])('is refused for good with %i', async (statusCode) => {
		const { host } = hostThatAnswers({ statusCode, headers: {} });
		await expect(host.open('upload.example.com', TARGET, FILE)).rejects.toMatchObject({
			kind: 'uploadRefused',
			passes: false,
			status: statusCode,
		});
	});

	test.each([
		['plain', TARGET.token],
		['in base64, as it was sent', Buffer.from(TARGET.token).toString('base64')],
	])('does not repeat the token %s', async (_form, token) => {
		const body = { error: `token ${token} is odd` };
		const { host } = hostThatAnswers({ statusCode: 400, headers: {}, body });
		await expect(host.open('upload.example.com', TARGET, FILE)).rejects.toMatchObject({
			words: 'token *** is odd',
		});
	});
});

describe('each request', () => {
	const requests: Array<[string, (host: UploadHost) => Promise<unknown>]> = [
		['POST', async (host) => await host.open('upload.example.com', TARGET, FILE)],
		['PATCH', async (host) => await host.append(PLACE, 0, Buffer.from('abc'))],
		['HEAD', async (host) => await host.offset(PLACE)],
	];

	test.each(requests)('%s follows no redirect, and can be stopped', async (method, request) => {
		const { signal } = new AbortController();
		const headers = { location: PLACE, 'upload-offset': '3' };
		const { host, sent } = hostThatAnswers({ headers }, true, signal);
		await request(host);
		expect(sent).toMatchObject([
			{ method, disableFollowRedirect: true, headers: { 'Tus-Resumable': '1.0.0' } },
		]);
		expect(sent[0]?.abortSignal).toBe(signal);
		expect(JSON.stringify(sent[0]?.headers)).not.toMatch(/authorization|apikey/i);
	});

	test.each(requests)('%s fails with a redirect', async (_, request) => {
		const { host, sent } = hostThatAnswers({
			statusCode: 307,
			headers: { location: 'https://evil.com/' },
		});
		await expect(request(host)).rejects.toMatchObject({ kind: 'uploadRefused' });
		expect(sent).toHaveLength(1);
	});
});

test.each([undefined, '', '-1', '1.5', '0x10', 'NaN', '99999999999999999999', ['3', '4']])(
	'an offset of %j is none',
	async (offset) => {
		const { host } = hostThatAnswers({ statusCode: 200, headers: { 'upload-offset': offset } });
		await expect(host.offset(PLACE)).rejects.toMatchObject({ kind: 'unreadable' });
	},
);
