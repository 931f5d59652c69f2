/* eslint-disable @n8n/community-nodes/no-restricted-imports -- installs packages for a benchmark, not part of the package */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { gcore } from './subjects';
import type { Subject } from './subjects';

const PACKAGE = 'n8n-nodes-gcore';

/** The sizes of the pool among which the one of the package was chosen. */
export const POOL_SIZES = [1, 5, 10, 25, 50, 64];

/** The Gcore node with a pool of another size. */
export function gcoreWithPool(size: number): Subject {
	return gcore({}, packageOf(size));
}

/**
 * Installs a copy of the package for each size of the pool, beside the package: the size is a
 * constant of its code, and no setting.
 *
 * @param nodeModules the folder that n8n loads community packages from
 */
export async function installPoolSizes(nodeModules: string): Promise<void> {
	for (const size of POOL_SIZES) {
		const folder = join(nodeModules, packageOf(size));
		await cp(join(nodeModules, PACKAGE), folder, { recursive: true });
		// The credential stays the package's own
		await replaceOnce(
			join(folder, 'package.json'),
			/"credentials": \[[^\]]*\]/,
			'"credentials": []',
		);
		await replaceOnce(
			join(folder, 'package.json'),
			`"name": "${PACKAGE}"`,
			`"name": "${packageOf(size)}"`,
		);
		await replaceOnce(
			join(folder, 'dist', 'nodes', 'shared', 'pool.js'),
			/(?<=\bPOOL_SIZE = )\d+/,
			String(size),
		);
	}
}

function packageOf(size: number): string {
	return `${PACKAGE}-pool-${size}`;
}

/** @throws Error where the file does not have it exactly once */
async function replaceOnce(file: string, what: string | RegExp, by: string): Promise<void> {
	const parts = (await readFile(file, 'utf8')).split(what);
	if (parts.length !== 2) throw new Error(`${file} does not have ${what} exactly once`);
	await writeFile(file, parts.join(by));
}
