import { createHash } from 'node:crypto';

import type { RecordedRequest } from '../simulator';

/**
 * Picks requests at random, the same ones for the same seed: a draw depends on what is asked for and
 * how often it was asked before, but not on the order in which requests arrive.
 *
 * @param rate 0 to 1
 */
export function byChance(seed: string, rate: number): (request: RecordedRequest) => boolean {
	const asked = new Map<string, number>();
	return ({ method, path, query, body }) => {
		const request = JSON.stringify([method, path, query, body]);
		const count = (asked.get(request) ?? 0) + 1;
		asked.set(request, count);
		return drawn(JSON.stringify([seed, request, count])) < rate;
	};
}

/** A number from 0 up to 1. */
function drawn(seed: string): number {
	return createHash('sha256').update(seed).digest().readUInt32BE() / 2 ** 32;
}
