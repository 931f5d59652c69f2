import { sleep } from 'n8n-workflow';

import { sendBatch } from './batch';
import { watchLiveHeap } from './liveHeap';
import { median, spread } from './median';
import { childOf, forgetPeak, peakMb } from './peakMemory';
import { onStage } from './stage';
import { gcore, httpRequest, noOperation } from './subjects';
import type { Subject } from './subjects';
import type { Row } from './table';

const BATCH = { items: 10_000, queueLimit: Infinity };

const LIMIT_MB = 100;

/** Within which n8n has saved an execution that has answered. */
const SAVED_MS = 2000;

/**
 * What n8n's memory peaks at with a subject, less the peak with No Operation in its place: what is
 * live on its heap, and what it takes from the system, which is garbage for the most part as
 * Node.js collects late. Each run is in a fresh n8n: what one has taken it may keep.
 */
export async function memory(runs: number): Promise<Row[]> {
	return [
		...comparison('live memory of n8n at its peak', await peaks(runs, livePeakWith), LIMIT_MB),
		...comparison('memory that n8n takes from the system', await peaks(runs, peakWith)),
	];
}

type Peaks = Record<'noOperation' | 'gcore' | 'httpRequest', number[]>;

async function peaks(runs: number, peakOf: (subject: Subject) => Promise<number>): Promise<Peaks> {
	const found: Peaks = { noOperation: [], gcore: [], httpRequest: [] };
	for (let run = 0; run < runs; run++) {
		found.noOperation.push(await peakOf(noOperation));
		found.gcore.push(await peakOf(gcore()));
		found.httpRequest.push(await peakOf(httpRequest));
	}
	return found;
}

function comparison(
	what: string,
	{ noOperation: without, gcore: ours, httpRequest: theirs }: Peaks,
	limitMb?: number,
): Row[] {
	const more = (subject: number[]) => median(subject) - median(without);
	const text = (subject: number[]) => spread([more(subject)], ' MB');
	return [
		{
			what: `10,000 items: ${what}`,
			gcore: spread(ours, ' MB'),
			httpRequest: spread(theirs, ' MB'),
		},
		{
			what: `more than with No Operation in its place, which is ${spread(without, ' MB')}`,
			gcore: text(ours),
			httpRequest: text(theirs),
			...(limitMb && { target: { text: `< ${limitMb} MB`, isMet: more(ours) < limitMb } }),
		},
	];
}

async function peakWith(subject: Subject): Promise<number> {
	return await onStage(async (stage) => {
		const n8n = await childOf(stage.host.guardId());
		await forgetPeak(n8n);
		await sendBatch(stage, subject, BATCH);
		await sleep(SAVED_MS);
		return await peakMb(n8n);
	});
}

async function livePeakWith(subject: Subject): Promise<number> {
	const heap = await watchLiveHeap();
	try {
		return await onStage(
			async (stage) => {
				const n8n = await childOf(stage.host.guardId());
				const since = Date.now();
				await sendBatch(stage, subject, BATCH);
				await sleep(SAVED_MS);
				return await heap.peakMb(n8n, since);
			},
			undefined,
			heap.settings,
		);
	} finally {
		await heap.remove();
	}
}
