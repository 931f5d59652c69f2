/* eslint-disable @n8n/community-nodes/no-restricted-imports -- installs packages for a benchmark, not part of the package */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inTurn } from '../plumbing/batch';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import { gcore } from '../plumbing/subjects';
import { BATCH, timeOf } from './throughput';

const PACKAGE = 'n8n-nodes-gcore';

const SIZES = [1, 5, 10, 25, 50, 64];

/** How the size of the pool, a constant of the package, affects the time for 1,000 tasks. */
export async function poolSizes(runs: number): Promise<Row[]> {
	const subjects = Object.fromEntries(SIZES.map((size) => [size, gcore({}, packageOf(size))]));
	const batches = await onStage(async (stage) => await inTurn(stage, subjects, BATCH, runs), {
		prepare: installCopies,
	});
	return SIZES.map((size) => ({
		label: `1,000 items with a pool of ${size}: time in the node`,
		gcore: timeOf(batches[size] ?? []),
	}));
}

/** Installs a copy of the package for each size of the pool, beside the package. */
async function installCopies(nodeModules: string): Promise<void> {
	for (const size of SIZES) {
		const folder = join(nodeModules, packageOf(size));
		await cp(join(nodeModules, PACKAGE), folder, { recursive: true });
		const manifest = join(folder, 'package.json');
		await replaceOnce(manifest, `"name": "${PACKAGE}"`, `"name": "${packageOf(size)}"`);
		// All copies use the credential of the package
		await replaceOnce(manifest, /"credentials": \[[^\]]*\]/, '"credentials": []');
		const pool = join(folder, 'dist', 'nodes', 'shared', 'pool.js');
		await replaceOnce(pool, /(?<=\bPOOL_SIZE = )\d+/, String(size));
	}
}

function packageOf(size: number): string {
	return `${PACKAGE}-pool-${size}`;
}

/** @throws Error unless the file has the text exactly once */
async function replaceOnce(
	file: string,
	text: string | RegExp,
	replacement: string,
): Promise<void> {
	const parts = (await readFile(file, 'utf8')).split(text);
	if (parts.length !== 2) throw new Error(`${file} does not have ${text} exactly once`);
	await writeFile(file, parts.join(replacement));
}
