import { asGcoreError, GcoreError } from './api/errors';
import { pauseUntil, withJitter } from './pause';
import { mapPool } from './pool';

/** The pause between two rounds of asking grows from the first to the second of these. */
export const SHORTEST_PAUSE_MS = 5_000;
export const LONGEST_PAUSE_MS = 30_000;
const PAUSE_GROWTH = 1.5;

/** How long a request of a round may be refused for the moment; the next round asks again anyway. */
export const ROUND_EFFORT = { tries: 1, patienceMs: 30_000 };

/** How many requests in a row may fail, in a way that passes, before a wait ends. */
export const FAILURES_TOLERATED = 10;

/** The same for "not found" and the like: what was created a moment ago may be found soon. */
export const REFUSALS_TOLERATED = 3;

/** How many tasks or videos a round fetches at once: Gcore takes minutes for each, so more would gain nothing. */
export const ASKED_AT_ONCE = 10;

/** If this many requests fail and none succeeds, a round sends no more. */
export const FAILURES_A_ROUND = 10;

/** A task or a video to wait for. */
interface Watch {
	id: string;
	/** When its time is up, in ms since the epoch. */
	deadline: number;
}

/** What is known of a task or a video that is waited for. */
export interface Observation<Subject> {
	/** How its wait stands: it goes on, or why it is over. */
	state: 'waiting' | 'ended' | 'timeUp' | 'failed';
	/** The task or the video as it was last seen. */
	latest?: Subject;
	/** Why it was not seen the last time. */
	error?: GcoreError;
}

/** Where the tasks or the videos of a wait come from. Its requests are tried as {@link ROUND_EFFORT} says. */
export interface WaitSource<Subject> {
	/** A task or a video by its ID. */
	get(id: string): Promise<Subject>;
	/** Whether there is nothing more to wait for. */
	hasEnded(subject: Subject): boolean;
	/**
	 * The tasks or videos still waited for, as far as a list shows them. Any that has ended is then
	 * fetched by its ID too.
	 *
	 * @param isLastRound whether the time of one of them is up
	 * @returns what was found by ID, and the error that makes the others look out of reach
	 */
	list?(
		ids: ReadonlySet<string>,
		isLastRound: () => boolean,
	): Promise<{ found: ReadonlyMap<string, Subject>; error?: GcoreError | undefined }>;
}

/** What a wait asks, when it ends early, and what it calls. */
interface WaitOptions<Subject> {
	source: WaitSource<Subject>;
	/** Ends all waits when it fires. */
	cancelSignal: AbortSignal | undefined;
	/** Called after each round with what is known of each. */
	onRound?(observations: ReadonlyArray<Observation<Subject>>): void;
	/** Asked about each wait that is over; true ends all others too. */
	endsAll?(id: string, observation: Observation<Subject>): boolean;
}

/**
 * Waits for a group of tasks or videos until each has ended, its time is up, or asking for it fails
 * for good. The first round asks at once.
 *
 * @returns what is known of each at the end, by its ID
 */
export async function waitForGroup<Subject>(
	watches: readonly Watch[],
	options: WaitOptions<Subject>,
): Promise<ReadonlyMap<string, Observation<Subject>>> {
	const group = new WaitGroup(watches, options);
	for (
		let pauseMs = SHORTEST_PAUSE_MS;
		;
		pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS)
	) {
		await group.ask();
		if (group.isOver()) return group.watched;
		const wakeAt = Math.max(Date.now() + withJitter(pauseMs), group.restUntil);
		await pauseUntil(Math.min(wakeAt, group.firstDeadline()), options.cancelSignal);
	}
}

/** A task or a video of the group. */
interface Watched<Subject> extends Watch, Observation<Subject> {
	/** How many times in a row asking failed in a way that passes, and in other ways. */
	failures: number;
	refusals: number;
}

class WaitGroup<Subject> {
	readonly watched: ReadonlyMap<string, Watched<Subject>>;

	/** Until when Gcore asks to be left alone, in ms since the epoch. */
	restUntil = 0;

	private readonly open: Map<string, Watched<Subject>>;

	constructor(
		watches: readonly Watch[],
		private readonly options: WaitOptions<Subject>,
	) {
		const watched = new Map<string, Watched<Subject>>();
		for (const { id, deadline } of watches) {
			const longest = Math.max(deadline, watched.get(id)?.deadline ?? 0);
			watched.set(id, { id, deadline: longest, state: 'waiting', failures: 0, refusals: 0 });
		}
		this.watched = watched;
		this.open = new Map(watched);
	}

	/** One round: fetches every open task or video once, then closes those whose time is up. */
	async ask(): Promise<void> {
		const { source, onRound } = this.options;
		const isLastRound = () => this.firstDeadline() <= Date.now();
		const ids = new Set(this.open.keys());
		const { found, error } = (await source.list?.(ids, isLastRound)) ?? {};
		const unseen = [...this.open.values()].filter((watched) => {
			const row = found?.get(watched.id);
			if (row === undefined || source.hasEnded(row)) return true;
			this.see(watched, row);
			return false;
		});
		if (error) for (const watched of unseen) this.fail(watched, error);
		else await this.askForEach(unseen);
		for (const watched of [...this.open.values()]) {
			if (watched.deadline <= Date.now()) this.close(watched, 'timeUp');
		}
		onRound?.([...this.watched.values()]);
	}

	isOver(): boolean {
		return this.open.size === 0 || this.options.cancelSignal?.aborted === true;
	}

	firstDeadline(): number {
		let first = Infinity;
		for (const { deadline } of this.open.values()) first = Math.min(first, deadline);
		return first;
	}

	private async askForEach(unseen: ReadonlyArray<Watched<Subject>>): Promise<void> {
		const { source } = this.options;
		const errors: GcoreError[] = [];
		let answers = 0;
		const asked = await mapPool(
			unseen,
			ASKED_AT_ONCE,
			async (watched) => {
				const answer = await source.get(watched.id).catch(asGcoreError);
				if (answer instanceof GcoreError) {
					errors.push(answer);
					this.fail(watched, answer);
				} else {
					answers += 1;
					this.see(watched, answer);
					if (source.hasEnded(answer)) this.close(watched, 'ended');
				}
				return true;
			},
			() => this.isOver() || (answers === 0 && errors.length >= FAILURES_A_ROUND),
		);
		const [error] = errors;
		if (!error || this.isOver()) return;
		for (const [index, watched] of unseen.entries()) if (!asked[index]) this.fail(watched, error);
	}

	private see(watched: Watched<Subject>, latest: Subject): void {
		if (!this.open.has(watched.id)) return;
		watched.latest = latest;
		delete watched.error;
		watched.failures = watched.refusals = 0;
	}

	private fail(watched: Watched<Subject>, error: GcoreError): void {
		if (!this.open.has(watched.id)) return;
		watched.error = error;
		this.restUntil = Math.max(this.restUntil, Date.now() + (error.retryAfterMs ?? 0));
		if (error.passes) watched.failures += 1;
		else watched.refusals += 1;
		const isTolerated =
			watched.failures <= FAILURES_TOLERATED && watched.refusals <= REFUSALS_TOLERATED;
		if (error.cure || !isTolerated) this.close(watched, 'failed');
	}

	private close(watched: Watched<Subject>, state: Observation<Subject>['state']): void {
		if (!this.open.delete(watched.id)) return;
		watched.state = state;
		if (this.options.endsAll?.(watched.id, watched)) this.open.clear();
	}
}
