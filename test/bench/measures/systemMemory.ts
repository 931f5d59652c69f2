import { sendBatch } from '../plumbing/batch';
import {
	BATCH,
	childOf,
	forgetSystemPeak,
	peakRows,
	systemPeakMb,
	untilSaved,
} from '../plumbing/memory';
import type { Row } from '../plumbing/report';
import { onStage } from '../plumbing/stage';
import type { Subject } from '../plumbing/subjects';

/** The peak of n8n's memory as the system sees it: mostly garbage, since Node.js collects it late. */
export async function systemMemory(runs: number): Promise<Row[]> {
	return await peakRows({ label: 'memory that n8n takes from the system', runs, peakMb });
}

async function peakMb(subject: Subject): Promise<number> {
	return await onStage(async (stage) => {
		const n8n = await childOf(stage.host.guardId());
		await forgetSystemPeak(n8n);
		await sendBatch(stage, subject, BATCH);
		await untilSaved();
		return await systemPeakMb(n8n);
	});
}
