/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/**
 * `npm start`: a real n8n on 127.0.0.1 with the package installed, to try it in the editor. Gcore is
 * simulated unless GCORE_API_KEY is set. package.json starts it with `exec node`, so that npm passes
 * signals to this process and waits for its end.
 */
import { randomBytes } from 'node:crypto';

import example from '../examples/create-now-continue-later.json';
import { outputsOf, SetupError, setUpOwner, startN8n, withCredential } from '../test/n8n';
import type { CredentialData, N8nHost, Owner, WorkflowFile } from '../test/n8n';
import { KEYS, startSimulator } from '../test/simulator';

const DEFAULT_PORT = 5678;

const { GCORE_API_KEY, N8N_PORT } = process.env;

async function start(): Promise<void> {
	const host = await startN8n({ port: portOf(N8N_PORT) });
	endOnSignal(host);

	const owner: Owner = {
		email: 'owner@example.com',
		// n8n asks for a capital letter and a number
		password: `Gcore1-${randomBytes(6).toString('hex')}`,
	};
	const outcome = await runExample(host, owner, await credentialData());
	console.log(`
The example workflow ran once, on ${GCORE_API_KEY ? 'Gcore' : 'a simulator of Gcore (set GCORE_API_KEY to use Gcore itself)'}.

  ${outcome}

  Editor    ${host.url}
  E-mail    ${owner.email}
  Password  ${owner.password}

This n8n is new on every start, and all that you make in it is gone when it ends: download a
workflow that you want to keep. Press Ctrl-C to end it.`);
}

function portOf(text: string | undefined): number {
	if (!text) return DEFAULT_PORT;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new SetupError(`N8N_PORT is "${text}". Set it to a number from 1 to 65535, or unset it.`);
}

/** Leads to the real Gcore if there is a key for it, else to a simulator in this process. */
async function credentialData(): Promise<CredentialData> {
	if (GCORE_API_KEY) return { apiKey: GCORE_API_KEY, baseUrl: 'https://api.gcore.com' };
	const { url } = await startSimulator();
	return { apiKey: KEYS.valid, baseUrl: url };
}

/** @returns the task ID that the example's last node received, or why there is none */
async function runExample(host: N8nHost, owner: Owner, data: CredentialData): Promise<string> {
	const client = await setUpOwner(host, owner);
	const credential = await client.createCredential(data);
	const workflow = withCredential(example as unknown as WorkflowFile, credential);
	const workflowId = await client.createWorkflow(workflow);
	const execution = await client.runManually(workflowId, "When clicking 'Execute workflow'");
	const [items] = outputsOf(execution, 'Task ID');
	const { error } = execution.data.resultData;
	return error
		? `It failed: ${error.message}. ${error.description ?? ''}`
		: `task_id   ${items?.[0]?.json['task_id']}`;
}

function endOnSignal(host: N8nHost): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => {
			console.log('\nEnding n8n …');
			void host.stop().finally(() => process.exit());
		});
	}
}

start().catch((error: unknown) => {
	console.error(error instanceof SetupError ? `\n${error.message}` : error);
	process.exit(1);
});
