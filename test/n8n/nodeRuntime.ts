/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds a Node.js for tests, not part of the package */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { cached } from './cache';
import { checkRegistry, npm } from './npm';
import { withProgress } from './progress';
import { SetupError } from './setupError';

/** n8n 2.36 and newer ask for 24 at least, n8n 1.123 for 24 at most. */
export const NODE_MAJOR = 24;

const NODE_VERSION = '24.21.0';

/** The platforms that npm has a whole Node.js for, as `node-<platform>`. */
const PLATFORMS: readonly string[] = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];

/** This machine's platform, such as `linux-x64`. */
export const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * The environment in which `node` is one that runs n8n: ours where it fits, else one that npm has.
 *
 * @throws SetupError where npm has none for this platform
 */
export async function nodeEnvironment(): Promise<{ PATH: string; npm_config_nodedir?: string }> {
	const home = await nodeHome();
	const PATH = [join(home, 'bin'), process.env['PATH']].join(delimiter);
	const hasHeaders = existsSync(join(home, 'include', 'node', 'node.h'));
	// With its own headers at hand a native add-on builds without a download
	return { PATH, ...(hasHeaders && { npm_config_nodedir: home }) };
}

/** The folder above `bin/node`. */
async function nodeHome(): Promise<string> {
	if (!PLATFORMS.includes(PLATFORM)) {
		throw new SetupError(
			`This runs on ${PLATFORMS.join(', ')}, and not on ${PLATFORM}. On Windows use WSL: https://learn.microsoft.com/windows/wsl/install`,
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
