import { sleep } from 'n8n-workflow';

import { sendBatch } from './batch';
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
 * The peak of n8n's memory with a subject, less the peak with No Operation in its place. Each run
 * is in a fresh n8n: what one has taken from the system it may keep.
 */
export async function memory(runs: number): Promise<Row[]> {
	const peaks = { noOperation: [], gcore: [], httpRequest: [] } as Record<string, number[]>;
	const subjects = { noOperation, gcore: gcore(), httpRequest };
	for (let run = 0; run < runs; run++) {
		for (const [name, subject] of Object.entries(subjects)) {
			peaks[name]?.push(await peakWith(subject));
		}
	}
	const { noOperation: without = [], gcore: ours = [], httpRequest: theirs = [] } = peaks;
	const more = (subject: number[]) => median(subject) - median(without);
	const text = (subject: number[]) => spread([more(subject)], ' MB');
	return [
		{
			what: '10,000 items: peak memory of n8n',
			gcore: spread(ours, ' MB'),
			httpRequest: spread(theirs, ' MB'),
		},
		{
			what: `more than with No Operation in its place, which is ${spread(without, ' MB')}`,
			gcore: text(ours),
			httpRequest: text(theirs),
			target: { text: `< ${LIMIT_MB} MB`, isMet: more(ours) < LIMIT_MB },
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
