import type { INode } from 'n8n-workflow';

import { NAME_LIMIT as FILE_NAME_LIMIT } from '../../nodes/form/subtitleFields';
import { LONGEST_SECONDS } from '../../nodes/form/options';
import { LISTED_AT_MOST } from '../../nodes/Gcore/operations/nodeErrors';
import { NAME_LIMIT as SUBTITLE_NAME_LIMIT } from '../../nodes/Gcore/resources/subtitle/addFields';
import { SEARCH_LIMIT } from '../../nodes/Gcore/resources/transcriptionTask/getMany';
import { SEARCH_LIMIT as VIDEO_SEARCH_LIMIT } from '../../nodes/Gcore/resources/video/getMany';
import { TEXT_LIMIT } from '../../nodes/Gcore/resources/video/uploadFields';
import { USUAL_EFFORT, WRITE_PATIENCE_MS } from '../../nodes/shared/api/http';
import { LONGEST_PAUSE_MS } from '../../nodes/shared/api/pace';
import { runGcore } from './engine';
import { setStage, VIDEO } from './stage';

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
	['Search Text', SEARCH_LIMIT, (search) => ({ operation: 'getMany', filters: { search } })],
	[
		'Search Text',
		VIDEO_SEARCH_LIMIT,
		(search) => ({ resource: 'video', operation: 'getMany', filters: { search } }),
	],
	['Name', TEXT_LIMIT, (name) => ({ ...UPLOAD, name })],
	['Description', TEXT_LIMIT, (description) => ({ ...UPLOAD, options: { description } })],
	['Name', SUBTITLE_NAME_LIMIT, (name) => ({ ...ADD, name })],
	['File Name', FILE_NAME_LIMIT, (fileName) => ({ ...FILES, options: { fileName } })],
	['Binary Field Prefix', FILE_NAME_LIMIT, (prefix) => ({ ...FILES, options: { prefix } })],
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

test('a time-out of more than an hour is refused', async () => {
	const { error } = await run({ url: VIDEO, options: { requestTimeout: LONGEST_SECONDS + 1 } });
	expect(error?.message).toContain(`must be a number above 0 and at most ${LONGEST_SECONDS}`);
});

test('of many bad items, some are listed and the rest are counted', async () => {
	const items = Array(LISTED_AT_MOST + 5).fill({ url: 'nonsense' });
	const { error } = await run({ url: '={{ $json.url }}' }, { items });
	expect(error?.description?.match(/\[item \d+\]/g)).toHaveLength(LISTED_AT_MOST);
	expect(error?.description).toMatch(/and 5 more$/);
});

describe('refusals that pass', () => {
	test.each<[string, number, INode['parameters']]>([
		['read', USUAL_EFFORT.patienceMs, { operation: 'get', taskId: TASK_ID }],
		['write', WRITE_PATIENCE_MS, { operation: 'cancel', taskId: TASK_ID }],
		['task to create', WRITE_PATIENCE_MS, { url: VIDEO, options: { checkLanguagePair: false } }],
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

test('a read whose answers are lost is sent three times', async () => {
	simulator().inject({ does: 'reset', times: Infinity });
	await run({ operation: 'get', taskId: TASK_ID });
	expect(simulator().requests).toHaveLength(USUAL_EFFORT.tries);
});
