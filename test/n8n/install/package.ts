/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- packs the package for tests, not part of it */
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { InstalledN8n } from '.';
import { npm } from './npm';

const execute = promisify(execFile);

const ROOT = join(__dirname, '..', '..', '..');

/**
 * Builds the package and packs it as it would be published.
 *
 * @param folder for the tarball; must not have one yet
 * @returns the path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
	await execute('npm', ['run', 'build'], { cwd: ROOT });
	await execute('npm', ['pack', '--pack-destination', folder], { cwd: ROOT });
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
	return join(folder, tarball);
}

/**
 * Builds the package, packs it and unpacks the tarball.
 *
 * @param folder for the tarball and the package; must be empty
 * @returns the path of the tarball and the folder of the package
 */
export async function unpackPackage(
	folder: string,
): Promise<{ tarball: string; packageFolder: string }> {
	const tarball = await packPackage(folder);
	const packageFolder = join(folder, 'package');
	await mkdir(packageFolder);
	await execute('tar', ['-xzf', tarball, '-C', packageFolder, '--strip-components=1']);
	return { tarball, packageFolder };
}

/** Builds and packs the package, and installs the tarball as n8n installs a community package. */
export async function installPackage(userFolder: string, n8n: InstalledN8n): Promise<void> {
	const packages = packagesFolder(userFolder);
	await mkdir(packages, { recursive: true });
	const tarball = await packPackage(userFolder);
	// n8n provides the peer dependency, and there is no other dependency: nothing is downloaded
	const flags = ['--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await npm(packages, ['install', ...flags, tarball], n8n.npmEnv);
}

/** The folder whose `node_modules` n8n loads community packages from. */
export function packagesFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}
