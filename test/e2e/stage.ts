import { setUpOwner, startN8n, withCredential } from '../n8n';
import type { N8nClient, N8nHost, WorkflowFile } from '../n8n';
import { KEYS, startSimulator } from '../simulator';
import type { Simulator } from '../simulator';

/** Covers the first install of n8n, which takes minutes. */
export const START_TIMEOUT_MS = 20 * 60_000;

/** Covers a run through n8n. */
export const TEST_TIMEOUT_MS = 60_000;

/** Who logs in. */
export const OWNER = { email: 'owner@example.com', password: 'Gcore1-test' };

/** What a test plays on: a real n8n with the package installed, and a simulator as its Gcore. */
export interface Stage {
	host: N8nHost;
	client: N8nClient;
	simulator: Simulator;
}

/**
 * Starts a stage before the tests of a file and ends it after them.
 *
 * @returns the stage, for use inside of tests
 */
export function setStage(): () => Stage {
	let stage: Stage | undefined;
	jest.setTimeout(TEST_TIMEOUT_MS);

	beforeAll(async () => {
		const simulator = await startSimulator();
		const host = await startN8n();
		const client = await setUpOwner(host, OWNER);
		stage = { host, client, simulator };
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		await stage?.host.stop();
		await stage?.simulator.stop();
	});

	return () => {
		if (!stage) throw new Error('The stage is there in tests only, not before');
		return stage;
	};
}

/**
 * Saves a workflow whose Gcore nodes ask the simulator.
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
