import getPort from 'get-port';

import { HOST, startProcess } from '../n8nProcess';
import type { N8nProcess } from '../n8nProcess';

/** How many executions a worker carries out at once; n8n warns of fewer. */
export const CONCURRENCY = 5;

/**
 * Starts a worker: an n8n that carries out what a main n8n puts into the queue.
 *
 * @param settings those of the queue, the same as the main n8n's
 * @returns when it takes executions
 */
export async function startWorker(
	version: string,
	settings: Record<string, string>,
): Promise<N8nProcess> {
	const port = await getPort({ host: HOST });
	const isReady = async () => await isOk(`http://${HOST}:${port}/healthz/readiness`);
	return await startProcess({
		version,
		command: ['worker', `--concurrency=${CONCURRENCY}`],
		port,
		settings: {
			...settings,
			N8N_WORKER_SERVER_ADDRESS: HOST,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		},
		isReady,
	});
}

async function isOk(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}
