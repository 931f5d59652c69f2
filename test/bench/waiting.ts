import { runBatch } from './batch';
import { spread } from './median';
import { onStage } from './stage';
import { gcore } from './subjects';
import type { Row } from './table';

const BATCH = { items: 100, queueLimit: 100, taskDurationMs: 60_000 };

/** How many requests a wait costs. HTTP Request cannot wait. */
export async function waiting(runs: number): Promise<Row[]> {
	return await onStage(async (stage) => {
		const asked: number[] = [];
		const seconds: number[] = [];
		for (let run = 0; run < runs; run++) {
			const batch = await runBatch(stage, gcore({ waitForCompletion: true }), BATCH);
			asked.push(batch.asked / batch.created);
			seconds.push(batch.nodeMs / 1000);
		}
		return [
			{
				what: 'wait for 100 tasks of 60 s: requests for each finished task',
				gcore: spread(asked, '', 2),
			},
			{ what: 'time in the node', gcore: spread(seconds, ' s') },
		];
	});
}
