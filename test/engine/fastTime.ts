/* eslint-disable @n8n/community-nodes/no-restricted-globals -- it is these that run faster */

/**
 * Makes time run faster in all tests of a file, for n8n, the node and the simulator alike, which
 * share one process: a wait of minutes takes seconds, and nothing else is different. Node.js's own
 * timers, such as those of sockets, keep to real time.
 *
 * @param factor how many times faster
 */
export function runTimeFaster(factor: number): void {
	const { now } = Date;
	const { setTimeout: realSetTimeout } = global;
	const startedAt = now();

	beforeAll(() => {
		Date.now = () => startedAt + (now() - startedAt) * factor;
		global.setTimeout = ((callback: () => void, ms = 0, ...args: []) =>
			realSetTimeout(callback, ms / factor, ...args)) as typeof setTimeout;
	});

	afterAll(() => {
		Date.now = now;
		global.setTimeout = realSetTimeout;
	});
}
