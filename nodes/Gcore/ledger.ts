import type { IDataObject } from 'n8n-workflow';

import type { CreateTaskRequest } from '../shared/api/types';
import { groupBy } from '../shared/groupBy';
import { requestKey } from '../shared/tasks/match';

/** One task to create, and what has become of it. */
export interface LedgerEntry {
	request: CreateTaskRequest;
	/** Its task, once there is one. */
	taskId?: string;
	/** Whether the task was there before. */
	reused?: boolean;
	/** When it was first sent, in ms since the epoch, where nobody knows whether there is a task. */
	lostAt?: number;
}

/** What the retries of a run find. */
interface Memory {
	entries: LedgerEntry[];
	/** The IDs of the tasks that were there before the first request, where they could be read. */
	known?: string[];
}

/** The book of the tasks that a run of the node creates, in which its retries find what is done. */
export class Ledger {
	private readonly memory: Memory;

	/** The entries of earlier tries, by request. Each is for one item; which one makes no difference. */
	private readonly earlier: Map<string, LedgerEntry[]>;

	constructor(retryMemory: IDataObject) {
		this.memory = (retryMemory['ledger'] ??= { entries: [] }) as unknown as Memory;
		this.earlier = groupBy(this.memory.entries, ({ request }) => requestKey(request));
	}

	/** The entry of an earlier try for the same request, or else a new one. */
	entryFor(request: CreateTaskRequest): LedgerEntry {
		const earlier = this.earlier.get(requestKey(request))?.shift();
		if (earlier) return earlier;
		const entry = { request };
		this.memory.entries.push(entry);
		return entry;
	}

	/** The IDs of the tasks that were there before the first request, where they could be read. */
	get known(): readonly string[] | undefined {
		return this.memory.known;
	}

	/** Notes the tasks that are there. They are those from before only while no answer was lost. */
	noteKnown(taskIds: string[]): void {
		if (!this.memory.entries.some(({ lostAt, taskId }) => lostAt !== undefined && !taskId))
			this.memory.known = taskIds;
	}

	/** Every task that is an item's, created or reused. */
	taskIds(): string[] {
		return this.memory.entries.flatMap(({ taskId }) => taskId ?? []);
	}

	/** Every task that the tries of this run have created. */
	createdTaskIds(): string[] {
		return this.memory.entries.flatMap(({ taskId, reused }) => (taskId && !reused ? taskId : []));
	}
}
