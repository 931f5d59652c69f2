/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- checks out an earlier version, not part of the package */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { checkOutNodes, RELEASE_REF, savedNodes } from './savedExamples';
import { binaryOf } from '../engine/binary';
import { runGcore } from '../engine/engine';
import { PolledWorkflow } from '../engine/poll';
import { setStage, VIDEO } from '../engine/stage';

const simulator = setStage();

/** Ignored by git, and inside the repository. */
const REPORTS = join(__dirname, '..', '..', 'reports');

const nodesOf = (type: string) =>
	savedNodes().filter(([, node]) => node.type === `n8n-nodes-gcore.${type}`);

interface NodeTypes {
	gcore: INodeType;
	trigger: INodeType;
}

/** The nodes of the code in a folder. */
async function nodeTypesIn(root: string): Promise<NodeTypes> {
	type Module<Name extends string> = Record<Name, new () => INodeType>;
	const path = (name: string) => join(root, 'nodes', name, `${name}.node`);
	const { Gcore } = (await import(path('Gcore'))) as Module<'Gcore'>;
	const { GcoreTrigger } = (await import(path('GcoreTrigger'))) as Module<'GcoreTrigger'>;
	return { gcore: new Gcore(), trigger: new GcoreTrigger() };
}

/** The types of all values in an item, by their paths, and the names of its files. */
function shapeOf({ json, binary = {} }: INodeExecutionData): Record<string, string> {
	const types = (value: unknown, path: string): Array<[string, string]> => {
		if (typeof value !== 'object' || value === null)
			return [[path, value === null ? 'null' : typeof value]];
		const entries = Array.isArray(value) ? [['0', value[0]] as const] : Object.entries(value);
		return entries.flatMap(([name, inner]) => types(inner, `${path}.${name}`));
	};
	const files = Object.keys(binary).map((name): [string, string] => [`binary.${name}`, 'file']);
	return Object.fromEntries([...types(json, 'json'), ...files]);
}

/** Polls a saved trigger after a video's automatic task and another one have ended. */
async function poll({ parameters }: INode, nodeType: INodeType) {
	simulator().reset();
	Object.assign(simulator().options, { taskDurationMs: 1, videoProcessingMs: 1 });
	const trigger = new PolledWorkflow(simulator(), parameters, {}, nodeType);
	await trigger.activate();
	const request = { auto_transcribe_audio_language: 'auto' };
	simulator().addVideo({ name: 'Talk', createdAt: Date.now(), request });
	const client_entity_data = JSON.stringify({ source: 'product-videos' });
	simulator().add({
		durationMs: 1,
		request: { task_name: 'transcription', url: VIDEO, client_entity_data },
	});
	jest.advanceTimersByTime(60_000);
	const items = (await trigger.poll()) ?? [];
	expect(items).not.toEqual([]);
	return items.map(shapeOf);
}

/** Runs a saved node for an item that has what its expressions may ask for. */
async function run({ name, parameters, onError }: INode, nodeType: INodeType) {
	simulator().reset();
	Object.assign(simulator().options, { taskDurationMs: 1, videoProcessingMs: 1 });
	const video = simulator().addVideo({ name: 'Talk' });
	const task = simulator().add({ createdAt: Date.now() - 60_000 });
	const item = {
		url: VIDEO,
		video_id: video.id,
		task_id: task.id,
		audio_language: 'eng',
		subtitles_language: 'ger',
	};
	const ofOneItem = JSON.stringify(parameters).replace(/\$\('[^']*'\)/g, '$input');
	const { outputs, error } = await runGcore({
		simulator: simulator(),
		nodeType,
		parameters: JSON.parse(ofOneItem) as INode['parameters'],
		items: [item],
		binaries: [{ Video: binaryOf('a video') }],
		...(onError && { settings: { onError } }),
	});
	if (error) throw new Error(`${name}: ${error.message}`);
	return outputs.map((items) => items.map(shapeOf));
}

describe(`the examples of ${RELEASE_REF}, run by its code and by today's`, () => {
	let folder = '';
	let before: NodeTypes;
	let today: NodeTypes;

	beforeAll(async () => {
		mkdirSync(REPORTS, { recursive: true });
		folder = mkdtempSync(join(REPORTS, 'release-'));
		checkOutNodes(folder);
		before = await nodeTypesIn(folder);
		today = await nodeTypesIn(join(__dirname, '..', '..'));
	});

	afterAll(() => rmSync(folder, { recursive: true }));

	// The model fills in the fields of an agent's tool, so its examples have no values to run with
	test.each(nodesOf('gcore'))('%s returns all that it returned', async (_, node) => {
		expect(await run(node, today.gcore)).toMatchObject(await run(node, before.gcore));
	});

	test.each(nodesOf('gcoreTrigger'))('%s returns all that it returned', async (_, node) => {
		expect(await poll(node, today.trigger)).toMatchObject(await poll(node, before.trigger));
	});
});
