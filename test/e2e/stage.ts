import { setUpOwner, startN8n, withCredential } from '../n8n';
import type { N8nClient, N8nHost, WorkflowFile } from '../n8n';
import { KEYS, startSimulator } from '../simulator';
import type { Simulator } from '../simulator';

/** Covers the first install of n8n, which takes minutes. */
const START_TIMEOUT_MS = 20 * 60_000;

/** Covers a run through n8n. */
const TEST_TIMEOUT_MS = 60_000;

/** The account to log in with. */
export const OWNER = { email: 'owner@example.com', password: 'Gcore1-test' };

/** A real n8n with the package installed, and a simulator of Gcore. */
export interface Stage {
	host: N8nHost;
	client: N8nClient;
	simulator: Simulator;
}

/** Registers something that has been started, so that it is stopped after the tests. */
type Stopping = <Started extends { stop(): Promise<void> }>(started: Started) => Started;

/**
 * Starts a stage before the tests of a file, or of a `describe`, and ends it after them.
 *
 * @returns the stage, for use inside of tests
 */
export function setStage(): () => Stage {
	return setStageOf(async (stopping) => {
		const simulator = stopping(await startSimulator());
		const host = stopping(await startN8n());
		return { host, client: await setUpOwner(host, OWNER), simulator };
	});
}

/**
 * The same for a stage of any kind.
 *
 * @param start passes each thing that it starts to `stopping`, which stops it even if `start` fails
 */
export function setStageOf<AnyStage extends Stage>(
	start: (stopping: Stopping) => Promise<AnyStage>,
): () => AnyStage {
	let stage: AnyStage | undefined;
	const started: Array<{ stop(): Promise<void> }> = [];
	jest.setTimeout(TEST_TIMEOUT_MS);

	beforeAll(async () => {
		stage = await start((one) => {
			started.unshift(one);
			return one;
		});
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		for (const one of started) await one.stop();
	});

	return () => {
		if (!stage) throw new Error('The stage exists inside of tests only');
		return stage;
	};
}

/**
 * Saves a workflow whose Gcore nodes use the simulator.
 *
 * @returns the workflow's ID
 */
export async function saveWorkflow(
	{ client, simulator }: Stage,
	workflow: WorkflowFile,
	apiKey: string = KEYS.valid,
): Promise<string> {
	const credential = await client.createCredential({ apiKey, baseUrl: simulator.url });
	return await client.createWorkflow(withCredential(workflow, credential));
}
