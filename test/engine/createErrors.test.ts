import { stringify } from 'flatted';
import type { INode } from 'n8n-workflow';

import { GATEWAY_PAGE, KEYS } from '../simulator';
import type { RecordedRequest } from '../simulator';
import type { Fault } from '../simulator/faults';
import { runGcore } from './engine';
import type { GcoreResult } from './engine';
import { setStage, VIDEO } from './stage';

const stage = setStage();

const create = async (
	parameters: INode['parameters'],
	run: Partial<Parameters<typeof runGcore>[0]> = {},
) =>
	await runGcore({
		simulator: stage(),
		parameters: {
			url: VIDEO,
			options: { whenQueueIsFull: 'fail' },
			...parameters,
		},
		...run,
	});

const isPost = ({ method }: RecordedRequest) => method === 'POST';
const posts = () => stage().requests.filter(isPost);

const CONTINUE = { onError: 'continueRegularOutput' as const };

const MAY_EXIST = /Gcore may have created the task all the same/;

interface Failure {
	what: string;
	fault?: Fault;
	key?: string;
	message: RegExp;
	advice: RegExp;
	/** Whether it is unknown if the request was carried out, so that it is sent again. */
	isLost?: boolean;
}

const FAILURES: Failure[] = [
	{
		what: 'a wrong key',
		key: '1234$wrong',
		message: /does not accept the API key \(HTTP 401\) \[item 0\]$/,
		advice: /^Check the API Key in the Gcore API credential/,
	},
	{
		what: 'a key without access',
		key: KEYS.forbidden,
		message: /does not let this API key use AI tasks or video hosting \(HTTP 403\)/,
		advice: /token with access to Streaming/,
	},
	{
		what: 'an account without AI',
		key: KEYS.noAi,
		message: /AI is not enabled for this Gcore account \(HTTP 422\)/,
		advice: /Ask Gcore support/,
	},
	{
		what: 'a full queue',
		fault: {
			does: 'answer',
			status: 400,
			body: { error: 'Queue limit reached (100), try later.' },
		},
		message: /queue is full \(HTTP 400\) \[item 0\]$/,
		advice: /Run this item again when some have ended, or .* No task was created for this item/,
	},
	{
		what: 'a bad request',
		fault: { does: 'answer', status: 400, body: { error: { url: ['is too long'] } } },
		message: /refused the request \(HTTP 400\): \{"url":\["is too long"\]\}/,
		advice: /Correct the fields/,
	},
	{
		what: 'a 422 about something else',
		fault: { does: 'answer', status: 422, body: { detail: 'url is too long' } },
		message: /refused the request \(HTTP 422\): url is too long/,
		advice: /Correct the fields/,
	},
	{
		what: 'nothing there',
		fault: { does: 'answer', status: 404, body: { message: 'no route' } },
		message: /found nothing at this address \(HTTP 404\): no route/,
		advice: /Check the Base URL/,
	},
	{
		what: 'too many requests',
		fault: { does: 'answer', status: 429, headers: { 'Retry-After': '3600' } },
		message: /too many came at once \(HTTP 429\)\. Gcore asks to wait 3600 s/,
		advice: /^Wait a minute/,
	},
	{
		what: 'an internal error',
		fault: { does: 'answer', status: 500, body: { error: 'oops' } },
		message: /internal problem \(HTTP 500\): oops/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a gateway page',
		fault: { does: 'answer', status: 502, body: GATEWAY_PAGE },
		message: /A web page came back .*\(HTTP 502\): 502 Bad Gateway \[item 0\]$/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a gateway page that says 200',
		fault: { does: 'answer', status: 200, body: '<!DOCTYPE html><title>Log in</title>' },
		message: /A web page came back .*\(HTTP 200\)/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a redirect',
		fault: { does: 'answer', status: 301, headers: { Location: 'https://example.com/' } },
		message: /sent the request on to another address \(HTTP 301\): https:\/\/example\.com\//,
		advice: /Correct the Base URL/,
	},
	{
		what: 'a 201 without a task_id',
		fault: { does: 'answer', status: 201, body: { ok: true } },
		message: /cannot be read: it holds no task_id/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a 201 with an empty task_id',
		fault: { does: 'answer', status: 201, body: { task_id: '' } },
		message: /it holds no task_id/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a 201 that is not JSON',
		fault: { does: 'answer', status: 201, body: 'task created' },
		message: /cannot be read \(HTTP 201\): it is not JSON/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'an empty 201',
		fault: { does: 'answer', status: 201 },
		message: /cannot be read: it holds no task_id/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'a lost connection',
		fault: { does: 'reset' },
		message: /The connection to Gcore was lost before it answered/,
		advice: MAY_EXIST,
		isLost: true,
	},
	{
		what: 'silence',
		fault: { does: 'silence' },
		message: /did not answer in time/,
		advice: /Gcore may have created.*raise 'Request Timeout \(Seconds\)' under Options/,
		isLost: true,
	},
];

describe('errors by what happened', () => {
	const inject = (fault: Fault | undefined) => {
		if (fault) stage().inject({ ...fault, on: isPost, times: Infinity });
	};

	test.each(FAILURES)('$what', async ({ fault, key = KEYS.valid, message, advice, isLost }) => {
		inject(fault);
		const credential = { apiKey: key, baseUrl: stage().url };
		const { error } = await create({}, { credential });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
		expect(posts()).toHaveLength(isLost ? 3 : 1);
	});

	test.each(FAILURES)('$what, with Continue On Fail', async ({ fault, key, message, advice }) => {
		inject(fault);
		const credential = { apiKey: key ?? KEYS.valid, baseUrl: stage().url };
		const { json } = await create({}, { credential, settings: CONTINUE });
		expect(json).toEqual([
			{ error: expect.stringMatching(message), message: expect.stringMatching(advice) },
		]);
	});

	test('no connection', async () => {
		const credential = { apiKey: KEYS.valid, baseUrl: 'http://127.0.0.1:1' };
		const startedAt = Date.now();
		const { error } = await create({}, { credential });
		expect(error?.message).toBe('Gcore could not be reached [item 0]');
		expect(error?.description).toMatch(/Check the Base URL .* Nothing was sent\.$/);
		// 3 seconds for the list of tasks, and 3 for the task
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(6_000);
		expect(Date.now() - startedAt).toBeLessThan(8_000);
	});

	test('no connection, with Reuse Existing Task: only the list is asked for', async () => {
		const credential = { apiKey: KEYS.valid, baseUrl: 'http://127.0.0.1:1' };
		const startedAt = Date.now();
		const { error } = await create({ options: { reuseExistingTask: true } }, { credential });
		expect(error?.message).toContain('Gcore could not be reached');
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(3_000);
		expect(Date.now() - startedAt).toBeLessThan(6_000);
	});

	test('a run that ends early sends nothing more, and reports which tasks exist', async () => {
		const isBad = ({ body }: RecordedRequest) => JSON.stringify(body ?? '').includes('bad');
		stage().options.queueLimit = 1000;
		stage().inject({ does: 'answer', status: 400, on: isBad });
		stage().inject({ does: 'delay', ms: 50, times: Infinity, on: isPost });
		const items = Array.from({ length: 300 }, (_, i) => ({ name: i === 25 ? 'bad' : `v${i}` }));
		const url = '=https://example.com/{{ $json.name }}.mp4';
		const { error } = await create({ url }, { items });
		expect(error?.message).toMatch(/refused the request \(HTTP 400\) \[item 25\]$/);
		const created = stage().tasks.map(({ id }) => id);
		expect(created.length).toBeGreaterThanOrEqual(25);
		expect(created.length).toBeLessThan(100);
		const told = error?.context?.['createdTaskIds'] as string[];
		expect([...told].sort()).toEqual([...created].sort());
		expect(error?.description).toContain(
			`${created.length} tasks were created before it: their IDs are in the error details.`,
		);
		for (const id of told) expect(error?.description).not.toContain(id);
	});
});

test('the key is nowhere in a run, whatever Gcore answers', async () => {
	const echo = { error: `Bad header: APIKey ${KEYS.valid}` };
	const settings = { onError: 'continueRegularOutput' as const };
	const faults: Fault[] = FAILURES.flatMap(({ fault }) => fault ?? []);
	for (const status of [400, 401, 403, 429, 500]) {
		faults.push({ does: 'answer', status, body: echo });
	}
	for (const mode of [{}, { settings }]) {
		for (const fault of faults) {
			stage().inject({ ...fault, times: Infinity });
			const result: GcoreResult = await create({}, mode);
			expect(stringify(result.run)).not.toContain(KEYS.valid);
			expect(stringify({ ...result.error })).not.toContain(KEYS.valid);
		}
	}
});
