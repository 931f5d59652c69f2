import { sleep } from 'n8n-workflow';

const LOOK_EVERY_MS = 20;
const LONGEST_MS = 20_000;

/**
 * Waits until a condition is true.
 *
 * @throws Error if that takes too long
 */
export async function until(
	isSo: () => boolean | Promise<boolean>,
	longestMs = LONGEST_MS,
): Promise<void> {
	const deadline = Date.now() + longestMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Not within ${longestMs / 1000} s: ${String(isSo)}`);
		await sleep(LOOK_EVERY_MS);
	}
}
