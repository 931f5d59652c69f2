/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a server for tests, not part of the package */
import type { Response } from 'express';

/** The requests whose answers are held back on purpose, by the clock that tests may have put in place. */
export class HeldRequests {
	private readonly responses = new Set<Response>();

	private readonly timers = new Set<NodeJS.Timeout>();

	/** How many of them a client still waits for. */
	get count(): number {
		return this.responses.size;
	}

	/** Holds a request until its client gives up. */
	hold(response: Response): void {
		this.responses.add(response);
		response.once('close', () => this.responses.delete(response));
	}

	/** Holds a request for this long, even if its client gives up first. */
	async holdFor(ms: number, response: Response): Promise<void> {
		this.hold(response);
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				resolve();
			}, ms);
			this.timers.add(timer);
		});
		this.responses.delete(response);
	}

	/** Drops the requests that are held for a time: they are neither carried out nor answered. */
	forget(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}
}
