import { sleep } from 'n8n-workflow';

/** How long a Stop may go unnoticed in a pause: the sleep of older n8n versions ignores signals. */
export const SLICE_MS = 250;

/**
 * Waits until a time, or until a person stops the execution.
 *
 * @param wakeAt in ms since the epoch
 */
export async function pauseUntil(
	wakeAt: number,
	cancelSignal: AbortSignal | undefined,
): Promise<void> {
	while (Date.now() < wakeAt && !cancelSignal?.aborted) {
		await sleep(Math.min(SLICE_MS, wakeAt - Date.now()));
	}
}

/** The share by which a pause may be longer, so that many executions do not ask in step. */
const JITTER = 0.2;

/** @returns a pause in ms that is longer by a random share */
export function withJitter(pauseMs: number): number {
	return pauseMs * (1 + Math.random() * JITTER);
}
