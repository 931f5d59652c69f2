/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads a file, for tests */
import { join } from 'node:path';

import { OpenAPIBackend } from 'openapi-backend';

import { KEYS } from '../simulator';
import { SHAPES } from '../simulator/shapes';
import type { ApiYear } from '../simulator/shapes';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const UNKNOWN = '/aafe70c6-0000-0000-0000-327b65f7670f';
const CANCEL = '/cancel';

const ENDED = { createdAt: 0, durationMs: 1 };

/** What the simulator answers to a call below `/streaming/ai/tasks`. */
async function ask(method: string, path = '', body?: object, key = KEYS.valid) {
	const answer = await fetch(`${simulator().url}/streaming/ai/tasks${path}`, {
		method,
		headers: { Authorization: `APIKey ${key}`, 'Content-Type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	});
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const request = (url: string) => ({ task_name: 'transcription' as const, url });

describe.each([
	{
		api: '2025' as ApiYear,
		cancelled: 200,
		tooLate: { status: 400, body: { error: 'Task is SUCCESS' } },
		nothingToCancel: { status: 404, body: { error: 'Not found' } },
		unknownTask: { status: 404, body: { error: 'Not found' } },
		unknownLanguage: 400,
		zip: 'SUCCESS',
		nameOnTop: 'transcription',
		startedAt: '1970-01-01T00:00:01.500Z',
	},
	{
		api: '2026' as ApiYear,
		cancelled: 202,
		tooLate: {
			status: 412,
			body: { error: 'Cannot cancel task because it is already in status SUCCESS.' },
		},
		nothingToCancel: { status: 404, body: { error: 'Task not found' } },
		unknownTask: {
			status: 404,
			body: { status: 404, error: expect.stringMatching(/^Not Found\. Entity/) },
		},
		unknownLanguage: 422,
		zip: 'FAILURE',
		nameOnTop: undefined,
		startedAt: '1970-01-01T00:00:01.50Z',
	},
])('Gcore of $api', ({ api, ...expected }) => {
	beforeEach(() => {
		simulator().options.api = api;
	});

	test('has a valid OpenAPI description', async () => {
		const definition = join(__dirname, '../simulator', SHAPES[api].definition);
		await new OpenAPIBackend({ definition, strict: true, validate: false }).init();
	});

	test('cancels', async () => {
		const [running, ended] = [simulator().add({ durationMs: 60_000 }), simulator().add(ENDED)];
		expect((await ask('POST', `/${running.id}${CANCEL}`)).status).toBe(expected.cancelled);
		expect(await ask('POST', `/${ended.id}${CANCEL}`)).toEqual(expected.tooLate);
		expect(await ask('POST', `${UNKNOWN}${CANCEL}`)).toEqual(expected.nothingToCancel);
	});

	test('has no such task', async () => {
		expect(await ask('GET', UNKNOWN)).toEqual(expected.unknownTask);
	});

	test('writes the name and the times of a task', async () => {
		const task = simulator().add({ createdAt: 0, durationMs: 10_000 });
		for (const { body } of [await ask('GET', `/${task.id}`), await ask('GET')]) {
			const [row = body] = (body['results'] ?? []) as Array<typeof body>;
			expect(row['task_name']).toBe(expected.nameOnTop);
			expect(row['task_data']).toMatchObject({ task_name: 'transcription' });
			expect(row['processing_time']).toMatchObject({ started_at: expected.startedAt });
		}
	});

	test('lists tasks of another name, unless asked for one', async () => {
		const { id } = simulator().add({
			...ENDED,
			request: { task_name: 'content-moderation', url: VIDEO },
		});
		const { body } = await ask('GET', `/${id}`);
		expect(body['result']).not.toHaveProperty('subtitles');
		expect((await ask('GET')).body['count']).toBe(1);
		expect((await ask('GET', '?task_name=transcription')).body['count']).toBe(0);
	});

	test('refuses a language that it does not know', async () => {
		const { status } = await ask('POST', '', { ...request(VIDEO), audio_language: 'xxx' });
		expect(status).toBe(expected.unknownLanguage);
		expect(simulator().violations.splice(0)).toHaveLength(1);
	});

	test('knows which files it can read', async () => {
		const { id } = simulator().add({ ...ENDED, request: request('https://example.com/video.zip') });
		expect((await ask('GET', `/${id}`)).body['status']).toBe(expected.zip);
	});
});

test('takes no more requests in a second than set', async () => {
	simulator().options.requestsPerSecond = 2;
	const statuses = (await Promise.all([1, 2, 3].map(async () => await ask('GET')))).map(
		({ status }) => status,
	);
	expect(statuses.sort()).toEqual([200, 200, 429]);
});

test('takes tokens of both forms', async () => {
	expect((await ask('GET', '', undefined, KEYS.underscored)).status).toBe(200);
	expect((await ask('GET', '', undefined, '1234$wrong')).status).toBe(401);
});

test('shows a success without a result if a test wants one', async () => {
	const { id } = simulator().add({ ...ENDED, shown: { result: null } });
	expect((await ask('GET', `/${id}`)).body).toMatchObject({ status: 'SUCCESS', result: null });
});
