import { runBatch } from './batch';
import type { Batch, BatchOptions } from './batch';
import type { Stage } from './stage';
import type { Subject } from './subjects';

/**
 * Runs the same batch through several subjects in turn, A B A B, so that what else the machine is
 * doing meets all of them. A first round, which is not counted, warms n8n and the simulator up.
 *
 * @returns the batches of each subject, one a run
 */
export async function inTurn<Name extends string>(
	stage: Stage,
	subjects: Record<Name, Subject>,
	options: BatchOptions,
	runs: number,
): Promise<Record<Name, Batch[]>> {
	const names = Object.keys(subjects) as Name[];
	const batches = Object.fromEntries(names.map((name) => [name, [] as Batch[]])) as Record<
		Name,
		Batch[]
	>;
	for (const name of names) await runBatch(stage, subjects[name], { ...options, ...WARM_UP });
	for (let run = 0; run < runs; run++) {
		for (const name of names) batches[name].push(await runBatch(stage, subjects[name], options));
	}
	return batches;
}

const WARM_UP = { items: 200, answerMs: 1 };
