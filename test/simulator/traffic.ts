import type { Request, Response } from 'express';

/** One request as it arrived. */
export interface RecordedRequest {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: unknown;
	/** When it arrived, in ms since the epoch. */
	at: number;
}

/** What arrives at a host. */
export class Traffic {
	/** Every request, in the order of arrival. */
	readonly requests: RecordedRequest[] = [];

	private underWay = 0;

	private most = 0;

	/** The most requests that were under way at once. */
	mostAtOnce(): number {
		return this.most;
	}

	/** Records a request that has just arrived. */
	record({ method, path, query, headers, body }: Request, response: Response): RecordedRequest {
		this.most = Math.max(this.most, ++this.underWay);
		response.once('close', () => (this.underWay -= 1));
		const recorded = { method, path, query, headers, body: body as unknown, at: Date.now() };
		this.requests.push(recorded);
		return recorded;
	}

	/** How long the latest request is under way, in ms: between a tenth of the longest time and all of it. */
	latency(longestMs: number): number {
		return longestMs * (0.1 + 0.9 * ((this.requests.length * GOLDEN_RATIO) % 1));
	}

	/** Forgets what arrived. */
	forget(): void {
		this.most = this.requests.length = 0;
	}
}

/** Its multiples are spread evenly. */
const GOLDEN_RATIO = 0.618;
