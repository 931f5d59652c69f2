/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs a server for tests, not part of the package */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

import { SetupError } from '../install/setupError';
import { onOutput, startGuarded } from '../process/guarded';
import type { Command } from '../process/guarded';

/** PostgreSQL and Redis both print this. */
const READY = /ready to accept connections/i;

/** A running PostgreSQL or Redis. */
export interface Server {
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL or Redis. It ends with this process, even if that is killed.
 *
 * @returns when it accepts connections
 * @throws SetupError if it does not start
 */
export async function startServer(command: Command, port: number): Promise<Server> {
	const running = startGuarded(command);
	const ended = once(running, 'close');
	let output = '';
	const ready = new Promise<void>((resolve) => {
		onOutput(running, (text) => {
			output += text;
			if (READY.test(output)) resolve();
		});
	});
	const failed = ended.then(() => {
		throw new SetupError(
			`${command.args.join(' ')} does not start. Queue mode needs PostgreSQL and Redis (Debian, Ubuntu: apt install postgresql redis-server).\n${output}`,
		);
	});
	await Promise.race([ready, failed]);
	failed.catch(() => {});
	return {
		port,
		async stop() {
			running.stdin.end();
			await ended;
			await rm(command.folder, { recursive: true, force: true });
		},
	};
}
