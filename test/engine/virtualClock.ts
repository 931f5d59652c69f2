/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- it is these that run on another clock */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import type { Simulator } from '../simulator';

/** What Node.js calls work that is under way elsewhere, such as connecting or reading a file. */
const UNDER_WAY = /Req|ConnectWrap|WriteWrap|ShutdownWrap/;

/** How many turns of the event loop must be quiet before time passes: a promise may need some to get on. */
const QUIET_TURNS = 3;

/** Node.js reports each request here that has been sent; the request is over when it closes. */
const REQUEST_START = 'http.client.request.start';

/** Node.js rounds shorter time-outs up to this. Jest's timers round them down to 0, and time would not pass. */
const SHORTEST_MS = 1;

/**
 * Gives all tests of a file a clock of their own, which n8n, the node and the simulator share: `Date`
 * and `setTimeout`. The clock stands still while anything happens, and jumps to the next timer when
 * all that is left is to wait. A wait of hours takes a moment, and its length is exact however busy
 * the machine is. Node.js's own timers, such as those of sockets, keep to real time.
 *
 * @param simulator the only server that requests go to
 */
export function useVirtualClock(simulator: () => Simulator): void {
	const sent = new Set<ClientRequest>();
	const onStart = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		sent.add(request);
		request.once('close', () => sent.delete(request));
	};
	/** Whether every request waits for the simulator, which holds it back until a later time. */
	const isQuiet = () =>
		sent.size === simulator().held() &&
		!process.getActiveResourcesInfo().some((name) => UNDER_WAY.test(name));

	let next: NodeJS.Immediate;
	let quietTurns = 0;
	const turn = () => {
		quietTurns = isQuiet() ? quietTurns + 1 : 0;
		if (quietTurns > QUIET_TURNS) {
			jest.advanceTimersToNextTimer();
			quietTurns = 0;
		}
		next = setImmediate(turn);
	};

	beforeAll(() => {
		jest.useFakeTimers({
			doNotFake: [
				'hrtime',
				'nextTick',
				'performance',
				'queueMicrotask',
				'setImmediate',
				'clearImmediate',
				'setInterval',
				'clearInterval',
			],
		});
		const { setTimeout: virtualTimeout } = global;
		global.setTimeout = ((callback: () => void, ms = 0, ...args: []) =>
			virtualTimeout(callback, Math.max(ms, SHORTEST_MS), ...args)) as typeof setTimeout;
		subscribe(REQUEST_START, onStart);
		turn();
	});

	afterAll(() => {
		clearImmediate(next);
		unsubscribe(REQUEST_START, onStart);
		jest.useRealTimers();
	});
}
