import type { Batch } from './batch';
import { inTurn } from './inTurn';
import { median, spread } from './median';
import { gcoreWithPool, installPoolSizes, POOL_SIZES } from './poolSizes';
import { onStage } from './stage';
import { gcore, httpRequest } from './subjects';
import type { Row } from './table';

/** Room for all, and an API that is as far away as a real one. */
const BATCH = { items: 1000, answerMs: 50, queueLimit: Infinity };

const TIME_RATIO_LIMIT = 1;
const AT_ONCE_LIMIT = 64;

/** Beyond it the simulator would be what is measured. */
const BUSY_LIMIT = 0.8;

/** How fast 1,000 tasks are created, and what the size of the pool does to it. */
export async function throughput(runs: number): Promise<Row[]> {
	return await onStage(async (stage) => {
		const pools = Object.fromEntries(
			POOL_SIZES.map((size) => [`pool of ${size}`, gcoreWithPool(size)]),
		);
		const { gcore: ours, httpRequest: theirs } = await inTurn(
			stage,
			{ gcore: gcore(), httpRequest },
			BATCH,
			runs,
		);
		const curve = await inTurn(stage, pools, BATCH, runs);
		return [
			...comparison(ours, theirs),
			...Object.entries(curve).map(([pool, batches]) => ({
				what: `the same with a ${pool}`,
				gcore: timeOf(batches),
			})),
		];
	}, installPoolSizes);
}

function comparison(ours: readonly Batch[], theirs: readonly Batch[]): Row[] {
	const ratios = ours.map(({ nodeMs }, run) => nodeMs / (theirs[run]?.nodeMs ?? NaN));
	const atOnce = (batches: readonly Batch[]) => batches.map(({ mostAtOnce }) => mostAtOnce);
	const busy = (batches: readonly Batch[]) =>
		batches.map(({ simulatorBusy }) => simulatorBusy * 100);
	return [
		{
			what: '1,000 items, 50 ms an answer, no queue limit: time in the node',
			gcore: timeOf(ours),
			httpRequest: timeOf(theirs),
		},
		{
			what: 'of that time, ours / theirs, run by run',
			gcore: spread(ratios, '', 2),
			target: { text: `≤ ${TIME_RATIO_LIMIT}`, isMet: median(ratios) <= TIME_RATIO_LIMIT },
		},
		{
			what: 'most requests at once',
			gcore: spread(atOnce(ours), ''),
			httpRequest: spread(atOnce(theirs), ''),
			target: { text: `≤ ${AT_ONCE_LIMIT}`, isMet: Math.max(...atOnce(ours)) <= AT_ONCE_LIMIT },
		},
		{
			what: 'how busy the simulator was: it must not be what is measured',
			gcore: spread(busy(ours), ' %'),
			httpRequest: spread(busy(theirs), ' %'),
			target: {
				text: `≤ ${BUSY_LIMIT * 100} %`,
				isMet: median(busy([...ours, ...theirs])) <= BUSY_LIMIT * 100,
			},
		},
	];
}

function timeOf(batches: readonly Batch[]): string {
	return spread(
		batches.map(({ nodeMs }) => nodeMs / 1000),
		' s',
		2,
	);
}
