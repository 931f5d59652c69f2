import { OWNER } from '../../e2e/stage';
import type { Stage as E2eStage } from '../../e2e/stage';
import { refuseImage, setUpOwner, startN8n } from '../../n8n';
import type { CredentialReference, N8nOptions } from '../../n8n';
import { KEYS, startSimulator } from '../../simulator';

/** The default of n8n. Tests log more, and each line costs time. */
const DEFAULT_LOG = { N8N_LOG_LEVEL: 'info' };

/** A fresh n8n, and a simulator of Gcore in this process. */
export interface Stage extends E2eStage {
	/** Leads the Gcore node to the simulator, with a valid key. */
	credential: CredentialReference;
}

/**
 * Runs some work on a stage of its own, and ends the stage.
 *
 * @throws SetupError for an n8n in a container, whose memory cannot be read
 */
export async function onStage<Result>(
	work: (stage: Stage) => Promise<Result>,
	{ settings, ...options }: N8nOptions = {},
): Promise<Result> {
	refuseImage();
	const simulator = await startSimulator();
	try {
		const host = await startN8n({ ...options, settings: { ...DEFAULT_LOG, ...settings } });
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
