import { sleep } from 'n8n-workflow';

import { SLICE_MS, withJitter } from '../pause';
import { asGcoreError, GcoreError } from './errors';
import type { GcoreErrorKind } from './errors';

/** The pause after a refusal. It grows with each further refusal and shrinks with each acceptance. */
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 15_000;
const PAUSE_GROWTH = 1.5;
const PAUSE_DECAY = 0.6;

/** Concurrency regained per accepted request after a queue-full refusal. */
const WIDENING = 2;

/** How long a host may be out of reach that has never answered: its address is probably wrong. */
const FIRST_CONNECTION_PATIENCE_MS = 3_000;

/** How a caller wants its request to be paced. */
export interface PaceLimits {
	/** How long passing refusals of a kind are waited out while nothing is accepted, in ms. */
	patienceMs(kind: GcoreErrorKind): number;
	/** Whether the caller no longer needs its request. */
	isOver(): boolean;
}

/**
 * How fast requests may follow each other, learned from what becomes of them: all at once as long as
 * all are accepted; a quarter as many after a pause if there is no room, down to one at a time; half
 * as many, for longer, after "too many requests". A request that is refused in a way that passes is
 * sent again; those that were asked for first go first.
 */
export class Pace {
	/** Before this time nothing is sent, in ms since the epoch. */
	private restUntil = 0;

	/** The last refusal, unless a request sent after it has been accepted. */
	private refusal: GcoreError | undefined;

	/** Since when refusals of a kind have come without an acceptance, in ms since the epoch. */
	private readonly refusedSince = new Map<GcoreErrorKind, number>();

	/** How many requests may be under way now; never above the ceiling. */
	private width: number;

	/** How many requests at once are known to be tolerated; a fraction does not count yet. */
	private ceiling: number;

	/** Whether any request got through. */
	private hasReached = false;

	private pauseMs = SHORTEST_PAUSE_MS;

	/** Incremented on each refusal that changes the pace; replies to requests sent before it are ignored. */
	private era = 0;

	/** Whether single requests are sent to find out if there is room: room for one is not room for two. */
	private isProbing = false;

	private underWay = 0;

	private lastTicket = 0;

	/** The tickets of the requests that wait to be sent. */
	private readonly waiting = new Set<number>();

	private change: Promise<void> | undefined;

	private announceChange = () => {};

	/** @param size how many requests may be under way at once, at most */
	constructor(private readonly size: number) {
		this.width = this.ceiling = size;
	}

	/**
	 * Sends a request as soon as the pace admits it, and again as long as it is refused in a way that
	 * passes.
	 *
	 * @returns what `send` returned
	 * @throws GcoreError: what `send` threw, the refusal that outlasted the caller's patience, or
	 *   `stopped` if the caller no longer needs the request
	 */
	async run<Result>(send: () => Promise<Result>, limits: PaceLimits): Promise<Result> {
		const ticket = ++this.lastTicket;
		for (;;) {
			await this.admission(ticket, limits);
			const era = this.era;
			this.underWay += 1;
			const outcome = await send().then(
				(result) => ({ result }),
				(error: unknown) => ({ error: asGcoreError(error) }),
			);
			this.underWay -= 1;
			if ('result' in outcome) this.accept(era);
			else this.learn(outcome.error, era);
			this.announceChange();
			if ('result' in outcome) return outcome.result;
			if (!outcome.error.isPassingRefusal) throw outcome.error;
		}
	}

	/** Resolves when the request with this ticket may be sent. */
	private async admission(ticket: number, limits: PaceLimits): Promise<void> {
		this.waiting.add(ticket);
		try {
			for (;;) {
				if (limits.isOver()) throw new GcoreError('stopped');
				const { refusal } = this;
				if (refusal && this.isPatienceExhausted(refusal, limits)) throw refusal;
				if (this.admits() && this.isFirst(ticket)) return;
				await this.nextChange();
			}
		} finally {
			this.waiting.delete(ticket);
			this.announceChange();
		}
	}

	private admits(): boolean {
		return this.underWay < this.width && Date.now() >= this.restUntil;
	}

	private isFirst(ticket: number): boolean {
		for (const other of this.waiting) if (other < ticket) return false;
		return true;
	}

	/** Resolves when a request was sent or answered, or when a slice of the pause is over. */
	private async nextChange(): Promise<void> {
		this.change ??= this.untilChange().finally(() => (this.change = undefined));
		await this.change;
	}

	private async untilChange(): Promise<void> {
		const announced = new Promise<void>((resolve) => (this.announceChange = resolve));
		const restMs = this.restUntil - Date.now();
		await (restMs > 0 ? Promise.race([announced, sleep(Math.min(restMs, SLICE_MS))]) : announced);
	}

	/** @param era the era in which the request was sent: one sent before the last refusal says nothing new */
	private accept(era: number): void {
		this.hasReached = true;
		if (era !== this.era) return;
		this.refusal = undefined;
		this.refusedSince.clear();
		this.pauseMs = Math.max(this.pauseMs * PAUSE_DECAY, SHORTEST_PAUSE_MS);
		this.ceiling = Math.min(this.ceiling + 1 / this.ceiling, this.size);
		if (!this.isProbing) this.width = Math.min(this.width + WIDENING, Math.floor(this.ceiling));
		this.isProbing = false;
	}

	private learn(error: GcoreError, era: number): void {
		if (error.kind !== 'connectionFailed') this.noteReached();
		if (error.isPassingRefusal) this.refuse(error, era);
	}

	/** A request got through, whatever became of it: Gcore is no longer out of reach. */
	private noteReached(): void {
		this.hasReached = true;
		if (this.refusal?.kind === 'connectionFailed') this.refusal = undefined;
		this.refusedSince.delete('connectionFailed');
	}

	private refuse(error: GcoreError, era: number): void {
		if (error.retryAfterMs !== undefined || !this.isAskedToRest()) this.note(error);
		if (error.retryAfterMs !== undefined) this.rest(error.retryAfterMs);
		if (era !== this.era) return;

		this.era += 1;
		this.rest(withJitter(this.pauseMs));
		this.pauseMs = Math.min(this.pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
		if (error.kind === 'rateLimited') this.width = this.ceiling = share(this.width, 1 / 2);
		else this.width = share(this.width, 1 / 4);
		this.isProbing = this.width === 1;
	}

	/** Whether refusals have lasted, or by Gcore's own word will last, for longer than the caller waits. */
	private isPatienceExhausted({ kind, retryAfterMs }: GcoreError, limits: PaceLimits): boolean {
		const isFirstConnection = kind === 'connectionFailed' && !this.hasReached;
		const patienceMs = Math.min(
			limits.patienceMs(kind),
			isFirstConnection ? FIRST_CONNECTION_PATIENCE_MS : Infinity,
		);
		const endsAt = (this.refusedSince.get(kind) ?? Infinity) + patienceMs;
		const knownEnd = retryAfterMs === undefined ? 0 : this.restUntil;
		return Math.max(knownEnd, Date.now()) >= endsAt;
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

	/** Whether Gcore has named a time that is still to come. */
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
