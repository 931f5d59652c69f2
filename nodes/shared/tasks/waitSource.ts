import type { GcoreClient } from '../api/client';
import { asGcoreError } from '../api/errors';
import type { GcoreError } from '../api/errors';
import { eachPage } from '../api/lists';
import type { TaskFilter } from '../api/lists';
import type { Task } from '../api/types';
import { ROUND_EFFORT } from '../waitForGroup';
import type { WaitSource } from '../waitForGroup';

/** With at least this many tasks, the list is read first: it costs less than a request for each. */
const LISTED_FROM = 3;

/**
 * The lists to look through until they have shown all tasks: everything, newest first, and then the
 * queue, in the order in which tasks move on.
 */
const LISTINGS: readonly TaskFilter[] = [{}, { status: 'RECEIVED' }, { status: 'PENDING' }];

/** For this many rounds in a row, a list that cannot be read makes its tasks count as out of reach. */
const LIST_FAILURES_TOLERATED = 1;

/** The tasks of a wait: the list shows many of them with one request, but no results. */
export class TaskWaitSource implements WaitSource<Task> {
	private readonly client: GcoreClient;

	private listFailures = 0;

	constructor(
		client: GcoreClient,
		readonly hasEnded: (task: Task) => boolean,
	) {
		this.client = client.spending(ROUND_EFFORT);
	}

	async get(taskId: string): Promise<Task> {
		return await this.client.getTask(taskId);
	}

	async list(taskIds: ReadonlySet<string>, isLastRound: () => boolean) {
		const found = new Map<string, Task>();
		if (taskIds.size < LISTED_FROM) return { found };
		const error = await this.readLists(taskIds, found).catch(asGcoreError);
		return { found, error: this.errorForAll(error, isLastRound) };
	}

	/**
	 * @param error of reading the list
	 * @returns the error, if all tasks that the list did not show are to count as out of reach in this
	 *   round; undefined if each is to be asked for by its ID
	 */
	private errorForAll(
		error: GcoreError | undefined,
		isLastRound: () => boolean,
	): GcoreError | undefined {
		if (!error) this.listFailures = 0;
		// A list that is refused for good says nothing about single tasks
		if (!error?.passes) return undefined;
		this.listFailures += 1;
		return isLastRound() || this.listFailures > LIST_FAILURES_TOLERATED ? undefined : error;
	}

	/** Reads on while a page shows enough of the tasks to be worth its request. */
	private async readLists(
		taskIds: ReadonlySet<string>,
		found: Map<string, Task>,
	): Promise<undefined> {
		const isMissing = () => taskIds.size - found.size >= LISTED_FROM;
		for (const listing of LISTINGS) {
			if (!isMissing()) return;
			for await (const page of eachPage(this.client, listing)) {
				const known = found.size;
				for (const row of page.rows) if (taskIds.has(row.task_id)) found.set(row.task_id, row);
				if (found.size - known < 2 || !isMissing()) break;
			}
		}
	}
}
