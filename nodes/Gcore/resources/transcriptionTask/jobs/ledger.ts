import type { CreateTaskRequest } from '../../../../shared/api/types';
import { groupBy } from '../../../../shared/groupBy';
import { requestKey } from '../../../../shared/tasks/lookup';
import type { OperationContext } from '../../../operations/operation';

/** What has become of one task to create. */
export interface TaskRecord {
	/** With a placeholder for the URL of a file or a hosted video. */
	request: CreateTaskRequest;
	/** The hosted video that it reads, if any; a file's copy is then complete. */
	videoId?: number;
	/** That video's name. */
	videoName?: string | undefined;
	/** See `JobVideo.claim`. */
	videoClaim?: number | undefined;
	/** The address of the rendition that the task reads, if known. */
	videoUrl?: string | undefined;
	/** Its task, once there is one. */
	taskId?: string;
	/** Whether the task existed before. */
	reused?: boolean;
	/** Whether its task ended without success. */
	hasFailed?: boolean;
	/** When the request whose answer was lost was first sent, in ms since the epoch. */
	lostSentAt?: number;
}

/** Whether it is unknown if Gcore created the task. */
export function isLostRecord({ taskId, lostSentAt }: TaskRecord): boolean {
	return taskId === undefined && lostSentAt !== undefined;
}

/** What a run keeps for its retries. */
interface Memory {
	records: TaskRecord[];
	/** The IDs of the tasks that existed before the first request; undefined if they could not be read. */
	earlierTaskIds?: string[];
}

/** The tasks that a run of the node creates; it shows the run's retries what is done. */
export class Ledger {
	private readonly memory: Memory;

	/** The records of earlier tries, by request. Equal requests are interchangeable. */
	private readonly ofEarlierTries: Map<string, TaskRecord[]>;

	constructor({ retryMemory, isResumed }: OperationContext) {
		this.memory = (retryMemory['ledger'] ??= { records: [] }) as unknown as Memory;
		// A retry follows within seconds; a person has read why the task failed
		if (isResumed) this.memory.records = this.memory.records.filter(({ hasFailed }) => !hasFailed);
		this.ofEarlierTries = groupBy(this.memory.records, ({ request }) => requestKey(request));
	}

	/** The record of an earlier try for the same request, or else a new one. */
	recordFor(request: CreateTaskRequest): TaskRecord {
		const earlier = this.ofEarlierTries.get(requestKey(request))?.shift();
		if (earlier) return earlier;
		const record = { request };
		this.memory.records.push(record);
		return record;
	}

	get earlierTaskIds(): readonly string[] | undefined {
		return this.memory.earlierTaskIds;
	}

	/**
	 * Keeps the IDs of the tasks that exist now. After a lost answer it keeps the IDs that it has: a new
	 * task may be the one that was asked for.
	 */
	noteEarlierTasks(taskIds: string[]): void {
		if (!this.memory.records.some(isLostRecord)) this.memory.earlierTaskIds = taskIds;
	}

	/** Every task that belongs to an item, created or reused. */
	taskIds(): string[] {
		return this.memory.records.flatMap(({ taskId }) => taskId ?? []);
	}

	/** Whether earlier tries may have created or reused tasks. */
	hasWork(): boolean {
		return this.taskIds().length > 0 || this.memory.records.some(isLostRecord);
	}

	/** Every task that the tries of this run have created. */
	createdTaskIds(): string[] {
		return this.memory.records.flatMap(({ taskId, reused }) => (taskId && !reused ? taskId : []));
	}
}
