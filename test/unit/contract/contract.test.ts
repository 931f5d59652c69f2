/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads and writes the contracts, not part of the package */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { GcoreApi } from '../../../credentials/GcoreApi.credentials';
import { Gcore } from '../../../nodes/Gcore/Gcore.node';
import { GcoreTrigger } from '../../../nodes/GcoreTrigger/GcoreTrigger.node';
import { breaksOf } from './breaks';
import { contractOfCredential, contractsOfNode } from './contract';
import type { Contract } from './contract';

/** One file for each released version of a node, and one for a credential. */
const FOLDER = join(__dirname, 'versions');

/** Set by `npm run contract`. */
const IS_UPDATE = process.env['UPDATE_CONTRACT'] !== undefined;

const TODAY = {
	...contractsOfNode(new Gcore()),
	...contractsOfNode(new GcoreTrigger()),
	...contractOfCredential(new GcoreApi()),
};

const WHAT_TO_DO = `Workflows that people have saved would break. Undo the change, or make it in a new version of the node:
1. In the node's description: "version: [1, 2], defaultVersion: 2". Saved workflows keep the version that they have.
2. Give what version 2 does not have "displayOptions: { show: { '@version': [1] } }", and what only version 2 has "'@version': [2]".
3. Where execute() or poll() must know: "this.getNode().typeVersion".
4. "npm run contract" writes a file for the new version. Commit it.
A credential has no versions: keep its fields, or add a second credential type.
Was this version never released? Then delete its file and run "npm run contract".`;

function readContract(file: string): Contract | undefined {
	const path = join(FOLDER, file);
	return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Contract) : undefined;
}

describe('workflows that people have saved', () => {
	test.each(readdirSync(FOLDER))('go on working: %s', (file) => {
		const breaks = breaksOf(readContract(file)!, TODAY[file]);
		if (breaks.length > 0) throw new Error([...breaks, WHAT_TO_DO].join('\n'));
	});

	test.each(Object.entries(TODAY))('are promised what there is today: %s', (file, today) => {
		const promised = readContract(file);
		const isTold = promised !== undefined && breaksOf(promised, today).length > 0;
		if (isTold || isDeepStrictEqual(promised, today)) return;
		if (!IS_UPDATE) {
			throw new Error(`${file} is not as the code is: "npm run contract" writes it. Commit it.`);
		}
		writeFileSync(join(FOLDER, file), JSON.stringify(today, null, '\t'));
	});
});

describe('a change that breaks saved workflows is reported', () => {
	const was = contractsOfNode(new Gcore())['gcore.v1.json']!;

	/** The contract of a node with one thing changed. */
	function contractWith(change: (description: INodeTypeDescription) => void): Contract | undefined {
		const node = new Gcore();
		const description = structuredClone(node.description);
		change(description);
		return contractsOfNode({ ...node, description })['gcore.v1.json'];
	}

	const named = (properties: INodeProperties[], name: string) =>
		properties.find((property) => property.name === name)!;
	const optionsOf = ({ options }: INodeProperties) => options as INodeProperties[];
	const added = (details: Partial<INodeProperties>): INodeProperties => ({
		displayName: 'Added',
		name: 'added',
		type: 'string',
		default: '',
		displayOptions: { show: { resource: ['transcriptionTask'], operation: ['create'] } },
		...details,
	});

	test.each<[string, (properties: INodeProperties[]) => void]>([
		[
			'transcriptionTask.create.audioLanguage is gone.',
			(properties) => (named(properties, 'audioLanguage').name = 'spokenLanguage'),
		],
		[
			'transcriptionTask.create.options.requestTimeout is gone.',
			(properties) => {
				const options = optionsOf(named(properties, 'options'));
				options.splice(options.indexOf(named(options, 'requestTimeout')), 1);
			},
		],
		[
			'transcriptionTask.operation has lost "cancel".',
			(properties) => optionsOf(named(properties, 'operation')).shift(),
		],
		[
			'transcriptionTask.create.waitForCompletion had the default false, and has true: n8n saves no value that is the default.',
			(properties) => (named(properties, 'waitForCompletion').default = true),
		],
		[
			'transcriptionTask.create.url was of type string, and is json.',
			(properties) => (named(properties, 'url').type = 'json'),
		],
		[
			'transcriptionTask.create.audioLanguage was not required.',
			(properties) => (named(properties, 'audioLanguage').required = true),
		],
		[
			'transcriptionTask.create.url took expressions, and refuses them.',
			(properties) => (named(properties, 'url').noDataExpression = true),
		],
		[
			'transcriptionTask.create.url was no list.',
			(properties) => (named(properties, 'url').typeOptions = { multipleValues: true }),
		],
		[
			'transcriptionTask.create.url is hidden where it was shown.',
			(properties) => (named(properties, 'url').displayOptions!.show!['audioLanguage'] = ['eng']),
		],
		[
			'transcriptionTask.create.formats is hidden where it was shown.',
			(properties) => (named(properties, 'formats').displayOptions!.hide = { url: [''] }),
		],
		[
			'transcriptionTask.create.added is new, required and empty: saved workflows have no value for it.',
			(properties) => properties.push(added({ required: true })),
		],
	])('%s', (what, change) => {
		expect(
			breaksOf(
				was,
				contractWith(({ properties }) => change(properties)),
			),
		).toEqual([what]);
	});

	test.each<[string, (description: INodeTypeDescription) => void]>([
		["The node's outputs changed.", (description) => (description.outputs = ['main', 'main'])],
		["The node's usableAsTool changed.", (description) => delete description.usableAsTool],
		['It is gone.', (description) => (description.version = 2)],
	])('%s', (what, change) => {
		expect(breaksOf(was, contractWith(change))).toEqual([what]);
	});

	test.each<[string, (properties: INodeProperties[]) => void]>([
		['a parameter', (properties) => properties.push(added({}))],
		[
			'a required one with a value',
			(properties) => properties.push(added({ required: true, default: 'a' })),
		],
		[
			'a required one of a new operation',
			(properties) =>
				properties.push(
					added({
						required: true,
						displayOptions: { show: { resource: ['transcriptionTask'], operation: ['new'] } },
					}),
				),
		],
		[
			'a required option in a collection',
			(properties) => optionsOf(named(properties, 'options')).push(added({ required: true })),
		],
		[
			'a value of a dropdown',
			(properties) =>
				optionsOf(named(properties, 'formats')).push({ name: 'A', value: 'a' } as never),
		],
		[
			'more places where one is shown',
			(properties) =>
				delete named(properties, 'formats').displayOptions!.show!['waitForCompletion'],
		],
		['another label', (properties) => (named(properties, 'url').displayName = 'URL of the Video')],
	])('what is added breaks nothing: %s', (_, change) => {
		const is = contractWith(({ properties }) => change(properties));
		expect(breaksOf(was, is)).toEqual([]);
	});

	test('a new version may differ if the old one stays as it was', () => {
		const node = new Gcore();
		const { properties } = node.description;
		const url = named(properties, 'url');
		const { displayOptions } = url;
		const only = (version: number) => ({
			show: { ...displayOptions?.show, '@version': [version] },
		});
		const description = {
			...node.description,
			version: [1, 2],
			properties: [
				...properties.filter((property) => property !== url),
				{ ...url, displayOptions: only(1) },
				{ ...url, name: 'videoUrl', displayOptions: only(2) },
			],
		};
		const contracts = contractsOfNode({ ...node, description });
		expect(breaksOf(was, contracts['gcore.v1.json'])).toEqual([]);
		expect(breaksOf(was, contracts['gcore.v2.json'])).toEqual([
			'transcriptionTask.create.url is gone.',
			expect.stringMatching(/^transcriptionTask.create.videoUrl is new/),
		]);
	});
});
