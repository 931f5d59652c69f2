import { runBatch } from '../plumbing/batch';
import type { Batch } from '../plumbing/batch';
import { spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import { gcore } from '../plumbing/subjects';
import { timeOf } from './throughput';

const BATCH = { items: 100, queueLimit: 100, taskDurationMs: 60_000 };

/** How many requests it takes to wait for tasks. The HTTP Request node cannot wait. */
export async function waiting(runs: number): Promise<Row[]> {
	const batches: Batch[] = [];
	await onStage(async (stage) => {
		while (batches.length < runs) {
			batches.push(await runBatch(stage, gcore({ waitForCompletion: true }), BATCH));
		}
	});
	const requests = batches.map(({ reads, created }) => reads / created);
	return [
		{
			label: 'wait for 100 tasks of 60 s: requests for each finished task',
			gcore: spread(requests, '', 2),
		},
		{ label: 'time in the node', gcore: timeOf(batches) },
	];
}
