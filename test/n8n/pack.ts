/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- packs the package for tests, not part of it */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const ROOT = join(__dirname, '..', '..');

/**
 * Builds the package and packs it, as for publishing.
 *
 * @param folder where the tarball goes; has none yet
 * @returns the tarball's path
 */
export async function packPackage(folder: string): Promise<string> {
	const inRoot = { cwd: ROOT };
	await execute('npm', ['run', 'build'], inRoot);
	await execute('npm', ['pack', '--pack-destination', folder], inRoot);
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
	return join(folder, tarball);
}
