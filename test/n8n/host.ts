import { SetupError } from './install/setupError';
import { freePort, HOST } from './process/freePort';
import { startProcess } from './process/n8nProcess';
import type { N8nProcess, ProcessOptions } from './process/n8nProcess';

/** A running n8n that has the package installed. */
export interface N8nHost extends N8nProcess {
	/** Such as `http://127.0.0.1:40123`. */
	url: string;
}

/** How to start n8n. */
export interface N8nOptions {
	/** A port of 127.0.0.1; by default any free one. */
	port?: number;
	/** More environment variables. */
	settings?: Record<string, string>;
	/** See `ProcessOptions`. */
	prepare?: ProcessOptions['prepare'];
}

/**
 * Starts a fresh n8n of the version `N8N_VERSION` on 127.0.0.1.
 *
 * @returns when it answers
 * @throws SetupError if the port is taken or n8n cannot be installed on this machine
 */
export async function startN8n({
	port,
	settings = {},
	prepare,
}: N8nOptions = {}): Promise<N8nHost> {
	const ownPort = await freePort(port);
	if (port !== undefined && ownPort !== port) {
		throw new SetupError(
			`Port ${port} of ${HOST} is taken. End what uses it, or set N8N_PORT to another port.`,
		);
	}
	const url = `http://${HOST}:${ownPort}`;
	const running = await startProcess({
		command: ['start'],
		port: ownPort,
		settings,
		isReady: async () => await answers(url),
		...(prepare && { prepare }),
	});
	return { ...running, url };
}

/** While n8n loads, it answers every request with status 200 and a line of text. */
async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		return response.ok && 'data' in ((await response.json()) as object);
	} catch {
		return false;
	}
}
