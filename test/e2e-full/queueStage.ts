import { N8N_VERSION, OWNER, START_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../e2e/stage';
import type { Stage } from '../e2e/stage';
import { startN8n } from '../n8n/host';
import type { N8nProcess } from '../n8n/n8nProcess';
import { startQueue } from '../n8n/queue';
import { startWorker } from '../n8n/queue/worker';
import { setUpOwner } from '../n8n/restClient';
import { startSimulator } from '../simulator';

/** A stage whose n8n hands its production executions to a worker. */
export interface QueueStage extends Stage {
	worker: N8nProcess;
}

/**
 * Starts a stage in queue mode before the tests of a file and ends it after them.
 *
 * @returns the stage, for use inside of tests
 */
export function setQueueStage(): () => QueueStage {
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
		const { settings } = ending(await startQueue());
		// The main n8n first: it makes the tables
		const host = ending(await startN8n({ version: N8N_VERSION, settings }));
		const worker = ending(await startWorker(N8N_VERSION, settings));
		stage = { simulator, host, worker, client: await setUpOwner(host, OWNER) };
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		for (const end of ends) await end();
	});

	return () => {
		if (!stage) throw new Error('The stage is there in tests only, not before');
		return stage;
	};
}
