import { sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { LONGEST_PAUSE_MS } from '../../nodes/shared/api/pace';
import {
	LONGEST_PAUSE_MS as LONGEST_ROUND_PAUSE_MS,
	ROUND_EFFORT,
} from '../../nodes/shared/waitForGroup';
import { runGcore } from './engine';
import { PolledWorkflow } from './poll';
import { setStage, VIDEO } from './stage';

/** The numbers of docs/limits.md, written out: a limit that is changed by mistake fails here. */

const simulator = setStage();

const run = async (parameters: INode['parameters'], more = {}) =>
	await runGcore({ simulator: simulator(), parameters, ...more });

const TASK_ID = 'aafe70c6-0000-0000-0000-327b65f7670f';
const SUBTITLES = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n';
const FILES = { url: VIDEO, waitForCompletion: true };
const UPLOAD = { resource: 'video', operation: 'upload', source: 'url', url: VIDEO };
const ADD = {
	resource: 'subtitle',
	operation: 'add',
	videoId: '1',
	source: 'text',
	text: SUBTITLES,
	language: 'ger',
};

const FIELDS: Array<
	[label: string, limit: number, parameters: (text: string) => INode['parameters']]
> = [
	['Search Text', 1000, (search) => ({ operation: 'getMany', filters: { search } })],
	[
		'Search Text',
		1000,
		(search) => ({ resource: 'video', operation: 'getMany', filters: { search } }),
	],
	['Name', 1000, (name) => ({ ...UPLOAD, name })],
	['Description', 1000, (description) => ({ ...UPLOAD, options: { description } })],
	['Name', 256, (name) => ({ ...ADD, name })],
	['File Name', 150, (fileName) => ({ ...FILES, options: { fileName } })],
	['Binary Field Prefix', 150, (prefix) => ({ ...FILES, options: { prefix } })],
];

describe('a text', () => {
	test.each(FIELDS)("'%s' of more than %i characters is refused", async (label, limit, fieldOf) => {
		const { error } = await run(fieldOf('x'.repeat(limit + 1)));
		expect(error?.message).toContain(`'${label}' has ${limit + 1} characters`);
		expect(simulator().requests).toEqual([]);
	});

	test.each(FIELDS)("'%s' of %i characters is not", async (_, limit, fieldOf) => {
		simulator().addVideo();
		const { error } = await run(fieldOf('x'.repeat(limit)));
		expect(error).toBeUndefined();
	});
});

test("the trigger's 'Search Text' has at most 4,096 characters", async () => {
	const poll = async (length: number) =>
		await new PolledWorkflow(simulator(), { filters: { text: 'x'.repeat(length) } }).test();
	expect((await poll(4097)).error?.message).toContain("'Search Text' has 4097 characters");
	expect(simulator().requests).toEqual([]);
	expect((await poll(4096)).error?.message).toMatch(/^No finished task yet/);
});

test('a time-out of more than an hour is refused', async () => {
	const { error } = await run({ url: VIDEO, options: { requestTimeout: 3601 } });
	expect(error?.message).toContain('must be a number above 0 and at most 3600');
});

test('an answer that takes more than a minute counts as lost, and a read is sent again', async () => {
	const { id } = simulator().add();
	simulator().inject({ does: 'silence' });
	const startedAt = Date.now();
	const { error } = await run({ operation: 'get', taskId: id });
	expect(error).toBeUndefined();
	expect(simulator().requests).toHaveLength(2);
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(60_000);
	expect(Date.now() - startedAt).toBeLessThan(62_000);
});

test('of many bad items, some are listed and the rest are counted', async () => {
	const items = Array(25).fill({ url: 'nonsense' });
	const { error } = await run({ url: '={{ $json.url }}' }, { items });
	expect(error?.description?.match(/\[item \d+\]/g)).toHaveLength(20);
	expect(error?.description).toMatch(/and 5 more$/);
});

describe('temporary refusals', () => {
	test.each<[string, number, INode['parameters']]>([
		['read', 60_000, { operation: 'get', taskId: TASK_ID }],
		['write', 300_000, { operation: 'cancel', taskId: TASK_ID }],
		['task to create', 300_000, { url: VIDEO, options: { checkLanguagePair: false } }],
	])('of a %s are waited out for %i ms', async (_, patienceMs, parameters) => {
		simulator().inject({ does: 'answer', status: 429, times: Infinity });
		const startedAt = Date.now();
		const { error } = await run(parameters);
		expect(error?.message).toMatch(/HTTP 429/);
		const tookMs = Date.now() - startedAt;
		expect(tookMs).toBeGreaterThanOrEqual(patienceMs);
		expect(tookMs).toBeLessThan(patienceMs + 2 * LONGEST_PAUSE_MS);
	});
});

test('temporary refusals end a round of a wait, but not the wait', async () => {
	const { id } = simulator().add({ createdAt: Date.now(), durationMs: 1000 });
	simulator().inject({ does: 'answer', status: 429, times: Infinity });
	const waiting = run({ operation: 'get', taskId: id, waitForCompletion: true });
	// A read outside of a wait would have failed after a minute
	await sleep(3 * 60_000);
	simulator().clearFaults();
	const endedAt = Date.now();
	expect((await waiting).json).toMatchObject([{ status: 'SUCCESS' }]);
	expect(Date.now() - endedAt).toBeLessThan(ROUND_EFFORT.patienceMs + LONGEST_ROUND_PAUSE_MS * 1.2);
});

test('a read whose answers are lost is sent three times', async () => {
	simulator().inject({ does: 'reset', times: Infinity });
	await run({ operation: 'get', taskId: TASK_ID });
	expect(simulator().requests).toHaveLength(3);
});
