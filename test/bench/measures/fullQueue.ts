import { inTurn } from '../plumbing/batch';
import type { Batch } from '../plumbing/batch';
import { median, spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import { gcore, httpRequest } from '../plumbing/subjects';
import { timeOf } from './throughput';

const BATCH = { items: 1000, answerMs: 50, queueLimit: 100, taskDurationMs: 1000 };

/** The least time in which the queue can take that many tasks. */
const LEAST_MS = (BATCH.items / BATCH.queueLimit) * BATCH.taskDurationMs;

const TIME_RATIO_LIMIT = 1.25;
const REFUSED_LIMIT = 3;

/** Sends ten times as many items as Gcore's queue has room for. Errors do not stop a node. */
export async function fullQueue(runs: number): Promise<Row[]> {
	const { ours, theirs } = await onStage(
		async (stage) => await inTurn(stage, { ours: gcore(), theirs: httpRequest }, BATCH, runs),
	);
	const ratios = ours.map(({ nodeMs }) => nodeMs / LEAST_MS);
	const isComplete = Math.min(...videos(ours)) === BATCH.items;
	return [
		{
			label: '1,000 items, queue of 100, tasks of 1 s: videos with a task',
			gcore: spread(videos(ours), ''),
			httpRequest: spread(videos(theirs), ''),
			target: { text: '1,000', isMet: isComplete },
		},
		{
			label: 'tasks beyond one for each video',
			gcore: spread(duplicates(ours), ''),
			httpRequest: spread(duplicates(theirs), ''),
			target: { text: '0', isMet: Math.max(...duplicates(ours)) === 0 },
		},
		{ label: 'time in the node', gcore: timeOf(ours), httpRequest: timeOf(theirs) },
		{
			label: `that time as a ratio, Gcore / the ${LEAST_MS / 1000} s that the queue takes`,
			gcore: spread(ratios, '', 2),
			target: {
				text: `≤ ${TIME_RATIO_LIMIT}`,
				isMet: isComplete && median(ratios) <= TIME_RATIO_LIMIT,
			},
		},
		{
			label: 'refused requests for each created task',
			gcore: spread(refusedShares(ours), '', 2),
			httpRequest: spread(refusedShares(theirs), '', 2),
			target: {
				text: `≤ ${REFUSED_LIMIT}`,
				isMet: median(refusedShares(ours)) <= REFUSED_LIMIT,
			},
		},
	];
}

const videos = (batches: readonly Batch[]) => batches.map((batch) => batch.videos);

const duplicates = (batches: readonly Batch[]) =>
	batches.map((batch) => batch.created - batch.videos);

const refusedShares = (batches: readonly Batch[]) =>
	batches.map(({ refused, created }) => refused / created);
