import type { GcoreError, GcoreErrorKind } from './api/errors';
import { withJitter } from './pause';

/** The pause after a refusal. It grows with each further one and shrinks with each acceptance. */
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 15_000;
const PAUSE_GROWTH = 1.5;
const PAUSE_DECAY = 0.6;

/** By how many at once an acceptance widens what was narrowed for want of room. */
const WIDENING = 2;

/**
 * How fast requests may follow each other, learned from what becomes of them: many at once as long
 * as all are taken; a quarter as many after a pause where there is no room, down to one at a time;
 * half as many, for longer, after a "too many". It does no work itself.
 */
export class Pace {
	/** Before this time nothing is to be sent, in ms since the epoch. */
	restUntil = 0;

	/** The last refusal, where nothing sent after it has been accepted. */
	refusal: GcoreError | undefined;

	/** How many at once now; never above the ceiling. */
	private width: number;

	/** How many at once are borne, as far as is known; a fraction counts for nothing yet. */
	private ceiling: number;

	/** Whether any request got through. */
	hasReached = false;

	private pauseMs = SHORTEST_PAUSE_MS;

	/** Counts the refusals that made a difference, so that those of one moment count once. */
	private era = 0;

	/** Whether it sends one at a time to see if there is room: room for one is not room for two. */
	private isProbing = false;

	private readonly refusedSince = new Map<GcoreErrorKind, number>();

	/** @param size how many requests at once, at the most */
	constructor(private readonly size: number) {
		this.width = this.ceiling = size;
	}

	/** Whether another request may be sent now, beside those under way. */
	admits(underWay: number): boolean {
		return underWay < this.width && Date.now() >= this.restUntil;
	}

	/** @returns a mark of now, to tell with the end of what is sent now */
	mark(): number {
		return this.era;
	}

	/**
	 * A request was accepted. One that was sent before the last refusal says nothing new.
	 *
	 * @param mark what `mark` gave when it was sent
	 */
	accept(mark: number): void {
		if (mark !== this.era) return;
		this.refusal = undefined;
		this.refusedSince.clear();
		this.pauseMs = Math.max(this.pauseMs * PAUSE_DECAY, SHORTEST_PAUSE_MS);
		this.ceiling = Math.min(this.ceiling + 1 / this.ceiling, this.size);
		if (!this.isProbing) this.width = Math.min(this.width + WIDENING, Math.floor(this.ceiling));
		this.isProbing = false;
	}

	/** A request got through, whatever became of it: that Gcore was out of reach is over. */
	reach(): void {
		this.hasReached = true;
		if (this.refusal?.kind === 'connectionFailed') this.refusal = undefined;
		this.refusedSince.delete('connectionFailed');
	}

	/**
	 * A request was refused, and sending it again later may go well.
	 *
	 * @param mark what `mark` gave when it was sent
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
	 * Whether the last refusal has stood so long that nothing more is to be sent, or would so before
	 * the rest that Gcore asks for is over.
	 *
	 * @param patienceMs how long refusals of its kind are borne while nothing is accepted
	 */
	isHopeless(patienceMs: number): boolean {
		if (!this.refusal) return false;
		const endsAt = (this.refusedSince.get(this.refusal.kind) ?? Infinity) + patienceMs;
		const knownEnd = this.refusal.retryAfterMs === undefined ? Date.now() : this.restUntil;
		return Math.max(knownEnd, Date.now()) >= endsAt;
	}

	private note(error: GcoreError): void {
		// Who says that the queue is full takes requests: what they were refused for before is over
		if (error.kind === 'queueFull') {
			for (const kind of this.refusedSince.keys()) {
				if (kind !== error.kind) this.refusedSince.delete(kind);
			}
		}
		this.refusal = error;
		if (!this.refusedSince.has(error.kind)) this.refusedSince.set(error.kind, Date.now());
	}

	/** Whether Gcore has named a time that is not over. */
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
