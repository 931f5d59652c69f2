/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs n8n for tests, not part of the package */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { installN8n } from '../install';
import type { InstalledN8n } from '../install';
import { imageOfN8n } from '../install/image';
import { installPackage, packagesFolder } from '../install/package';
import { withProgress } from '../install/progress';
import { N8N_IMAGE, N8N_VERSION } from '../version';
import { freePort, HOST } from './freePort';
import { onOutput, startGuarded } from './guarded';
import type { GuardedProcess } from './guarded';
import { settingsOf } from './settings';

const START_TIMEOUT_MS = 120_000;
const POLL_INTERVAL_MS = 250;

/** The length of the log that is kept, in characters. */
const LOG_LIMIT = 20_000_000;

/** A process of n8n that has the package installed. */
export interface N8nProcess {
	/** The folder that its nodes may read and write. */
	filesFolder: string;
	/** The process ID of its guard, whose only child it is; changes with `restart`. */
	guardId(): number;
	/** The log so far, at the level "debug". */
	log(): string;
	/**
	 * Ends it by a signal with all processes that it has started, and keeps its data. The data stays on
	 * the disk unless `restart` or `stop` follows.
	 *
	 * @param signal SIGKILL unless given; by SIGTERM it shuts down
	 */
	kill(signal?: 'SIGTERM'): Promise<void>;
	/** Starts it again after `kill`, with the same address and data. */
	restart(): Promise<void>;
	/** Ends it with all processes that it has started, and removes its data. */
	stop(): Promise<void>;
}

/** Which process to start. */
export interface ProcessOptions {
	/** The command of n8n with its flags: `start` for n8n itself, `worker` for a worker of queue mode. */
	command: ['start' | 'worker', ...string[]];
	port: number;
	/** More environment variables. */
	settings: Record<string, string>;
	/**
	 * Changes what is installed, before n8n starts.
	 *
	 * @param nodeModules the folder that n8n loads community packages from
	 */
	prepare?(nodeModules: string): Promise<void>;
	isReady(): Promise<boolean>;
}

/**
 * Starts a process of n8n with a new user folder, in which the package is built, packed and installed
 * as n8n installs a community package. It ends with this process, even if that is killed.
 *
 * @returns when it is ready
 * @throws SetupError if n8n cannot be installed, or its image not be run, on this machine
 */
export async function startProcess(options: ProcessOptions): Promise<N8nProcess> {
	const n8n = N8N_IMAGE ? await imageOfN8n(N8N_IMAGE) : await installN8n(N8N_VERSION);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		await withProgress('Packing and installing this package', () => installPackage(folder, n8n));
		await options.prepare?.(join(packagesFolder(folder), 'node_modules'));
		return await withProgress(`Starting n8n ${N8N_VERSION}`, () => run(n8n, folder, options));
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

async function run(
	n8n: InstalledN8n,
	folder: string,
	{ command, port, settings, isReady }: ProcessOptions,
): Promise<N8nProcess> {
	const filesFolder = join(folder, 'files');
	await mkdir(filesFolder);
	const place = { userFolder: folder, filesFolder, host: HOST, port };
	let log = '';
	const start = async () => {
		// Each time, since another process may have taken the port of the last time
		const own = settingsOf({ ...place, brokerPort: await freePort() });
		const running = startGuarded(n8n.commandOf(folder, command, { ...own, ...settings }));
		onOutput(running, (text) => (log = (log + text).slice(-LOG_LIMIT)));
		return { running, ended: once(running, 'close') };
	};

	let { running, ended } = await start();
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
			throw new Error(
				`n8n ${N8N_VERSION} does not start. Its log ends with:\n${log.slice(-3000)}`,
				{ cause: error },
			);
		}
	};
	await ready();
	return {
		filesFolder,
		guardId: () => running.pid ?? NaN,
		log: () => log,
		async kill(signal: NodeJS.Signals = 'SIGKILL') {
			running.stdin.write(signal);
			await ended;
		},
		async restart() {
			({ running, ended } = await start());
			await ready();
		},
		stop,
	};
}

/** @throws Error if it ends first, or takes too long */
async function untilReady(running: GuardedProcess, isReady: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (running.exitCode !== null) throw new Error(`It ended with code ${running.exitCode}`);
		if (Date.now() > deadline) throw new Error(`No answer in ${START_TIMEOUT_MS / 1000} s`);
		await delay(POLL_INTERVAL_MS);
	}
}
