import { IS_N8N_1, outputsOf, setUpOwner, startN8n, withCredential } from '../n8n';
import type { Execution } from '../n8n';
import { KEYS, startSimulator } from '../simulator';
import { exampleNames, readExample, TRIGGER } from './exampleFiles';
import { OWNER, saveWorkflow, setStageOf } from './stage';

/** Allowed by n8n's protection against requests to internal addresses. */
const ALLOWED_HOST = 'localhost';

const stage = setStageOf(async (stopping) => {
	const simulator = stopping(await startSimulator());
	const host = stopping(
		await startN8n({
			settings: {
				N8N_SSRF_PROTECTION_ENABLED: 'true',
				N8N_SSRF_ALLOWED_HOSTNAMES: ALLOWED_HOST,
			},
		}),
	);
	return { host, client: await setUpOwner(host, OWNER), simulator };
});

/** Creates a task with a Base URL that names the simulator's host in a certain way. */
async function createWith(hostname: string): Promise<Execution> {
	const { client, simulator } = stage();
	simulator.reset();
	const baseUrl = simulator.url.replace('127.0.0.1', hostname);
	const credential = await client.createCredential({ apiKey: KEYS.valid, baseUrl });
	const example = readExample('create-now-continue-later.json');
	const workflowId = await client.createWorkflow(withCredential(example, credential));
	return await client.runManually(workflowId, TRIGGER);
}

// n8n 1 has neither
(IS_N8N_1 ? describe.skip : describe)('what n8n 3.0 changes', () => {
	test("n8n's migration report finds nothing in the examples", async () => {
		const { client } = stage();
		const names = exampleNames();
		for (const name of names) await saveWorkflow(stage(), readExample(name));
		const { totalWorkflows, report } = await client.migrationReport('v3');
		expect(totalWorkflows).toBe(names.length);
		expect(report.workflowResults).toEqual([]);
	});

	test('a Base URL on an internal network works if its host is allowed', async () => {
		const execution = await createWith(ALLOWED_HOST);
		expect(outputsOf(execution, 'Task ID')).toEqual([[expect.anything()]]);
		expect(stage().simulator.tasks).toHaveLength(1);
	});

	test('a Base URL that n8n blocks fails at once, and says who can allow it', async () => {
		const { data } = await createWith('127.0.0.1');
		expect(data.resultData.error).toMatchObject({
			message: 'n8n does not let nodes send requests to this address [item 0]',
			description: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES') as string,
		});
		expect(stage().simulator.requests).toEqual([]);
	});
});
