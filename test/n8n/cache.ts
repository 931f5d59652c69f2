/* eslint-disable @n8n/community-nodes/no-restricted-imports -- installs n8n for tests, not part of the package */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import envPaths from 'env-paths';

import { SetupError } from './setupError';

const CACHE = envPaths('n8n-nodes-gcore', { suffix: '' }).cache;

/** An installed n8n takes 3.1 GB; npm's own cache grows with it. */
const NEEDED_GB = 4;

/**
 * A folder of the user's cache, filled once and then shared by every later run.
 *
 * It is filled under another name and then renamed, so that what an interrupted run leaves is
 * never used, and of two runs at once the slower one takes the faster one's.
 *
 * @param name says all that the contents depend on
 * @param fill puts the contents into the folder that it is given
 * @returns the folder
 * @throws SetupError where the disk has too little room
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
