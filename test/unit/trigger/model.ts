import { GcoreError } from '../../../nodes/shared/api/errors';
import type { GcoreErrorKind } from '../../../nodes/shared/api/errors';
import type { Task, TaskListQuery, TaskPage } from '../../../nodes/shared/api/types';
import type { TaskSource } from '../../../nodes/GcoreTrigger/findFinished';

/** A task of the model. Times are in ms since the epoch. */
export interface ModelTask {
	id: string;
	status: string;
	startedAt?: number;
	completedAt?: number;
	/** Whether its row shows no times, whatever happened. */
	isTimeless: boolean;
	/** Whether nobody waits for it any more, so that it may be forgotten. */
	isToldOrPast?: boolean;
	/** When it ended, even if its row does not show that. */
	endedAt?: number;
	/** Decides where it stands among tasks that started at the same time, or not at all. */
	rank: number;
}

/** How the model lists tasks. */
export interface ModelOptions {
	/** The most rows a page has. */
	pageSize: number;
	/** Whether tasks without a start come after all others; else before them. */
	queuedLast: boolean;
}

/** Gcore's tasks without HTTP, in which anything may happen between two requests. */
export class ModelGcore implements TaskSource {
	readonly tasks = new Map<string, ModelTask>();

	/** All tasks, including those that it has forgotten. */
	readonly all: ModelTask[] = [];

	/** Model time, in ms since the epoch. */
	now = Date.parse('2026-01-01T00:00:00Z');

	lists = 0;

	gets = 0;

	/** Called before each request; it may change tasks, or throw in place of an answer. */
	onRequest: () => void = () => {};

	private created = 0;

	constructor(readonly options: ModelOptions) {}

	create(details: Partial<ModelTask> = {}): ModelTask {
		this.created += 1;
		const id = `00000000-0000-4000-8000-${String(this.created).padStart(12, '0')}`;
		const rank = (this.created * 7919) % 104729;
		const task = { id, status: 'RECEIVED', isTimeless: false, rank, ...details };
		this.tasks.set(id, task);
		this.all.push(task);
		return task;
	}

	/** A task that has ended, started and completed so long ago. */
	past(startedAgo: number, completedAgo: number, status = 'SUCCESS'): ModelTask {
		const times = { startedAt: this.now - startedAgo, completedAt: this.now - completedAgo };
		return this.create({ ...times, status, endedAt: times.completedAt });
	}

	/** @param choice decides how wrong the clock of the machine that starts it is: up to four minutes */
	start(task: ModelTask, choice = 4): void {
		task.status = 'STARTED';
		task.startedAt ??= this.now + ((choice % 9) - 4) * 60_000;
	}

	end(task: ModelTask, status: string): void {
		task.status = status;
		task.endedAt = task.completedAt = this.now;
	}

	async listTasks({ page, limit, status }: TaskListQuery): Promise<TaskPage> {
		this.lists += 1;
		this.onRequest();
		const noStart = this.options.queuedLast ? -1 : Infinity;
		const startOf = (task: ModelTask) => (task.isTimeless ? noStart : (task.startedAt ?? noStart));
		const rows = [...this.tasks.values()]
			.filter((task) => status === undefined || task.status === status)
			.sort((a, b) => (startOf(b) === startOf(a) ? a.rank - b.rank : startOf(b) - startOf(a)));
		const size = Math.min(limit, this.options.pageSize);
		const end = page * size;
		const found = rows.slice(end - size, end).map(rowOf);
		const ids = found.map(({ task_id }) => task_id);
		return { rows: found, more: end < rows.length, count: rows.length, ids };
	}

	async getTask(taskId: string): Promise<Task> {
		this.gets += 1;
		this.onRequest();
		const task = this.tasks.get(taskId);
		if (!task) throw failure('notFound', 404);
		return { ...rowOf(task), result: { concatenated_text: 'text' } };
	}
}

export function failure(kind: GcoreErrorKind, status: number): GcoreError {
	return new GcoreError(kind, { status });
}

function rowOf({ id, status, startedAt, completedAt, isTimeless }: ModelTask): Task {
	const iso = (time: number | undefined) =>
		time === undefined || isTimeless ? null : new Date(time).toISOString();
	return {
		task_id: id,
		status,
		task_data: { url: `https://example.com/${id}.mp4` },
		processing_time: { started_at: iso(startedAt), completed_at: iso(completedAt) },
	};
}
