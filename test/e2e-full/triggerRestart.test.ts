import type { IDataObject } from 'n8n-workflow';

import { setStage } from '../e2e/stage';
import type { Stage } from '../e2e/stage';
import { startTrigger, toldBy, triggerWorkflow, untilPolled } from '../e2e/triggerWorkflow';
import { until } from '../e2e/until';
import { readSrt } from '../unit/subtitles/parsers';
import type { Task } from '../simulator/task';
import { setQueueStage } from './queueStage';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Covers some starts of n8n. */
const TEST_MS = 5 * MINUTE_MS;

/** Every way to end. */
const ALL = { triggerOn: ['SUCCESS', 'FAILURE', 'REVOKED'] };

/** Ends a task at a time in ms since the epoch, now unless given. */
const finish = (task: Task, at = Date.now()) => {
	task.durationMs = at - task.createdAt;
};

const cancel = (task: Task, at = Date.now()) => {
	task.cancelledAt = at;
};

/** Tools for a stage: the tests of a regular n8n and of one in queue mode use the same. */
function actions(stage: () => Stage) {
	let workflowId = '';

	afterEach(async () => {
		await stage().client.deactivate(workflowId);
		expect(stage().simulator.violations).toEqual([]);
		stage().simulator.reset();
	});

	return {
		/** A task that is worked on, since half an hour unless given. */
		running: (details: Partial<Task> = {}) =>
			stage().simulator.add({
				createdAt: Date.now() - HOUR_MS / 2,
				durationMs: HOUR_MS,
				...details,
			}),
		/** A task that waits in the queue. */
		queued: () => stage().simulator.add({ durationMs: DAY_MS }),
		async start(parameters: IDataObject = ALL) {
			workflowId = await startTrigger(stage(), triggerWorkflow(parameters as never));
			await untilPolled(stage());
		},
		async switchOff() {
			await stage().client.deactivate(workflowId);
		},
		async switchOn() {
			await stage().client.activate(workflowId);
		},
		executions: async () => await stage().client.executions(workflowId),
		lastExecution: async () => await stage().client.lastExecution(workflowId),
		/** The task IDs of each execution, when some polls more have had the chance to tell one twice. */
		async told() {
			await untilPolled(stage());
			await untilPolled(stage());
			const executions = await toldBy(stage(), workflowId);
			return executions.map((items) => items.map(({ json }) => json['task_id']));
		},
		items: async () => (await toldBy(stage(), workflowId)).flat(),
	};
}

const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

describe('a trigger whose n8n is killed', () => {
	const stage = setStage();
	const { running, queued, start, switchOff, switchOn, executions, lastExecution, told } =
		actions(stage);

	test(
		'tells of 50 tasks that end in the meantime, each once',
		async () => {
			const { host, simulator } = stage();
			for (let hours = 1; hours <= 120; hours++) {
				simulator.add({ createdAt: Date.now() - (hours + 1) * HOUR_MS, durationMs: HOUR_MS });
			}
			const long = running({ createdAt: Date.now() - 1.5 * DAY_MS, durationMs: 3 * DAY_MS });
			const others = Array.from({ length: 27 }, () => running());
			const [cancelled, timeless] = [queued(), queued()];
			await start();

			await host.kill();
			let end = Date.now();
			for (const task of others) finish(task, ++end);
			const short = Array.from({ length: 20 }, () =>
				simulator.add({ createdAt: end++, durationMs: 1 }),
			);
			finish(long, ++end);
			for (const task of [cancelled, timeless]) cancel(task, ++end);
			timeless.shown = { times: { completed_at: null } };
			simulator.requests.length = 0;
			await host.restart();

			const inOrder = [...others, ...short, long, cancelled, timeless];
			expect(inOrder).toHaveLength(50);
			expect(await told()).toEqual([idsOf(inOrder)]);
			expect((await lastExecution()).status).toBe('success');
		},
		TEST_MS,
	);

	test(
		'tells nothing twice and misses nothing after polls that had nothing to tell',
		async () => {
			const { host } = stage();
			const [before, during, after] = [running(), running(), running()] as [Task, Task, Task];
			await start();
			finish(before);
			await until(async () => (await executions()).length > 0);
			const late = queued();
			await untilPolled(stage());
			await untilPolled(stage());

			await host.kill();
			await host.restart();
			expect(await told()).toEqual([[before.id]]);

			await host.kill();
			finish(during);
			cancel(late, Date.now() + 1);
			await host.restart();
			expect(await told()).toEqual([[before.id], [during.id, late.id]]);
			finish(after);
			expect(await told()).toEqual([[before.id], [during.id, late.id], [after.id]]);
		},
		TEST_MS,
	);

	test(
		'tells once what ended while it was switched off',
		async () => {
			const [before, between, after] = [running(), running(), running()] as [Task, Task, Task];
			await start();
			finish(before);
			expect(await told()).toEqual([[before.id]]);
			await switchOff();
			finish(between);
			await switchOn();
			expect(await told()).toEqual([[before.id], [between.id]]);
			finish(after);
			expect(await told()).toEqual([[before.id], [between.id], [after.id]]);
		},
		TEST_MS,
	);
});

describe('a trigger whose Gcore fails', () => {
	const stage = setStage();
	const { running, start, executions, lastExecution, told } = actions(stage);

	test(
		'writes to the log when Gcore is down, and the next poll catches up',
		async () => {
			const { host, simulator } = stage();
			const task = running();
			await start();
			simulator.inject({ does: 'answer', status: 500, times: Infinity });
			finish(task);
			await until(() => host.log().includes('Gcore Trigger: Gcore had an internal error'));
			expect(await executions()).toEqual([]);
			simulator.clearFaults();
			expect(await told()).toEqual([[task.id]]);
		},
		TEST_MS,
	);

	test(
		'fails an execution when the key is no longer right, and catches up when it is',
		async () => {
			const { simulator } = stage();
			const task = running();
			await start();
			simulator.inject({ does: 'answer', status: 401, times: Infinity });
			finish(task);
			await until(async () => (await executions()).length > 0);
			const { status, data } = await lastExecution();
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toMatch(
				/^Gcore does not accept the API key.*Check the API Key/,
			);
			simulator.clearFaults();
			expect((await told()).flat()).toEqual([task.id]);
		},
		TEST_MS,
	);
});

describe('a trigger of an n8n in queue mode', () => {
	const stage = setQueueStage({ workers: 1 });
	const { running, start, executions, told, items } = actions(stage);

	test(
		'polls in the main n8n only; a worker runs what it starts, with its files',
		async () => {
			const { client, host, simulator, workers } = stage();
			const [worker] = workers;
			const tasks = [running(), running()] as [Task, Task];
			await start({ options: { downloadSubtitles: ['srt'] } });
			finish(tasks[0]);
			await until(async () => (await executions())[0]?.status === 'success', MINUTE_MS);
			const [{ id } = { id: '' }] = await executions();
			expect(worker?.log()).toContain(`Worker finished execution ${id}`);
			const [item] = await items();
			expect(readSrt(await client.textOf(item!.binary!['srt']!))).toHaveLength(3);

			await host.kill();
			simulator.requests.length = 0;
			finish(tasks[1]);
			await expect(untilPolled(stage())).rejects.toThrow(/^Not within/);
			await host.restart();
			expect(await told()).toEqual([[tasks[0].id], [tasks[1].id]]);
		},
		TEST_MS,
	);
});
