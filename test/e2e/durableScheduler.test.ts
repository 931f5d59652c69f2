import { IS_N8N_1, setUpOwner, startN8n } from '../n8n';
import { startSimulator } from '../simulator';
import { OWNER, setStageOf } from './stage';
import { startTrigger, toldBy, triggerWorkflow, untilPolled } from './triggerWorkflow';
import { until } from './until';

/** n8n's durable scheduler: each poll loads the state that n8n saved last, however many polls ago. */
const stage = setStageOf(async (stopping) => {
	const simulator = stopping(await startSimulator());
	const settings = {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	};
	const host = stopping(await startN8n({ settings }));
	return { host, client: await setUpOwner(host, OWNER), simulator };
});

/** How long n8n may take until it polls a workflow that was just published, in ms. */
const UNTIL_FIRST_POLL_MS = 40_000;

// n8n 1 has none
(IS_N8N_1 ? test.skip : test)(
	'the trigger reports a task once, and reads all lists only in its first poll',
	async () => {
		const { client, simulator } = stage();
		const workflowId = await startTrigger(stage(), triggerWorkflow());
		await until(() => simulator.requests.length > 0, UNTIL_FIRST_POLL_MS);
		await untilPolled(stage());
		simulator.requests.length = 0;
		for (let polls = 2; polls > 0; polls--) await untilPolled(stage());
		const lists = simulator.requests.map(({ query }) => query['status']);
		expect(lists).toContain('SUCCESS');
		// Only a poll that takes its state for old reads the list of these
		expect(lists).not.toContain('RETRY');

		const task = simulator.add({ durationMs: 1 });
		await until(async () => (await client.executions(workflowId)).length > 0);
		for (let polls = 2; polls > 0; polls--) await untilPolled(stage());
		await client.deactivate(workflowId);
		const told = await toldBy(stage(), workflowId);
		expect(told.flat().map(({ json }) => json['task_id'])).toEqual([task.id]);
	},
	2 * UNTIL_FIRST_POLL_MS,
);
