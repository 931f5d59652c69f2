import { OWNER, setStageOf } from '../../e2e/stage';
import type { Stage } from '../../e2e/stage';
import { setUpOwner, startN8n, startQueue, startWorker } from '../../n8n';
import type { N8nProcess } from '../../n8n';
import { startSimulator } from '../../simulator';

/** A stage whose n8n has its production executions run by workers. */
export interface QueueStage extends Stage {
	workers: N8nProcess[];
}

/** How to start n8n in queue mode. */
export interface QueueOptions {
	workers: number;
	/** More environment variables of all processes of n8n. */
	settings?: Record<string, string>;
}

/**
 * Starts a stage in queue mode before the tests of a file, or of a `describe`, and ends it after
 * them.
 *
 * @returns the stage, for use inside of tests
 */
export function setQueueStage({ workers: count, settings = {} }: QueueOptions): () => QueueStage {
	return setStageOf(async (stopping) => {
		const simulator = stopping(await startSimulator());
		const queue = stopping(await startQueue());
		const all = { ...queue.settings, ...settings };
		// The main n8n first, which creates the tables of the database
		const host = stopping(await startN8n({ settings: all }));
		const workers: N8nProcess[] = [];
		while (workers.length < count) workers.push(stopping(await startWorker(all)));
		return { simulator, host, workers, client: await setUpOwner(host, OWNER) };
	});
}
