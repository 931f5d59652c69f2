import type { Batch } from './batch';
import { inTurn } from './inTurn';
import { median, spread } from './median';
import { onStage } from './stage';
import { gcore, httpRequest } from './subjects';
import type { Row } from './table';

const BATCH = { items: 1000, answerMs: 50, queueLimit: 100, taskDurationMs: 1000 };

/** What the queue itself takes for that many tasks. */
const PHYSICAL_LIMIT_MS = (BATCH.items / BATCH.queueLimit) * BATCH.taskDurationMs;

const TIME_RATIO_LIMIT = 1.25;
const REFUSED_LIMIT = 3;

/** What becomes of ten times as many items as Gcore's queue takes. Failed items are passed on. */
export async function fullQueue(runs: number): Promise<Row[]> {
	return await onStage(async (stage) => {
		const { gcore: ours, httpRequest: theirs } = await inTurn(
			stage,
			{ gcore: gcore(), httpRequest },
			BATCH,
			runs,
		);
		const { items } = BATCH;
		const ratios = ours.map(({ nodeMs }) => nodeMs / PHYSICAL_LIMIT_MS);
		return [
			{
				what: '1,000 items, queue of 100, tasks of 1 s: videos with a task',
				gcore: spread(videos(ours), ''),
				httpRequest: spread(videos(theirs), ''),
				target: { text: '1,000', isMet: Math.min(...videos(ours)) === items },
			},
			{
				what: 'tasks beyond one a video',
				gcore: spread(doubled(ours), ''),
				httpRequest: spread(doubled(theirs), ''),
				target: { text: '0', isMet: Math.max(...doubled(ours)) === 0 },
			},
			{
				what: 'time in the node',
				gcore: spread(seconds(ours), ' s', 2),
				httpRequest: spread(seconds(theirs), ' s', 2),
			},
			{
				what: `of that time, ours / the ${PHYSICAL_LIMIT_MS / 1000} s that the queue takes`,
				gcore: spread(ratios, '', 2),
				target: {
					text: `≤ ${TIME_RATIO_LIMIT}`,
					isMet: Math.min(...videos(ours)) === items && median(ratios) <= TIME_RATIO_LIMIT,
				},
			},
			{
				what: 'refused requests for each created task',
				gcore: spread(refusedEach(ours), '', 2),
				httpRequest: spread(refusedEach(theirs), '', 2),
				target: {
					text: `≤ ${REFUSED_LIMIT}`,
					isMet: median(refusedEach(ours)) <= REFUSED_LIMIT,
				},
			},
		];
	});
}

const videos = (batches: readonly Batch[]) => batches.map((batch) => batch.videos);

const doubled = (batches: readonly Batch[]) => batches.map((batch) => batch.created - batch.videos);

const seconds = (batches: readonly Batch[]) => batches.map(({ nodeMs }) => nodeMs / 1000);

const refusedEach = (batches: readonly Batch[]) =>
	batches.map(({ refused, created }) => refused / created);
