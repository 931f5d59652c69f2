/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- measures for a benchmark, not part of the package */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { nodeEnvironment } from '../n8n/nodeRuntime';
import { packPackage } from '../n8n/pack';
import { spread } from './median';
import type { Row } from './table';

const execute = promisify(execFile);

/** Where the compiled nodes find `n8n-workflow`, which n8n gives them. */
const NODE_MODULES = join(__dirname, '..', '..', 'node_modules');

/** The packed package: how long its nodes take to load, and how large it is. */
export async function packed(runs: number): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		const tarball = await packPackage(folder);
		const unpacked = join(folder, 'package');
		await mkdir(unpacked);
		await execute('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
		const loads: number[] = [];
		for (let run = 0; run < runs; run++) loads.push(await loadMs(unpacked));
		return [
			{ what: 'the packed nodes and credentials: time to load', gcore: spread(loads, ' ms', 1) },
			{
				what: 'the tarball: packed, unpacked',
				gcore: `${kB((await stat(tarball)).size)}, ${kB(await sizeOf(unpacked))}`,
			},
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function loadMs(packageFolder: string): Promise<number> {
	const { PATH } = await nodeEnvironment();
	const { stdout } = await execute('node', [join(__dirname, 'loadNodes.cjs'), packageFolder], {
		env: { PATH, NODE_PATH: NODE_MODULES },
	});
	return Number(stdout);
}

async function sizeOf(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const sizes = await Promise.all(
		files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

function kB(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}
