/** How much our clock and those of Gcore's machines may differ. */
export const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/**
 * A time of Gcore's in ms since the epoch; undefined if it is none. A time without a zone is taken for
 * UTC, so that times compare the same on every machine.
 */
export function parseTime(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const ms = Date.parse(/[T ][\d:.]+$/.test(value) ? `${value}Z` : value);
	return Number.isNaN(ms) ? undefined : ms;
}
