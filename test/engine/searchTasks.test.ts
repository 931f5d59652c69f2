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

/** Asks for the list of the Task ID field, as the editor does. */
async function search(
	parameters: INode['parameters'],
	filter?: string,
	token?: string,
	apiKey = KEYS.valid,
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
	const listed = await gcore.methods.listSearch.searchTasks.call(
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

test('says in its message what to do about a wrong key', async () => {
	await expect(search({ operation: 'get' }, undefined, undefined, 'wrong')).rejects.toThrow(
		/does not accept the API key.*Check the API Key in the Gcore API credential/,
	);
});
