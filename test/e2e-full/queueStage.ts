import { N8N_VERSION, OWNER, START_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../e2e/stage';
import type { Stage } from '../e2e/stage';
import { startN8n } from '../n8n/host';
import type { N8nProcess } from '../n8n/n8nProcess';
import { startQueue } from '../n8n/queue';
import { startWorker } from '../n8n/queue/worker';
import { setUpOwner } from '../n8n/restClient';
import { startSimulator } from '../simulator';

/** A stage whose n8n hands its production executions to workers. */
export interface QueueStage extends Stage {
	workers: N8nProcess[];
}

/** What queue mode to start. */
export interface QueueOptions {
	workers: number;
	/** More environment variables of n8n's processes. */
	settings?: Record<string, string>;
}

/**
 * Starts a stage in queue mode before the tests of a file, or of a `describe`, and ends it after
 * them.
 *
 * @returns the stage, for use inside of tests
 */
export function setQueueStage({ workers: count, settings = {} }: QueueOptions): () => QueueStage {
	let stage: QueueStage | undefined;
	/** Ends what has been started so far, the last first. */
	const ends: Array<() => Promise<void>> = [];
	const ending = <Started extends { stop(): Promise<void> }>(started: Started) => {
		ends.unshift(async () => await started.stop());
		return started;
	};
	jest.setTimeout(TEST_TIMEOUT_MS);

	beforeAll(async () => {
		const simulator = ending(await startSimulator());
		const queue = ending(await startQueue());
		const all = { ...queue.settings, ...settings };
		// The main n8n first: it makes the tables
		const host = ending(await startN8n({ version: N8N_VERSION, settings: all }));
		const workers: N8nProcess[] = [];
		while (workers.length < count) workers.push(ending(await startWorker(N8N_VERSION, all)));
		stage = { simulator, host, workers, client: await setUpOwner(host, OWNER) };
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		for (const end of ends) await end();
	});

	return () => {
		if (!stage) throw new Error('The stage is there in tests only, not before');
		return stage;
	};
}
