import getPort from 'get-port';

import { HOST, startProcess } from './n8nProcess';
import type { N8nProcess, ProcessOptions } from './n8nProcess';
import { SetupError } from './setupError';

/** A running n8n that has the package installed. */
export interface N8nHost extends N8nProcess {
	/** Such as `http://127.0.0.1:40123`. */
	url: string;
	version: string;
}

/** What n8n to start. */
export interface N8nOptions {
	/** One of the folders of `versions/`. */
	version: string;
	/** A port of 127.0.0.1; by default any free one. */
	port?: number;
	/** More environment variables. */
	settings?: Record<string, string>;
	/** See `ProcessOptions`. */
	prepare?: ProcessOptions['prepare'];
}

/**
 * Starts an n8n that nobody has used before, on 127.0.0.1.
 *
 * @returns when it answers
 * @throws SetupError where the port is taken or n8n cannot be installed on this machine
 */
export async function startN8n({
	version,
	port,
	settings = {},
	prepare,
}: N8nOptions): Promise<N8nHost> {
	const ownPort = await getPort({ host: HOST, ...(port !== undefined && { port }) });
	if (port !== undefined && ownPort !== port) {
		throw new SetupError(
			`Port ${port} of ${HOST} is taken. End what uses it, or set N8N_PORT to another port.`,
		);
	}
	const url = `http://${HOST}:${ownPort}`;
	const isReady = async () => await answers(url);
	const running = await startProcess({
		version,
		command: ['start'],
		port: ownPort,
		settings,
		isReady,
		...(prepare && { prepare }),
	});
	return { ...running, url, version };
}

/** While n8n loads, its address says so in words, with status 200. */
async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		return response.ok && 'data' in ((await response.json()) as object);
	} catch {
		return false;
	}
}
