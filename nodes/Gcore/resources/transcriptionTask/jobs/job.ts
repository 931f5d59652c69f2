import type { Problem } from '../../../../form/problem';
import type { SubtitlesWanted } from '../../../../form/subtitleFields';
import type { Wait } from '../../../../form/waitFields';
import type { GcoreError } from '../../../../shared/api/errors';
import type { CreateTaskRequest, Task } from '../../../../shared/api/types';
import type { limiter } from '../../../../shared/pool';
import { requestKey, workKey } from '../../../../shared/tasks/lookup';
import type { OperationContext } from '../../../operations/operation';
import type { Subtitles } from '../subtitles';
import { readsVideo } from './jobVideo';
import type { JobVideo } from './jobVideo';
import { isLostRecord } from './ledger';
import type { Ledger, TaskRecord } from './ledger';

/** How an item wants its tasks to be created. */
export interface JobSettings {
	/** Whether to ask first if Gcore can translate between the languages. */
	checkPair: boolean;
	/** How long to wait for room in Gcore's queue, in ms; 0 makes a full queue a problem at once. */
	maxWaitForRoomMs: number;
	/** How old a task may be to be reused, in ms; undefined to reuse none. */
	reuseWithinMs: number | undefined;
	/** How to wait for the task, if at all. */
	wait: Wait | undefined;
	/** The subtitles to return with a task that was waited for. */
	subtitles: SubtitlesWanted | undefined;
}

/** One task to create, from the reading of its item to its output: every step writes into it. */
export interface Job {
	inputIndex: number;
	/** If the video is a file or hosted, its URL is a placeholder until the job is submitted. */
	request: CreateTaskRequest;
	settings: JobSettings;
	/** The entry that retries find, with the task ID. */
	record: TaskRecord;
	/** The language of its subtitles, if its input asks for several and a problem must name one. */
	language?: string;
	/** When its request was last handed to the client, in ms since the epoch. */
	sentAt?: number;
	/** What went wrong: later steps skip the job. */
	problem?: Problem;
	/** The hosted video that its task reads; none if the video is at a URL. */
	video?: JobVideo;
	/** The task, if it was waited for. */
	task?: Task;
	/** Its subtitles, if they are wanted. */
	subtitles?: Subtitles;
}

/** What the steps share. */
export interface Batch {
	context: OperationContext;
	ledger: Ledger;
	/** Bounds the uploads under way. */
	limitUploads: ReturnType<typeof limiter>;
	/** The last failure to read the list of tasks. */
	listError?: GcoreError;
}

/** Whether a job still has to get its task. */
export function needsTask({ record, problem }: Job): boolean {
	return record.taskId === undefined && problem === undefined;
}

/** Whether a task is for the work that a job asks for, whichever rendition of its video it reads. */
export function isTaskOf({ request, video }: Job, task: Task): boolean {
	const data = task.task_data ?? {};
	if (!video) return requestKey(data) === requestKey(request);
	return readsVideo(task, video) && workKey(data) === workKey(request);
}

/** Whether it is unknown if Gcore created the job's task. */
export function isLost({ record }: Job): boolean {
	return isLostRecord(record);
}
