import { pauseUntil, withJitter } from '../pause';
import { GcoreError } from './errors';
import type { GcoreErrorKind } from './errors';

/** Tries of a request that changes nothing at Gcore, the first included, as Gcore's own client has it. */
const TRIES = 3;

/** The pause before the second try; it doubles from there. */
const FIRST_PAUSE_MS = 500;

/** A longer rest that Gcore asks for is for the person to know, not for a request to sit out. */
const LONGEST_REST_MS = 30_000;

/** Ways to fail that may pass within seconds. */
const PASSING: ReadonlySet<GcoreErrorKind> = new Set([
	'connectionFailed',
	'connectionLost',
	'gatewayPage',
	'notNow',
	'rateLimited',
	'serverError',
	'timedOut',
	'unreadable',
]);

/**
 * Asks again where asking failed in a way that may pass. Only for requests that may be carried out
 * twice.
 *
 * @param cancelSignal ends the pauses when it fires, and with them the tries
 * @throws what the last try threw
 */
export async function withRetries<Result>(
	ask: () => Promise<Result>,
	cancelSignal: AbortSignal | undefined,
): Promise<Result> {
	for (let tries = 1; ; tries++) {
		const outcome = await ask().then(
			(result) => ({ result }),
			(error: unknown) => ({ error }),
		);
		if ('result' in outcome) return outcome.result;
		const pauseMs = pauseAfter(outcome.error, tries);
		if (pauseMs !== undefined) await pauseUntil(Date.now() + pauseMs, cancelSignal);
		if (pauseMs === undefined || cancelSignal?.aborted) throw outcome.error;
	}
}

/** How long to wait before the next try, in ms; undefined where there is none. */
function pauseAfter(error: unknown, tries: number): number | undefined {
	if (!(error instanceof GcoreError) || !PASSING.has(error.kind) || tries >= TRIES)
		return undefined;
	const pauseMs = error.retryAfterMs ?? withJitter(FIRST_PAUSE_MS * 2 ** (tries - 1));
	return pauseMs <= LONGEST_REST_MS ? pauseMs : undefined;
}
