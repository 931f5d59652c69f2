/* eslint-disable @n8n/community-nodes/no-restricted-imports -- installs n8n for tests, not part of the package */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import envPaths from 'env-paths';

import { SetupError } from './setupError';

const CACHE = envPaths('n8n-nodes-gcore', { suffix: '' }).cache;

/** An installed n8n takes 3.1 GB, and npm's own cache grows with it. */
const NEEDED_GB = 4;

/**
 * A folder of the user's cache that is filled once and shared by all later runs.
 *
 * It is filled under a temporary name and then renamed: the remains of an interrupted run are never
 * used, and of two runs at once the slower one uses the folder of the faster one.
 *
 * @param name must differ if the contents do
 * @param fill puts the contents into the folder that it is given
 * @returns the folder
 * @throws SetupError if the disk is too full
 */
export async function cached(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const target = join(CACHE, name);
	if (existsSync(target)) return target;
	await mkdir(CACHE, { recursive: true });
	await checkDisk();
	const folder = await mkdtemp(`${target}.part-`);
	try {
		await fill(folder);
		await rename(folder, target).catch((error: unknown) => {
			if (!existsSync(target)) throw error;
		});
		return target;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function checkDisk(): Promise<void> {
	const { bavail, bsize } = await statfs(CACHE);
	const freeGb = (bavail * bsize) / 1e9;
	if (freeGb >= NEEDED_GB) return;
	throw new SetupError(
		`n8n needs ${NEEDED_GB} GB of disk, once, and ${CACHE} has ${freeGb.toFixed(1)} GB left. Free some space, or set XDG_CACHE_HOME to a folder on a larger disk (Linux), then run this again.`,
	);
}
