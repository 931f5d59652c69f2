/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs n8n for tests, not part of the package */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import getPort from 'get-port';

import { onOutput, startGuarded } from './guarded';
import type { Command, GuardedProcess } from './guarded';
import { installN8n } from './install';
import type { InstalledN8n } from './install';
import { npm } from './npm';
import { packPackage } from './pack';
import { withProgress } from './progress';
import { settingsOf } from './settings';

/** Where every n8n listens. */
export const HOST = '127.0.0.1';

const START_TIMEOUT_MS = 120_000;
const LOOK_EVERY_MS = 250;

/** How much of its log is kept, in characters. */
const LOG_LIMIT = 20_000_000;

/** A process of n8n that has the package installed. */
export interface N8nProcess {
	/** The folder that its nodes may read and write. */
	filesFolder: string;
	/** The ID of the process that guards it, whose only child it is; another one after `restart`. */
	guardId(): number;
	/** What it has printed so far, at its most talkative level. */
	log(): string;
	/**
	 * Ends it by SIGKILL with every process that it started, and keeps its data; should we end before
	 * `restart` or `stop`, the data stays behind.
	 */
	kill(): Promise<void>;
	/** Starts it again after `kill`, at the same address and with the data it had. */
	restart(): Promise<void>;
	/** Ends it with every process that it started, and removes its data. */
	stop(): Promise<void>;
}

/** What process to start. */
export interface ProcessOptions {
	/** One of the folders of `versions/`. */
	version: string;
	/** The command of n8n with its flags: `start` for all of it, `worker` for a part of queue mode. */
	command: ['start' | 'worker', ...string[]];
	port: number;
	/** More environment variables. */
	settings: Record<string, string>;
	/**
	 * Changes what is installed, before it starts.
	 *
	 * @param nodeModules the folder that it loads community packages from
	 */
	prepare?(nodeModules: string): Promise<void>;
	isReady(): Promise<boolean>;
}

/**
 * Starts an n8n with a fresh user folder and the package built, packed and installed as a user's
 * n8n installs it. It ends with us, however we end, and leaves nothing behind.
 *
 * @returns when it is ready
 * @throws SetupError where n8n cannot be installed on this machine
 */
export async function startProcess(options: ProcessOptions): Promise<N8nProcess> {
	const n8n = await installN8n(options.version);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		await withProgress('Packing and installing this package', () => installPackage(folder, n8n));
		await options.prepare?.(join(packagesFolder(folder), 'node_modules'));
		return await withProgress(`Starting n8n ${options.version}`, () => run(n8n, folder, options));
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

/** Installs the packed package where n8n looks for community packages. */
async function installPackage(userFolder: string, n8n: InstalledN8n): Promise<void> {
	const packages = packagesFolder(userFolder);
	await mkdir(packages, { recursive: true });
	const tarball = await packPackage(userFolder);
	// n8n itself provides the peer dependency, and there is no other: nothing is downloaded
	const flags = ['--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await npm(packages, ['install', ...flags, tarball], { ...process.env, ...n8n.env });
}

function packagesFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}

async function run(
	{ script, env }: InstalledN8n,
	folder: string,
	{ version, command, port, settings, isReady }: ProcessOptions,
): Promise<N8nProcess> {
	const brokerPort = await getPort({ host: HOST });
	const filesFolder = join(folder, 'files');
	await mkdir(filesFolder);
	const place = { userFolder: folder, filesFolder, host: HOST, port, brokerPort };
	const node: Command = {
		folder,
		command: 'node',
		args: [script, ...command],
		// Nothing is taken from our own environment: no key, no setting of another n8n
		env: { ...env, ...settingsOf(version, place), ...settings },
	};
	let log = '';
	const start = () => {
		const running = startGuarded(node);
		onOutput(running, (text) => (log = (log + text).slice(-LOG_LIMIT)));
		return { running, ended: once(running, 'close') };
	};

	let { running, ended } = start();
	const stop = async () => {
		running.stdin.end();
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	const ready = async () => {
		try {
			await untilReady(running, isReady);
		} catch (error) {
			await stop();
			throw new Error(`n8n ${version} does not start. Its log ends with:\n${log.slice(-3000)}`, {
				cause: error,
			});
		}
	};
	await ready();
	return {
		filesFolder,
		guardId: () => running.pid ?? NaN,
		log: () => log,
		async kill() {
			running.stdin.write('kill');
			await ended;
		},
		async restart() {
			({ running, ended } = start());
			await ready();
		},
		stop,
	};
}

/** @throws Error where it ends first, or takes too long */
async function untilReady(running: GuardedProcess, isReady: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (running.exitCode !== null) throw new Error(`It ended with code ${running.exitCode}`);
		if (Date.now() > deadline) throw new Error(`No answer in ${START_TIMEOUT_MS / 1000} s`);
		await delay(LOOK_EVERY_MS);
	}
}
