/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- packs the package, not part of it */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { unpackPackage } from '../n8n';

const ROOT = join(__dirname, '..', '..');

/** npm runs these on the machine of whoever installs the package. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

/** The files of a folder and the folders in it, by their paths. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

/** What is built from the sources: each file in its place, TypeScript as JavaScript. */
function builtFiles(): string[] {
	return ['credentials', 'icons', 'nodes'].flatMap((folder) =>
		filesIn(join(ROOT, folder)).map((file) => `dist/${folder}/${file.replace(/\.ts$/, '.js')}`),
	);
}

function readJson(file: string): IDataObject {
	return JSON.parse(readFileSync(file, 'utf8')) as IDataObject;
}

describe('the packed package', () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-gcore-'));
	let unpacked = '';
	let manifest: IDataObject;

	beforeAll(async () => {
		unpacked = (await unpackPackage(folder)).packageFolder;
		manifest = readJson(join(unpacked, 'package.json'));
	}, 120_000);

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test('holds what is built from the sources, and what npm adds', () => {
		expect(filesIn(unpacked).sort()).toEqual(
			['LICENSE.md', 'README.md', 'package.json', ...builtFiles()].sort(),
		);
	});

	test('has the nodes and the credential that its package.json lists', () => {
		const { n8nNodesApiVersion, nodes, credentials } = manifest['n8n'] as IDataObject;
		expect(n8nNodesApiVersion).toBe(1);
		const told = [nodes, credentials].flat() as string[];
		expect(told.sort()).toEqual(
			filesIn(unpacked)
				.filter((file) => /\.(node|credentials)\.js$/.test(file))
				.sort(),
		);
	});

	test('is a package that n8n finds', () => {
		expect(manifest).toMatchObject({
			name: expect.stringMatching(/^n8n-nodes-/) as string,
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']) as string[],
			repository: { type: 'git', url: expect.stringMatching(/^git\+https:\/\//) as string },
		});
	});

	test('brings nothing that could be audited, and needs n8n alone', () => {
		const dependencies = Object.keys(manifest).filter((field) => /dependencies/i.test(field));
		expect(dependencies.sort()).toEqual(['devDependencies', 'peerDependencies']);
		expect(manifest['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
		const { packages } = readJson(join(ROOT, 'package-lock.json'));
		const [, ...locked] = Object.entries(packages as Record<string, object>);
		expect(locked.filter(([, entry]) => !('dev' in entry))).toEqual([]);
	});

	test('runs nothing when it is installed', () => {
		const scripts = Object.keys(manifest['scripts'] as IDataObject);
		expect(scripts.filter((name) => INSTALL_SCRIPTS.includes(name))).toEqual([]);
		// npm builds a package that has a binding.gyp, without a script
		expect(existsSync(join(unpacked, 'binding.gyp'))).toBe(false);
	});
});
