/* eslint-disable @n8n/community-nodes/no-restricted-imports -- n8n's own logger is in it */
import { Logger } from '@n8n/backend-common';
import { stringify } from 'flatted';

import { binaryOf } from './binary';
import { runGcore } from './engine';
import type { GcoreRun } from './engine';
import { setStage, VIDEO } from './stage';
import { KEYS } from '../simulator';
import type { RecordedRequest } from '../simulator';

/** Tests of the sentences of SECURITY.md that no other test covers, in their order. */

const simulator = setStage();

const run = async (parameters: GcoreRun['parameters'], rest: Partial<GcoreRun> = {}) =>
	await runGcore({ simulator: simulator(), parameters, ...rest });

const uploadFile = async () =>
	await run({ source: 'file' }, { binaries: [{ data: binaryOf('a video') }] });

/** The token that an upload was opened with. */
function tokenOf({ headers }: RecordedRequest): string {
	const [, token = ''] = /token ([^,]+)/.exec(String(headers['upload-metadata'])) ?? [];
	return Buffer.from(token, 'base64').toString();
}

const isOpen = ({ method }: RecordedRequest) => method === 'POST';

test('the API key goes to the Base URL alone, not to the upload servers that Gcore names', async () => {
	await uploadFile();
	const { requests, uploads } = simulator();
	for (const { headers } of requests) expect(headers['authorization']).toBe(`APIKey ${KEYS.valid}`);
	expect(uploads.requests.length).toBeGreaterThan(1);
	expect(stringify(uploads.requests)).not.toContain(KEYS.valid);
	for (const { headers } of uploads.requests) expect(headers['authorization']).toBeUndefined();
});

test('a redirect is not followed, and is an error', async () => {
	const { uploads } = simulator();
	simulator().inject({
		does: 'answer',
		status: 307,
		headers: { Location: `${uploads.url}/upload/` },
		times: Infinity,
	});
	const { error } = await run({ url: VIDEO });
	expect(error?.message).toMatch(/sent the request on to another address/);
	expect(uploads.requests).toEqual([]);
});

test('the header for a private file is in the request that hosts the file, and in no other', async () => {
	const header = 'Authorization: Bearer s3cr3t.t0ken';
	const upload = { resource: 'video', operation: 'upload', source: 'url', url: VIDEO };
	await run({ ...upload, waitForCompletion: true, options: { fileHeader: header } });
	const [first, ...others] = simulator().requests.filter((request) =>
		stringify(request).includes('s3cr3t'),
	);
	expect(first).toMatchObject({ method: 'POST', path: '/streaming/videos' });
	expect(others).toEqual([]);
});

test.each([201, 400])(
	'the token of an upload is in no output, error or log, if the upload is answered by %i',
	async (status) => {
		const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
		if (status === 400) simulator().uploads.inject({ does: 'answer', status, on: isOpen });
		const { run: whole, error, hints, messages } = await uploadFile();
		expect(error !== undefined).toBe(status === 400);
		const token = tokenOf(simulator().uploads.requests[0]!);
		expect(token).toMatch(/^[\da-f-]{36}$/);
		const seen = stringify([whole, { ...error }, hints, messages, logged.mock.calls]);
		expect(seen).not.toContain(token);
		logged.mockRestore();
	},
);
