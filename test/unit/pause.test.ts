/* eslint-disable @n8n/community-nodes/no-restricted-globals -- stops an execution in a test, not part of the package */
import { pauseUntil } from '../../nodes/shared/pause';

/** The time at which a pause ends, in ms after now. */
async function endOf(pause: Promise<void>): Promise<number> {
	const startedAt = Date.now();
	let isOver = false;
	void pause.then(() => (isOver = true));
	while (!isOver) await jest.advanceTimersByTimeAsync(1);
	return Date.now() - startedAt;
}

describe('a pause', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	// A poll has no signal, and neither has n8n's new engine
	test.each([
		['no signal', undefined],
		['a signal that does not fire', new AbortController().signal],
	])('ends at its time, with %s', async (_, signal) => {
		expect(await endOf(pauseUntil(Date.now() + 2_625, signal))).toBe(2_625);
	});

	test('ends within 250 ms if the execution is stopped', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 600);
		expect(await endOf(pauseUntil(Date.now() + 3_600_000, stop.signal))).toBe(750);
	});
});
