import { inTurn } from '../plumbing/batch';
import type { Batch } from '../plumbing/batch';
import { median, spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import { gcore, httpRequest } from '../plumbing/subjects';

/** A queue without a limit, and an API with the latency of a real one. */
export const BATCH = { items: 1000, answerMs: 50, queueLimit: Infinity };

const TIME_RATIO_LIMIT = 1;
const CONCURRENCY_LIMIT = 64;

/** A simulator that is busier than this would limit the nodes. */
const BUSY_LIMIT_PERCENT = 80;

/** How fast the Gcore node and the HTTP Request node, in turn, create 1,000 tasks. */
export async function throughput(runs: number): Promise<Row[]> {
	const { ours, theirs } = await onStage(
		async (stage) => await inTurn(stage, { ours: gcore(), theirs: httpRequest }, BATCH, runs),
	);
	const ratios = ours.map(({ nodeMs }, run) => nodeMs / (theirs[run]?.nodeMs ?? NaN));
	const busyPercents = [...ours, ...theirs].map(({ simulatorBusy }) => simulatorBusy * 100);
	return [
		{
			label: '1,000 items, 50 ms a response, no queue limit: time in the node',
			gcore: timeOf(ours),
			httpRequest: timeOf(theirs),
		},
		{
			label: 'that time as a ratio, Gcore / HTTP Request, run by run',
			gcore: spread(ratios, '', 2),
			target: { text: `≤ ${TIME_RATIO_LIMIT}`, isMet: median(ratios) <= TIME_RATIO_LIMIT },
		},
		{
			label: 'most requests at once',
			gcore: spread(mostAtOnce(ours), ''),
			httpRequest: spread(mostAtOnce(theirs), ''),
			target: {
				text: `≤ ${CONCURRENCY_LIMIT}`,
				isMet: Math.max(...mostAtOnce(ours)) <= CONCURRENCY_LIMIT,
			},
		},
		{
			label: 'load of the simulator, which must not be the bottleneck',
			gcore: spread(busyPercents, ' %'),
			target: {
				text: `≤ ${BUSY_LIMIT_PERCENT} %`,
				isMet: median(busyPercents) <= BUSY_LIMIT_PERCENT,
			},
		},
	];
}

/** The time that batches took in the node, as text. */
export function timeOf(batches: readonly Batch[]): string {
	return spread(
		batches.map(({ nodeMs }) => nodeMs / 1000),
		' s',
		2,
	);
}

function mostAtOnce(batches: readonly Batch[]): number[] {
	return batches.map((batch) => batch.mostAtOnce);
}
