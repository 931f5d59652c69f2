import { OWNER } from '../e2e/stage';
import type { Stage as E2eStage } from '../e2e/stage';
import { startN8n } from '../n8n/host';
import { setUpOwner } from '../n8n/restClient';
import type { CredentialReference } from '../n8n/restClient';
import { KEYS, startSimulator } from '../simulator';

/** The n8n that is measured, one of the folders of `test/n8n/versions`. */
export const N8N_VERSION = '2.38.7';

/** Each line that n8n logs costs time, and more than this it does not log by default. */
const AS_SHIPPED = { N8N_LOG_LEVEL: 'info' };

/** What a measurement plays on: a fresh n8n, and a simulator in our own process as its Gcore. */
export interface Stage extends E2eStage {
	/** Leads the Gcore node to the simulator, with a valid key. */
	credential: CredentialReference;
}

/**
 * Runs some work on a stage of its own, and ends the stage.
 *
 * @param prepare changes what is installed before n8n starts; given the `node_modules` folder that
 *   n8n loads community packages from
 * @param settings more environment variables of n8n
 */
export async function onStage<Result>(
	work: (stage: Stage) => Promise<Result>,
	prepare?: (nodeModules: string) => Promise<void>,
	settings: Record<string, string> = {},
): Promise<Result> {
	const simulator = await startSimulator();
	try {
		const host = await startN8n({
			version: N8N_VERSION,
			settings: { ...AS_SHIPPED, ...settings },
			...(prepare && { prepare }),
		});
		try {
			const client = await setUpOwner(host, OWNER);
			const baseUrl = simulator.url;
			const credential = await client.createCredential({ apiKey: KEYS.valid, baseUrl });
			return await work({ host, client, simulator, credential });
		} finally {
			await host.stop();
		}
	} finally {
		await simulator.stop();
	}
}
