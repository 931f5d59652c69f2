/* eslint-disable @n8n/community-nodes/no-restricted-imports -- measures for a benchmark, not part of the package */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unpackPackage } from '../../n8n';

/** Builds, packs and unpacks the package in a temporary folder for some work. */
export async function inUnpackedPackage<Result>(
	work: (unpacked: { tarball: string; packageFolder: string }) => Promise<Result>,
): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		return await work(await unpackPackage(folder));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
