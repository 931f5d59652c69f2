import { GcoreError } from '../shared/api/errors';

/** Refusals that say "not now" rather than "no". */
const LATER: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** How long, in ms, nobody is troubled with failing polls that may pass. */
const BORNE_MS = 60 * 60_000;

/**
 * Whether a later poll may go well without anybody doing anything: Gcore is down or cannot be
 * reached, or has too much to do.
 */
export function isPassing(error: unknown): error is GcoreError {
	if (!(error instanceof GcoreError)) return false;
	const { status = 500 } = error;
	return status < 300 || status >= 500 || LATER.has(status);
}

/** Whether Gcore has been out of reach for so long that a person should know. */
export function isLong(lastGoodAt: number, now: number): boolean {
	return now - lastGoodAt >= BORNE_MS;
}
