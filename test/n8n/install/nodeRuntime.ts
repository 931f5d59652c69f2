/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds a Node.js for tests, not part of the package */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { cached } from './cache';
import { checkRegistry, npm } from './npm';
import { withProgress } from './progress';
import { SetupError } from './setupError';

/** n8n 2.36 and newer need at least 24, n8n 1.123 at most 24. */
export const NODE_MAJOR = 24;

const NODE_VERSION = '24.21.0';

/** The platforms for which npm has a whole Node.js, as the package `node-<platform>`. */
const PLATFORMS: readonly string[] = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];

/** This machine's platform, such as `linux-x64`. */
export const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * An environment in which `node` can run n8n: the Node.js of this process if it fits, else one that is
 * downloaded from npm.
 *
 * @throws SetupError if npm has no Node.js for this platform
 */
export async function nodeEnvironment(): Promise<{ PATH: string; npm_config_nodedir?: string }> {
	const home = await nodeHome();
	const PATH = [join(home, 'bin'), process.env['PATH']].join(delimiter);
	const hasHeaders = existsSync(join(home, 'include', 'node', 'node.h'));
	// With the headers at hand, native add-ons are built without a download
	return { PATH, ...(hasHeaders && { npm_config_nodedir: home }) };
}

/** The folder that has `bin/node`. */
async function nodeHome(): Promise<string> {
	if (!PLATFORMS.includes(PLATFORM)) {
		throw new SetupError(
			`n8n can be started on ${PLATFORMS.join(', ')}, but not on ${PLATFORM}. On Windows use WSL: https://learn.microsoft.com/windows/wsl/install`,
		);
	}
	if (process.versions.node.startsWith(`${NODE_MAJOR}.`)) return dirname(dirname(process.execPath));
	const name = `node-${PLATFORM}`;
	const folder = await cached(`node-${NODE_VERSION}-${PLATFORM}`, async (empty) => {
		await writeFile(join(empty, 'package.json'), '{ "private": true }');
		await checkRegistry(empty, process.env);
		await withProgress(`Downloading Node.js ${NODE_VERSION} for n8n (once)`, () =>
			npm(empty, ['install', '--ignore-scripts', `${name}@${NODE_VERSION}`], process.env),
		);
	});
	return join(folder, 'node_modules', name);
}
