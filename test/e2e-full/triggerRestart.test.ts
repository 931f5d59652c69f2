import { setStage } from '../e2e/stage';
import { untilPolled } from '../e2e/triggerWorkflow';
import { until } from '../e2e/until';
import type { Task } from '../simulator/task';
import { readSrt } from '../unit/subtitles/parsers';
import { setQueueStage } from './stage/queueStage';
import { cancel, DAY_MS, finish, HOUR_MS, MINUTE_MS, triggerActions } from './stage/triggerActions';

/** Covers several starts of n8n. */
const TEST_MS = 5 * MINUTE_MS;

const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

describe('a trigger whose n8n is killed', () => {
	const stage = setStage();
	const { running, queued, start, switchOff, switchOn, executions, lastExecution, told } =
		triggerActions(stage);

	test(
		'reports 50 tasks that end in the meantime, each once',
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
		'repeats and misses nothing after polls that had nothing to report',
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
		'reports once what ended while it was switched off',
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
	const { running, start, executions, lastExecution, told } = triggerActions(stage);

	test(
		'writes to the log when Gcore is down, and the next poll catches up',
		async () => {
			const { host, simulator } = stage();
			const task = running();
			await start();
			simulator.inject({ does: 'answer', status: 500, times: Infinity });
			finish(task);
			await until(() => host.log().includes('Gcore Trigger: Gcore had an internal problem'));
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
	const { running, start, executions, told, items } = triggerActions(stage);

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
			// A worker writes this after n8n has saved the execution
			await until(() => worker!.log().includes(`Worker finished execution ${id}`));
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
