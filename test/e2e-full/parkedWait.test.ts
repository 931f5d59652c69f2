import { randomUUID } from 'node:crypto';

import { nodeNamed, readExample, TRIGGER } from '../e2e/exampleFiles';
import { saveWorkflow, setStage } from '../e2e/stage';
import type { Stage } from '../e2e/stage';
import { until } from '../e2e/until';
import { outputsOf } from '../n8n';
import type { N8nProcess } from '../n8n';
import { readSrt } from '../unit/subtitles/parsers';
import { setQueueStage } from './stage/queueStage';

/** n8n puts an execution into its database if it waits for at least 65 seconds. */
const WAIT_SECONDS = 66;

/** Covers a wait, the time until n8n resumes the execution, and a start of n8n in between. */
const ROUND_MS = 5 * 60_000;

const TEST_MS = 3 * ROUND_MS;

const HOUR_MS = 3_600_000;

/**
 * Runs the example in production and kills a process of n8n during the first wait. The task ends
 * during the second wait.
 */
async function surviveKill(stage: Stage, victim: N8nProcess): Promise<void> {
	const { client, simulator } = stage;
	simulator.reset();
	simulator.options.taskDurationMs = HOUR_MS;
	const path = randomUUID();
	const example = readExample('wait-without-a-worker.json');
	nodeNamed(example, 'Wait').parameters = { amount: WAIT_SECONDS, unit: 'seconds' };
	Object.assign(nodeNamed(example, TRIGGER), {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST' },
	});
	const workflowId = await saveWorkflow(stage, example);
	await client.activate(workflowId);
	await client.callWebhook(path, {});
	const looks = () =>
		simulator.requests.filter((request) => request.path.endsWith(simulator.tasks[0]!.id)).length;
	const isParked = async () => (await client.executions(workflowId))[0]?.status === 'waiting';

	await until(isParked, ROUND_MS);
	expect(looks()).toBe(0);
	await victim.kill();
	await victim.restart();
	await until(async () => looks() === 1 && (await isParked()), ROUND_MS);
	simulator.tasks[0]!.durationMs = 1;
	await until(async () => !(await isParked()) && looks() > 1, ROUND_MS);

	const execution = await client.lastExecution(workflowId);
	expect(execution.status).toBe('success');
	const [[item] = []] = outputsOf(execution, 'Files');
	expect(readSrt(await client.textOf(item!.binary!['srt']!))).toHaveLength(3);
	expect(simulator.tasks).toHaveLength(1);
	expect(simulator.violations).toEqual([]);
}

describe('an execution that waits in the database of n8n', () => {
	const stage = setStage();

	test(
		'ends with the subtitles although n8n was killed and started again',
		async () => await surviveKill(stage(), stage().host),
		TEST_MS,
	);
});

describe('an execution that waits in the database of an n8n in queue mode', () => {
	const stage = setQueueStage({ workers: 1 });

	test(
		'ends with the subtitles although its worker was killed and started again',
		async () => await surviveKill(stage(), stage().workers[0]!),
		TEST_MS,
	);

	test(
		'ends with the subtitles although the main n8n was killed and started again',
		async () => await surviveKill(stage(), stage().host),
		TEST_MS,
	);
});
