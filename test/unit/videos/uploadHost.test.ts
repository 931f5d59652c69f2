import type { IHttpRequestOptions } from 'n8n-workflow';

import type { GcoreError } from '../../../nodes/shared/api/errors';
import { UploadHost } from '../../../nodes/shared/api/uploadHost';

const TARGET = { hosts: ['up1.example.com'], token: 's3cr3t+/=', clientId: '1234' };
const FILE = { videoId: 7, size: 30, name: 'größer, a.mov', mimeType: 'video/quicktime' };

/** An upload host whose server gives one answer, and what was sent to it. */
function hostThat(
	answer: { statusCode?: number; headers?: Record<string, unknown>; body?: unknown } | Error,
	isEncrypted = true,
) {
	const sent: IHttpRequestOptions[] = [];
	const { signal: cancelSignal } = new AbortController();
	const host = new UploadHost(
		async (options) => {
			sent.push(options);
			if (answer instanceof Error) throw answer;
			return { statusCode: 201, headers: {}, body: '', ...answer };
		},
		{ isEncrypted, cancelSignal },
	);
	return { host, sent, cancelSignal };
}

const opened = (location: string) => ({ statusCode: 201, headers: { location } });
const errorOf = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(error: GcoreError) => error,
	);

describe('every request', () => {
	test('follows no redirect, can be stopped, and has neither a key nor a form', async () => {
		const { host, sent, cancelSignal } = hostThat({
			headers: { 'upload-offset': '3', location: 'https://up1.example.com/upload/1' },
		});
		await host.open('up1.example.com', TARGET, FILE);
		await host.append('https://up1.example.com/upload/1', 0, Buffer.from('abc'));
		await host.offset('https://up1.example.com/upload/1');
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'HEAD']);
		for (const options of sent) {
			expect(options).toMatchObject({
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: 300_000,
				abortSignal: cancelSignal,
				headers: { 'Tus-Resumable': '1.0.0' },
			});
			expect(Object.keys(options.headers ?? {}).join()).not.toMatch(/authorization|cookie/i);
		}
	});

	test.each([301, 302, 303, 307, 308])('fails on a redirect by %i', async (statusCode) => {
		const { host, sent } = hostThat({
			statusCode,
			headers: { location: 'https://evil.example.com/upload/', 'upload-offset': '3' },
		});
		for (const work of [
			host.open('up1.example.com', TARGET, FILE),
			host.append('https://up1.example.com/upload/1', 0, Buffer.from('abc')),
			host.offset('https://up1.example.com/upload/1'),
		]) {
			expect(await errorOf(work)).toMatchObject({ kind: 'redirected', passes: false });
		}
		expect(sent).toHaveLength(3);
	});
});

describe('open', () => {
	test('sends what tus wants: the length, and each value in base64', async () => {
		const { host, sent } = hostThat(opened('/upload/1'));
		await host.open('up1.example.com', TARGET, FILE);
		const { 'Upload-Metadata': metadata, 'Upload-Length': length } = sent[0]?.headers ?? {};
		const values = String(metadata)
			.split(',')
			.map((pair) => pair.split(' '))
			.map(([name, value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]);
		expect(length).toBe(30);
		expect(Object.fromEntries(values)).toEqual({
			token: TARGET.token,
			video_id: '7',
			client_id: '1234',
			filename: FILE.name,
			filetype: FILE.mimeType,
		});
	});

	test.each([
		[true, 'https://up1.example.com/upload/'],
		[false, 'http://up1.example.com/upload/'],
	])('is encrypted as the Base URL is: %s', async (isEncrypted, url) => {
		const { host, sent } = hostThat(opened('1'), isEncrypted);
		expect(await host.open('up1.example.com', TARGET, FILE)).toBe(`${url}1`);
		expect(sent[0]?.url).toBe(url);
	});

	test.each([
		['/upload/1', 'https://up1.example.com:8443/upload/1'],
		['1', 'https://up1.example.com:8443/upload/1'],
		['https://up2.example.com/files/1', 'https://up2.example.com/files/1'],
		['//up2.example.com/files/1', 'https://up2.example.com/files/1'],
	])('goes on at %s', async (location, address) => {
		const { host } = hostThat(opened(location));
		expect(await host.open('up1.example.com:8443', TARGET, FILE)).toBe(address);
	});

	test.each(['http://up1.example.com/upload/1', 'ftp://up1.example.com/1', 'javascript:1', ''])(
		'refuses to go on at %j',
		async (location) => {
			const { host } = hostThat(opened(location));
			expect(await errorOf(host.open('up1.example.com', TARGET, FILE))).toMatchObject({
				kind: 'unreadable',
			});
		},
	);

	test.each([
		'evil.example.com/collect?x=',
		'user:pass@evil.example.com',
		'up1.example.com#',
		'https://up1.example.com',
		'up1.example.com\\@evil.example.com',
		'',
		' ',
	])('sends nothing to a host that is named %j', async (name) => {
		const { host, sent } = hostThat(opened('1'));
		expect(await errorOf(host.open(name, TARGET, FILE))).toMatchObject({ kind: 'unreadable' });
		expect(sent).toEqual([]);
	});

	test.each([
		[500, { error: 'token invalid (expired)' }],
		[500, 'token video (1) does not match this video (2)'],
		[500, { message: 'Token client (1) does not match this client (2)' }],
		[401, ''],
		[403, ''],
	])('is refused for good by %i %j', async (statusCode, body) => {
		const { host } = hostThat({ statusCode, body });
		expect(await errorOf(host.open('up1.example.com', TARGET, FILE))).toMatchObject({
			kind: 'uploadRefused',
			passes: false,
			status: statusCode,
		});
	});

	test.each([500, 502, 429, 409])('may be tried again after %i', async (statusCode) => {
		const { host } = hostThat({ statusCode, body: 'busy' });
		expect(await errorOf(host.open('up1.example.com', TARGET, FILE))).toMatchObject({
			passes: true,
		});
	});

	test('does not repeat the token that an answer repeats', async () => {
		const { host } = hostThat({ statusCode: 500, body: `token invalid (${TARGET.token})` });
		const error = await errorOf(host.open('up1.example.com', TARGET, FILE));
		expect(error?.words).toBe('token invalid (***)');
	});
});

describe('the offset', () => {
	test.each([
		['0', 0],
		['12884901888', 12_884_901_888],
	])('%j is taken', async (said, offset) => {
		const { host } = hostThat({ statusCode: 204, headers: { 'upload-offset': said } });
		expect(await host.offset('https://up1.example.com/upload/1')).toBe(offset);
	});

	test.each([undefined, '', '-1', '1.5', '3 ', '1e3', '99999999999999999999'])(
		'%j is none',
		async (said) => {
			const { host } = hostThat({ statusCode: 204, headers: { 'upload-offset': said } });
			expect(await errorOf(host.offset('https://up1.example.com/upload/1'))).toMatchObject({
				kind: 'unreadable',
			});
		},
	);
});

test('a chunk is sent as it is, with its place in the file', async () => {
	const { host, sent } = hostThat({ statusCode: 204, headers: { 'upload-offset': '13' } });
	const chunk = Buffer.from('abc');
	expect(await host.append('https://up1.example.com/upload/1', 10, chunk)).toBe(13);
	expect(sent[0]).toMatchObject({
		url: 'https://up1.example.com/upload/1',
		headers: { 'Upload-Offset': 10, 'Content-Type': 'application/offset+octet-stream' },
	});
	expect(sent[0]?.body).toBe(chunk);
});

test('a connection that breaks may be made again', async () => {
	const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	expect(await errorOf(hostThat(broken).host.offset('https://up1.example.com/1'))).toMatchObject({
		kind: 'connectionLost',
		passes: true,
	});
});
