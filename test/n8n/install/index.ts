/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- installs n8n for tests, not part of the package */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Command } from '../process/guarded';
import { cached } from './cache';
import { NODE_MAJOR, nodeEnvironment, PLATFORM } from './nodeRuntime';
import { checkRegistry, npm } from './npm';
import { withProgress } from './progress';
import { SetupError } from './setupError';

const VERSIONS_FOLDER = join(__dirname, '..', 'versions');

/** The files that `npm ci` needs. */
const MANIFESTS = ['package.json', 'package-lock.json'] as const;

/** The dependencies of n8n that must be built; the build scripts of all others are skipped. */
const NATIVE_ADDONS = ['sqlite3', 'isolated-vm'];

/** An n8n that is ready to run. */
export interface InstalledN8n {
	/**
	 * The command that runs it.
	 *
	 * @param folder its user folder
	 * @param args n8n's own
	 * @param settings all of its environment variables except those of its installation
	 */
	commandOf(
		folder: string,
		args: readonly string[],
		settings: Readonly<Record<string, string>>,
	): Command;
	/** The environment in which npm installs packages for it. */
	npmEnv: NodeJS.ProcessEnv;
}

/**
 * Makes sure that an n8n, and a Node.js that can run it, are installed in the user's cache folder.
 * The first install takes minutes and shows its progress on standard error.
 *
 * @param version one of the folders of `versions/`
 * @throws SetupError if this machine cannot install it, with what to do
 */
export async function installN8n(version: string): Promise<InstalledN8n> {
	const manifests = join(VERSIONS_FOLDER, version);
	if (!existsSync(manifests)) {
		const versions = readdirSync(VERSIONS_FOLDER).join(' or ');
		throw new SetupError(`N8N_VERSION is "${version}". Set it to ${versions}.`);
	}
	const nodeEnv = await nodeEnvironment();
	const lock = await readFile(join(manifests, 'package-lock.json'));
	const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const folder = await cached(`n8n-${version}-${key}-${PLATFORM}-node${NODE_MAJOR}`, (empty) =>
		install(version, empty, { ...process.env, ...nodeEnv }),
	);
	const script = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	// Its PATH leads to a Node.js that can run n8n
	const { PATH } = nodeEnv;
	return {
		npmEnv: { ...process.env, PATH },
		commandOf: (userFolder, args, settings) => ({
			folder: userFolder,
			command: 'node',
			args: [script, ...args],
			// Without the environment of this process, which may have an API key or settings of another n8n
			env: { PATH, ...settings },
		}),
	};
}

async function install(version: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
	for (const name of MANIFESTS) {
		await copyFile(join(VERSIONS_FOLDER, version, name), join(folder, name));
	}
	await checkRegistry(folder, env);
	await withProgress(`n8n ${version}, once: downloading 3 GB, 3 to 10 minutes`, () =>
		npm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], env),
	);
	await withProgress(`n8n ${version}, once: building its native add-ons, 1 to 3 minutes`, () =>
		npm(folder, ['rebuild', '--ignore-scripts=false', ...NATIVE_ADDONS], env),
	);
}
