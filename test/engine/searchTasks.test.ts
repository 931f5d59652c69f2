import { additionalData } from './engine';

import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INode, INodeType, INodeTypes } from 'n8n-workflow';

import { Gcore } from '../../nodes/Gcore/Gcore.node';
import { KEYS } from '../simulator';
import type { Task } from '../simulator/task';
import { setStage } from './stage';

const simulator = setStage();

const HOUR = 3_600_000;

const gcore = new Gcore();

const nodeTypes: INodeTypes = {
	getByName: () => gcore as INodeType,
	getByNameAndVersion: () => gcore as INodeType,
	getKnownTypes: () => ({}),
};

/** Asks for the list of the Task ID field, or of another one, as the editor does. */
async function search(
	parameters: INode['parameters'],
	filter?: string,
	token?: string,
	apiKey = KEYS.valid,
	method: 'searchTasks' | 'searchVideos' = 'searchTasks',
) {
	const node: INode = {
		id: '1',
		name: 'Gcore',
		type: 'n8n-nodes-gcore.gcore',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'transcriptionTask', ...parameters },
		credentials: { gcoreApi: { id: '1', name: 'Gcore API' } },
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const credential = { apiKey, baseUrl: simulator().url };
	const context = new LoadOptionsContext(
		workflow,
		node,
		{
			...additionalData(credential),
			currentNodeParameters: node.parameters,
		},
		'',
	);
	const listed = await gcore.methods.listSearch[method].call(
		context as unknown as ILoadOptionsFunctions,
		filter,
		token,
	);
	return { ...listed, names: listed.results.map(({ name }) => name) };
}

const add = (name: string, hoursAgo: number, details: Partial<Task> = {}, request = {}) =>
	simulator().add({
		createdAt: Date.now() - hoursAgo * HOUR,
		durationMs: 1,
		request: { task_name: 'transcription', url: `https://example.com/${name}.mp4`, ...request },
		...details,
	});

test('names a task by its video, language, status and age, newest first', async () => {
	add('old', 50, {}, { subtitles_language: 'ger' });
	const task = add('my%20talk', 2.5, {}, { audio_language: 'eng' });
	const { results } = await search({ operation: 'get' });
	expect(results).toEqual([
		{ name: 'my talk.mp4 · English · succeeded · 2 hours ago', value: task.id },
		{ name: 'old.mp4 · German · succeeded · 2 days ago', value: expect.any(String) },
	]);
});

test('searches what a person types, and reads page by page', async () => {
	for (let index = 0; index < 35; index++) add(`lesson-${index}`, index + 1);
	add('other', 1);
	const first = await search({ operation: 'get' }, 'lesson');
	expect(first.names).toHaveLength(30);
	const second = await search({ operation: 'get' }, 'lesson', String(first.paginationToken));
	expect(second.names).toHaveLength(5);
	expect(second.paginationToken).toBeUndefined();
});

describe('lists the tasks that suit the operation', () => {
	beforeEach(() => {
		add('failure', 3);
		add('done', 2);
		add('running', 1, { durationMs: 10 * HOUR });
	});

	test.each([
		['get', {}, ['running', 'done', 'failure']],
		['getSubtitles', {}, ['done']],
		['getSubtitles', { waitForCompletion: true }, ['running', 'done', 'failure']],
		['cancel', {}, ['running']],
	])('%s with %j', async (operation, parameters, expected) => {
		const { names } = await search({ operation, ...parameters });
		expect(names.map((name) => name.split('.')[0])).toEqual(expected);
	});

	test('looks further if a page has none: an empty list does not scroll', async () => {
		for (let index = 0; index < 70; index++) add(`newer-${index}`, 0.5);
		const { names } = await search({ operation: 'cancel' });
		expect(names).toEqual([expect.stringMatching(/^running/)]);
	});
});

test('looks through ten more pages at most, and goes on from there when a person scrolls', async () => {
	for (let index = 0; index < 12 * 30; index++) add(`done-${index}`, 1);
	add('running', 20, { durationMs: 100 * HOUR });
	const { names, paginationToken } = await search({ operation: 'cancel' });
	expect(names).toEqual([]);
	expect(simulator().requests).toHaveLength(11);
	const { names: next } = await search({ operation: 'cancel' }, undefined, String(paginationToken));
	expect(next).toEqual([expect.stringMatching(/^running/)]);
});

test.each(['searchTasks', 'searchVideos'] as const)(
	'%s says after 20 seconds of refusals that Gcore has too many requests',
	async (method) => {
		simulator().inject({ does: 'answer', status: 429, times: Infinity });
		const startedAt = Date.now();
		const list = search({ operation: 'get' }, undefined, undefined, KEYS.valid, method);
		await expect(list).rejects.toThrow(/too many came at once/);
		expect(Date.now() - startedAt).toBeGreaterThan(19_000);
		expect(Date.now() - startedAt).toBeLessThan(21_000);
	},
);

test.each(['searchTasks', 'searchVideos'] as const)(
	'%s says after two times 20 seconds of silence that Gcore does not answer',
	async (method) => {
		simulator().inject({ does: 'silence', times: Infinity });
		const startedAt = Date.now();
		const list = search({ operation: 'get' }, undefined, undefined, KEYS.valid, method);
		await expect(list).rejects.toThrow(/did not answer in time/);
		expect(Date.now() - startedAt).toBeGreaterThan(39_000);
		expect(Date.now() - startedAt).toBeLessThan(42_000);
	},
);

test('says in its message what to do about a wrong key', async () => {
	await expect(search({ operation: 'get' }, undefined, undefined, 'wrong')).rejects.toThrow(
		/does not accept the API key.*Check the API Key in the Gcore API credential/,
	);
});

describe('the list of hosted videos', () => {
	const searchVideos = async (filter?: string, token?: string, apiKey = KEYS.valid) =>
		await search({ resource: 'video', operation: 'get' }, filter, token, apiKey, 'searchVideos');

	test('names a video by its name, length, status and day, newest first', async () => {
		const createdAt = Date.parse('2026-11-20T23:00:00Z');
		simulator().addVideo({ id: 1, name: 'Talk', createdAt });
		const failure = { status: 'viewable' as const, error: 'The storage limit has been exceeded' };
		simulator().addVideo({ id: 2, name: 'Bad', createdAt, failure });
		simulator().addVideo({ id: 3, name: 'New', createdAt, uploadedAt: undefined });
		expect((await searchVideos()).results).toEqual([
			{ name: 'New · empty · 2026-11-20', value: '3' },
			{ name: 'Bad · 1 min · failed · 2026-11-20', value: '2' },
			{ name: 'Talk · 1 min · ready · 2026-11-20', value: '1' },
		]);
	});

	test('searches what a person types, and reads 25 a page', async () => {
		simulator().options.videoPageSizeLimit = 100;
		for (let index = 0; index < 35; index++) simulator().addVideo({ name: `lesson-${index}` });
		simulator().addVideo({ name: 'other' });
		const first = await searchVideos('lesson');
		expect(first.names).toHaveLength(25);
		const second = await searchVideos('lesson', String(first.paginationToken));
		expect(second.names).toHaveLength(10);
		const last = await searchVideos('lesson', String(second.paginationToken));
		expect([last.names, last.paginationToken]).toEqual([[], undefined]);
	});

	test.each([
		[{ status: 401 }, /does not accept the API key.*Check the API Key in the Gcore API/],
		[{ status: 503 }, /internal problem.*Try again in a few minutes/],
		[{ status: 200, body: {} }, /cannot be read: it is not a list\. Try again/],
	])('says in its message what to do: %j', async (answer, message) => {
		simulator().inject({ does: 'answer', ...answer, times: Infinity });
		await expect(searchVideos()).rejects.toThrow(message);
	});
});

test.each(['add', 'getSubtitles'])(
	'%s is offered tasks that succeeded alone',
	async (operation) => {
		add('good', 1);
		add('failure', 1);
		add('running', 1, { durationMs: 9 * HOUR });
		expect((await search({ operation })).names).toEqual([expect.stringMatching(/^good\.mp4/)]);
	},
);
