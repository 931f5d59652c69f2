/* eslint-disable @n8n/community-nodes/no-restricted-imports -- measures for a benchmark, not part of the package */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { inUnpackedPackage } from '../plumbing/packed';
import type { Row } from '../plumbing/report';

/** How large the package is to download and on the disk. */
export async function packageSize(): Promise<Row[]> {
	return await inUnpackedPackage(async ({ tarball, packageFolder }) => [
		{
			label: 'the tarball: packed, unpacked',
			gcore: `${await kilobytesOf([tarball])}, ${await kilobytesOf(await filesIn(packageFolder))}`,
		},
	]);
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
}

async function kilobytesOf(files: readonly string[]): Promise<string> {
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
	return `${(sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(1)} kB`;
}
