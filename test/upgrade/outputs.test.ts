/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- checks out an earlier version, not part of the package */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { checkOutNodes, RELEASE_REF, savedNodes } from './savedExamples';
import { binaryOf } from '../engine/binary';
import { runGcore } from '../engine/engine';
import { setStage, VIDEO } from '../engine/stage';

const simulator = setStage();

/** Ignored by git, and inside the repository. */
const REPORTS = join(__dirname, '..', '..', 'reports');

/** Of the agent's tools the model fills in the fields, and the trigger has no input. */
const nodes = savedNodes().filter(([, { type }]) => type === 'n8n-nodes-gcore.gcore');

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
	let before: INodeType;
	let today: INodeType;

	beforeAll(async () => {
		mkdirSync(REPORTS, { recursive: true });
		folder = mkdtempSync(join(REPORTS, 'release-'));
		checkOutNodes(folder);
		const nodeIn = async (root: string) => {
			const module = (await import(join(root, 'nodes', 'Gcore', 'Gcore.node'))) as {
				Gcore: new () => INodeType;
			};
			return new module.Gcore();
		};
		before = await nodeIn(folder);
		today = await nodeIn(join(__dirname, '..', '..'));
	});

	afterAll(() => rmSync(folder, { recursive: true }));

	test.each(nodes)('%s returns all that it returned', async (_, node) => {
		expect(await run(node, today)).toMatchObject(await run(node, before));
	});
});
