import { errorOfAnswer, errorOfFailedRequest } from '../../nodes/shared/api/errors';

const answer = (statusCode: number, body: unknown = '', headers: Record<string, string> = {}) =>
	errorOfAnswer({ statusCode, body, headers }, ['sekret'], 'ai');

test.each([
	[400, { error: 'Queue limit reached (100), try later.' }, 'queueFull'],
	[400, { error: '"url" is not specified' }, 'badRequest'],
	[401, '', 'unauthorized'],
	[401, '<html>', 'unauthorized'],
	[403, { error: 'no' }, 'forbidden'],
	[403, '<html><title>Attention</title>', 'webPageRefusal'],
	[404, '<html>', 'webPageRefusal'],
	[408, '', 'timedOut'],
	[409, { message: 'conflict' }, 'notNow'],
	[425, '', 'notNow'],
	[404, { detail: 'Not found' }, 'notFound'],
	[302, '', 'redirected'],
	[422, { error: 'Feature is disabled. Contact support to enable.' }, 'aiDisabled'],
	[422, '', 'aiDisabled'],
	[422, { error: 'url is too long' }, 'badRequest'],
	[422, { error: 'audio_language "xxx" is not supported' }, 'badRequest'],
	[422, { error: 'subtitles_language "uzb" is not enabled' }, 'badRequest'],
	[422, { error: 'Language pair eng, uzb is not supported. Contact support.' }, 'badRequest'],
	[429, '', 'rateLimited'],
	[500, { error: 'x' }, 'serverError'],
	[502, '<!DOCTYPE html><html></html>', 'webPage'],
	[503, '', 'serverError'],
])('HTTP %p with %j is %s', (status, body, kind) => {
	expect(answer(status, body).kind).toBe(kind);
});

describe("Gcore's own words", () => {
	test.each([
		[{ error: 'text' }, 'text'],
		[{ message: 'text' }, 'text'],
		[{ detail: 'text' }, 'text'],
		[{ errors: [{ url: 'bad' }] }, '[{"url":"bad"}]'],
		[{ code: 7 }, '{"code":7}'],
		['plain  text\n here', 'plain text here'],
	])('are found in %j', (body, words) => {
		expect(answer(400, body).words).toBe(words);
	});

	test.each(['', null, {}, []])('may be missing: %j', (body) => {
		expect(answer(400, body).words).toBeUndefined();
	});

	test('hide a key at the point where they are cut', () => {
		const { message } = answer(400, { error: `${'x'.repeat(297)}sekret` });
		expect(message).toMatch(/x\*\*\*$/);
	});

	test('hide a key that is written as in a URL', () => {
		const answered = { statusCode: 400, headers: {}, body: { error: 'no 12%24ab' } };
		expect(errorOfAnswer(answered, ['12$ab'], 'ai').message).toContain('no ***');
	});

	test('are empty without a key, too', () => {
		expect(
			errorOfAnswer({ statusCode: 401, headers: {}, body: '' }, [''], 'ai').words,
		).toBeUndefined();
	});

	test('are cut short, and hide the key', () => {
		const { message } = answer(400, { error: `key sekret ${'x'.repeat(1000)}` });
		expect(message).toContain('key *** xxx');
		expect(message.length).toBeLessThan(400);
	});
});

describe('Retry-After', () => {
	beforeEach(() => {
		jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
	});

	afterEach(() => {
		jest.useRealTimers();
	});

	test.each([
		['30', 30_000],
		['0', 0],
		['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
		['Wed, 31 Dec 2025 00:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('%p is %p ms', (header, ms) => {
		expect(answer(429, '', { 'retry-after': header }).retryAfterMs).toBe(ms);
	});
});

test.each([
	[500, '', true],
	[502, '<html>', true],
	[200, '<html>', true],
	[408, '', true],
	[403, '<html>', false],
	[409, '', false],
	[429, '', false],
])('HTTP %p with %j may have made the task: %p', (status, body, mayHaveRun) => {
	expect(answer(status, body).mayHaveRun).toBe(mayHaveRun);
});

test.each([
	[{ code: 'ECONNREFUSED' }, 'connectionFailed', false],
	[{ cause: { code: 'ENOTFOUND' } }, 'connectionFailed', false],
	[{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 1.2.3.4:443' }, 'connectionFailed', false],
	[{ cause: { code: 'CERT_HAS_EXPIRED' } }, 'connectionFailed', false],
	[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'connectionFailed', false],
	[
		{
			code: 'ECONNRESET',
			message: 'Client network socket disconnected before secure TLS connection was established',
		},
		'connectionFailed',
		false,
	],
	[
		{
			code: 'EPROTO',
			message: 'write EPROTO error:0A000410:SSL routines::sslv3 alert handshake failure',
		},
		'connectionFailed',
		false,
	],
	[
		{ message: 'The request was blocked because it resolves to a restricted IP address' },
		'blocked',
		false,
	],
	[
		{
			cause: { message: 'The request was blocked because the destination hostname is restricted' },
		},
		'blocked',
		false,
	],
	[{ cause: { code: 'ECONNRESET' } }, 'connectionLost', true],
	[{ message: 'socket hang up' }, 'connectionLost', true],
	[{ message: 'x', messages: ['timeout of 60000ms exceeded'] }, 'timedOut', true],
	[{ cause: { cause: { code: 'ETIMEDOUT' } } }, 'timedOut', true],
	[undefined, 'connectionLost', true],
])('%j is %s, and its answer lost: %p', (thrown, kind, mayHaveRun) => {
	const error = errorOfFailedRequest(thrown);
	expect([error.kind, error.mayHaveRun]).toEqual([kind, mayHaveRun]);
});
