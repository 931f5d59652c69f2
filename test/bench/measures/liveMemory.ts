import { sendBatch } from '../plumbing/batch';
import { BATCH, childOf, peakRows, untilSaved, watchLiveHeap } from '../plumbing/memory';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import type { Subject } from '../plumbing/subjects';

const LIMIT_MB = 100;

/** The peak of the live objects on n8n's heap, garbage not counted. */
export async function liveMemory(runs: number): Promise<Row[]> {
	return await peakRows({
		label: 'live memory of n8n at its peak',
		runs,
		peakMb,
		limitMb: LIMIT_MB,
	});
}

async function peakMb(subject: Subject): Promise<number> {
	const heap = await watchLiveHeap();
	try {
		return await onStage(
			async (stage) => {
				const n8n = await childOf(stage.host.guardId());
				const since = Date.now();
				await sendBatch(stage, subject, BATCH);
				await untilSaved();
				return await heap.peakMb(n8n, since);
			},
			{ settings: heap.settings },
		);
	} finally {
		await heap.remove();
	}
}
