import { sleep } from 'n8n-workflow';

import { SLICE_MS } from '../pause';
import { asGcoreError, GcoreError } from './errors';
import type { GcoreErrorKind } from './errors';
import { Pace } from './pace';

/** How long to retry a host that has never answered, in ms: its address is probably wrong. */
export const FIRST_CONNECTION_PATIENCE_MS = 3_000;

/** What a request may spend. */
export interface RequestLimits {
	/** How long passing refusals of a kind are waited out while nothing is accepted, in ms. */
	patienceMs(kind: GcoreErrorKind): number;
	/** From when on that time counts, in ms since the epoch; 0 to count refusals of earlier requests too. */
	patientSince: number;
	/** Whether the caller no longer needs the request. */
	isOver(): boolean;
	/** Called on each refusal that passes. */
	onRefusal?(refusal: GcoreError): void;
}

/**
 * Sends requests at the pace that Gcore accepts. A request that is refused in a way that passes is
 * sent again; those that came first go first.
 */
export class PacedQueue {
	private readonly pace: Pace;

	private underWay = 0;

	private lastTicket = 0;

	/** The tickets of the requests that wait to be sent. */
	private readonly waiting = new Set<number>();

	private change: Promise<void> | undefined;

	private announceChange = () => {};

	/** @param size how many requests may be under way at once, at most */
	constructor(size: number) {
		this.pace = new Pace(size);
	}

	/**
	 * Sends a request as soon as the pace admits it, and again as long as it is refused in a way that
	 * passes.
	 *
	 * @returns what `send` returned
	 * @throws GcoreError: what `send` threw, the refusal that outlasted the caller's patience, or
	 *   `stopped` if the caller no longer needs the request
	 */
	async run<Result>(send: () => Promise<Result>, limits: RequestLimits): Promise<Result> {
		const ticket = ++this.lastTicket;
		for (;;) {
			await this.admission(ticket, limits);
			const outcome = await this.attempt(send);
			if (!(outcome instanceof GcoreError)) return outcome.result;
			if (!outcome.isPassingRefusal) throw outcome;
			limits.onRefusal?.(outcome);
		}
	}

	/** @throws what `send` throws if it is no GcoreError; the other requests go on all the same */
	private async attempt<Result>(
		send: () => Promise<Result>,
	): Promise<{ result: Result } | GcoreError> {
		const mark = this.pace.mark();
		try {
			const outcome = await send()
				.then((result) => ({ result }), asGcoreError)
				.finally(() => (this.underWay -= 1));
			if (!(outcome instanceof GcoreError)) this.pace.accept(mark);
			else if (outcome.kind !== 'connectionFailed') this.pace.reach();
			if (outcome instanceof GcoreError && outcome.isPassingRefusal)
				this.pace.refuse(outcome, mark);
			return outcome;
		} finally {
			this.announceChange();
		}
	}

	/** Resolves when the request with this ticket may be sent; from then on it counts as under way. */
	private async admission(ticket: number, limits: RequestLimits): Promise<void> {
		this.waiting.add(ticket);
		try {
			for (;;) {
				if (limits.isOver()) throw new GcoreError('stopped');
				const { refusal } = this.pace;
				if (refusal && this.isPatienceExhausted(refusal, limits)) throw refusal;
				if (this.pace.admits(this.underWay) && this.isFirst(ticket)) break;
				await this.nextChange();
			}
			this.underWay += 1;
		} finally {
			this.waiting.delete(ticket);
			this.announceChange();
		}
	}

	private isPatienceExhausted({ kind }: GcoreError, limits: RequestLimits): boolean {
		const isFirstConnection = kind === 'connectionFailed' && !this.pace.hasReached;
		const longestMs = isFirstConnection ? FIRST_CONNECTION_PATIENCE_MS : Infinity;
		const patienceMs = Math.min(limits.patienceMs(kind), longestMs);
		return this.pace.isPatienceExhausted(patienceMs, limits.patientSince);
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
		const restMs = Math.max(this.pace.restUntil - Date.now(), 0);
		// A rest may end between two readings of the clock: with nothing under way, nothing would announce that
		const isResting = restMs > 0 || this.underWay === 0;
		await (isResting ? Promise.race([announced, sleep(Math.min(restMs, SLICE_MS))]) : announced);
	}
}
