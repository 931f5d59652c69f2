/* eslint-disable @n8n/community-nodes/no-restricted-imports -- files for a benchmark, not part of the package */
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Some files of one size. */
export interface FileSet {
	label: string;
	count: number;
	/** Of each file. */
	bytes: number;
}

const BLOCK_BYTES = 1024 ** 2;

/** Writes files to a folder of their own; no two of them are alike. */
export async function makeFiles({ count, bytes }: FileSet) {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-files-'));
	for (let index = 0; index < count; index++) {
		const file = await open(join(folder, `video-${index}.mp4`), 'w');
		const block = randomBytes(BLOCK_BYTES);
		for (let left = bytes; left > 0; left -= BLOCK_BYTES) {
			await file.write(block, 0, Math.min(left, BLOCK_BYTES));
		}
		await file.close();
	}
	return { folder, remove: async () => await rm(folder, { recursive: true, force: true }) };
}
