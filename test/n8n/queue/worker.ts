import { freePort, HOST } from '../process/freePort';
import { startProcess } from '../process/n8nProcess';
import type { N8nProcess } from '../process/n8nProcess';

/** How many executions a worker runs at once; n8n logs a warning if it is less than 5. */
const CONCURRENCY = 5;

/**
 * Starts a worker, which runs the executions that the main n8n puts into the queue.
 *
 * @param settings the same as the main n8n's
 * @returns when it accepts executions
 */
export async function startWorker(settings: Record<string, string>): Promise<N8nProcess> {
	const port = await freePort();
	const isReady = async () => await isOk(`http://${HOST}:${port}/healthz/readiness`);
	return await startProcess({
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
