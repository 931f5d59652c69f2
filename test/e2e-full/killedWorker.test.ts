import { until } from '../e2e/until';
import { IS_N8N_1, outputsOf } from '../n8n';
import type { N8nProcess } from '../n8n';
import {
	BATCHES,
	executionsOf,
	inProgress,
	startBatchWorkflow,
	tasksOf,
	VIDEOS,
} from './stage/batches';
import { setQueueStage } from './stage/queueStage';

/** The number of tasks at which the worker is killed. */
const TASKS_AT_KILL = VIDEOS / 4;

/** n8n notices after up to two minutes that a worker has died. */
const ALL_ENDED_MS = 5 * 60_000;

const TEST_MS = 12 * 60_000;

/** What n8n does with the executions of a worker that has died, and with which settings. */
const CASES = IS_N8N_1
	? ([
			['hands to the other worker', {}],
			['ends', { QUEUE_WORKER_MAX_STALLED_COUNT: '0' }],
		] as const)
	: ([['ends', {}]] as const);

describe.each(CASES)('executions of a killed worker, which n8n %s,', (what, settings) => {
	const stage = setQueueStage({ workers: 2, settings });

	test(
		'leave one task for each video when they are run again',
		async () => {
			const { client, simulator, workers } = stage();
			const [victim, survivor] = workers as [N8nProcess, N8nProcess];
			const workflow = await startBatchWorkflow(stage(), ALL_ENDED_MS);
			const { batchesById, start, executions, allEnded } = workflow;

			for (const batch of BATCHES) await start(batch);
			const isHalfDone = (id: string) => {
				const counts = tasksOf(stage(), batchesById.get(id)!).map(({ length }) => length);
				return counts.includes(0) && counts.includes(1);
			};
			await until(
				() => simulator.tasks.length >= TASKS_AT_KILL && inProgress(victim).some(isHalfDone),
				ALL_ENDED_MS,
			);
			await victim.kill();
			const interrupted = inProgress(victim);
			expect(interrupted.filter(isHalfDone)).not.toEqual([]);

			await until(allEnded, ALL_ENDED_MS);
			const failed = (await executions())
				.filter(({ status }) => status !== 'success')
				.map(({ id }) => id);
			const startedAgain = executionsOf(survivor, 'started').filter((id) =>
				interrupted.includes(id),
			);
			if (what === 'ends') {
				expect(failed).not.toEqual([]);
				expect(interrupted).toEqual(expect.arrayContaining(failed));
				expect(startedAgain).toEqual([]);
			} else {
				expect(failed).toEqual([]);
				expect(startedAgain).not.toEqual([]);
			}

			for (const id of failed) await start(batchesById.get(id)!);
			await until(allEnded, ALL_ENDED_MS);

			expect(simulator.tasks).toHaveLength(VIDEOS);
			expect(new Set(simulator.tasks.map(({ request }) => request.url)).size).toBe(VIDEOS);
			const succeeded = (await executions()).filter(({ id }) => !failed.includes(id));
			expect(succeeded.map(({ id }) => batchesById.get(id)!).sort(byNumber)).toEqual(BATCHES);
			for (const { id } of succeeded) {
				const [items] = outputsOf(await client.execution(id), 'Gcore');
				expect(items?.map(({ json }) => json['task_id'])).toEqual(
					tasksOf(stage(), batchesById.get(id)!).map(([task]) => task?.id),
				);
			}
			expect(simulator.violations).toEqual([]);
		},
		TEST_MS,
	);
});

function byNumber(a: number, b: number): number {
	return a - b;
}
