import { withJitter } from '../pause';
import type { GcoreError, GcoreErrorKind } from './errors';

/** The pause after a refusal. It grows with each further refusal and shrinks with each acceptance. */
export const SHORTEST_PAUSE_MS = 50;
export const LONGEST_PAUSE_MS = 15_000;
const PAUSE_GROWTH = 1.5;
const PAUSE_DECAY = 0.6;

/** Concurrency regained per accepted request after a queue-full refusal. */
const WIDENING = 2;

/**
 * How fast requests may follow each other, learned from what becomes of them: all at once as long as
 * all are accepted; a quarter as many after a pause if there is no room, down to one at a time; half
 * as many, for longer, after "too many requests".
 */
export class Pace {
	/** Before this time nothing is sent, in ms since the epoch. */
	restUntil = 0;

	/** The last refusal, unless a request sent after it has been accepted. */
	refusal: GcoreError | undefined;

	/** Whether any request got through. */
	hasReached = false;

	/** How many requests may be under way now; never above the ceiling. */
	private width: number;

	/** How many requests at once are known to be tolerated; a fraction does not count yet. */
	private ceiling: number;

	private pauseMs = SHORTEST_PAUSE_MS;

	/** Incremented on each refusal that changes the pace; replies to requests sent before it are ignored. */
	private era = 0;

	/** Whether single requests are sent to find out if there is room: room for one is not room for two. */
	private isProbing = false;

	/** Since when refusals of a kind have come without an acceptance, in ms since the epoch. */
	private readonly refusedSince = new Map<GcoreErrorKind, number>();

	/** @param size how many requests may be under way at once, at most */
	constructor(private readonly size: number) {
		this.width = this.ceiling = size;
	}

	/** Whether another request may be sent now, beside those under way. */
	admits(underWay: number): boolean {
		return underWay < this.width && Date.now() >= this.restUntil;
	}

	/** @returns a mark to hand back with the reply to a request that is sent now */
	mark(): number {
		return this.era;
	}

	/** @param mark returned by `mark()` when the request was sent; one from before the last refusal is ignored */
	accept(mark: number): void {
		this.reach();
		if (mark !== this.era) return;
		this.refusal = undefined;
		this.refusedSince.clear();
		this.pauseMs = Math.max(this.pauseMs * PAUSE_DECAY, SHORTEST_PAUSE_MS);
		this.ceiling = Math.min(this.ceiling + 1 / this.ceiling, this.size);
		if (!this.isProbing) this.width = Math.min(this.width + WIDENING, Math.floor(this.ceiling));
		this.isProbing = false;
	}

	/** A request got through, whatever became of it: Gcore is no longer out of reach. */
	reach(): void {
		this.hasReached = true;
		if (this.refusal?.kind === 'connectionFailed') this.refusal = undefined;
		this.refusedSince.delete('connectionFailed');
	}

	/**
	 * A request was refused in a way that passes.
	 *
	 * @param mark returned by `mark()` when the request was sent
	 */
	refuse(error: GcoreError, mark: number): void {
		if (error.retryAfterMs !== undefined || !this.isAskedToRest()) this.note(error);
		if (error.retryAfterMs !== undefined) this.rest(error.retryAfterMs);
		if (mark !== this.era) return;

		this.era += 1;
		this.rest(withJitter(this.pauseMs));
		this.pauseMs = Math.min(this.pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
		if (error.kind === 'rateLimited') this.width = this.ceiling = share(this.width, 1 / 2);
		else this.width = share(this.width, 1 / 4);
		this.isProbing = this.width === 1;
	}

	/**
	 * Whether refusals have lasted, or by Gcore's Retry-After will last, at least as long as a caller
	 * waits.
	 *
	 * @param patienceMs how long refusals of its kind are waited out while nothing is accepted
	 * @param since from when on that time counts, in ms since the epoch
	 */
	isPatienceExhausted(patienceMs: number, since = 0): boolean {
		if (!this.refusal) return false;
		const refusedSince = this.refusedSince.get(this.refusal.kind) ?? Infinity;
		const knownEnd = this.refusal.retryAfterMs === undefined ? 0 : this.restUntil;
		return Math.max(knownEnd, Date.now()) >= Math.max(refusedSince, since) + patienceMs;
	}

	private note(error: GcoreError): void {
		// A "queue full" reply proves that Gcore accepts requests again, so earlier refusals no longer apply
		if (error.kind === 'queueFull') {
			for (const kind of this.refusedSince.keys()) {
				if (kind !== error.kind) this.refusedSince.delete(kind);
			}
		}
		this.refusal = error;
		if (!this.refusedSince.has(error.kind)) this.refusedSince.set(error.kind, Date.now());
	}

	/** Whether Gcore has asked for a rest that is not over. */
	private isAskedToRest(): boolean {
		return this.refusal?.retryAfterMs !== undefined && Date.now() < this.restUntil;
	}

	private rest(ms: number): void {
		this.restUntil = Math.max(this.restUntil, Date.now() + ms);
	}
}

function share(width: number, part: number): number {
	return Math.max(Math.floor(width * part), 1);
}
