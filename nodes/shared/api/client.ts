import { isTranscription } from '../tasks/task';
import { unreadable, WRITE_PATIENCE_MS } from './http';
import type { Effort, GcoreHttp } from './http';
import type { CreateTaskRequest, Task, TaskListQuery, TaskPage } from './types';
import { VideoClient } from './videoClient';

const TASKS = '/streaming/ai/tasks';

/** What the creation of a task may spend, and its callbacks. */
interface CreateLimits {
	/** How long a full queue is waited out while nothing is accepted, in ms; 0 makes it an error at once. */
	maxWaitForRoomMs: number;
	/** Whether the task is no longer wanted. */
	isOver(): boolean;
	/** Called on each reply that the queue is full. */
	onQueueFull(): void;
}

/** Gcore's AI task API, and that of its hosted videos. Every call returns a typed value or throws a GcoreError. */
export class GcoreClient {
	readonly videos: VideoClient;

	constructor(private readonly http: GcoreHttp) {
		this.videos = new VideoClient(http);
	}

	/** The same client with other limits for its requests. */
	spending(effort: Partial<Effort>): GcoreClient {
		return new GcoreClient(this.http.spending(effort));
	}

	/**
	 * Creates a transcription task: `POST /streaming/ai/tasks`.
	 *
	 * @returns the task's ID
	 */
	async createTask(request: CreateTaskRequest, limits: CreateLimits): Promise<string> {
		const answer = await this.http.write(
			{ method: 'POST', url: TASKS, body: { ...request } },
			{
				patienceMs: (kind) => (kind === 'queueFull' ? limits.maxWaitForRoomMs : WRITE_PATIENCE_MS),
				// A batch gives up as a whole: the last of a thousand tasks does not wait anew
				patientSince: 0,
				isOver: () => this.http.isStopped() || limits.isOver(),
				onRefusal: ({ kind }) => {
					if (kind === 'queueFull') limits.onQueueFull();
				},
			},
			'tasks',
		);
		const { task_id } = answer;
		return typeof task_id === 'string' && task_id ? task_id : unreadable('it holds no task_id');
	}

	/** A task with its result: `GET /streaming/ai/tasks/{task_id}`. */
	async getTask(taskId: string): Promise<Task> {
		return await this.http.get(`${TASKS}/${taskId}`, {}, (task) =>
			isTask(task) ? task : unreadable('it is not a task'),
		);
	}

	/**
	 * One page of the transcription tasks, without results: `GET /streaming/ai/tasks`. Tasks of other
	 * kinds are left out if Gcore lists them all the same.
	 */
	async listTasks(query: TaskListQuery): Promise<TaskPage> {
		const filter = { task_name: 'transcription', ...query };
		return await this.http.get(TASKS, filter, ({ results, next, count }) => {
			if (!Array.isArray(results)) return unreadable('it holds no list of tasks');
			const tasks = results.filter(isTask);
			const ids = tasks.map(({ task_id }) => task_id);
			const more = Boolean(next) && results.length > 0;
			return { rows: tasks.filter(isTranscription), more, count: Number(count) || 0, ids };
		});
	}

	/**
	 * Stops a task: `POST /streaming/ai/tasks/{task_id}/cancel`.
	 *
	 * @returns Gcore's words for it
	 */
	async cancelTask(taskId: string): Promise<string> {
		const url = `${TASKS}/${taskId}/cancel`;
		const { result = '' } = await this.http.write({ method: 'POST', url });
		return typeof result === 'string' ? result : JSON.stringify(result);
	}

	/**
	 * Whether Gcore can make subtitles in one language from speech in another:
	 * `GET /streaming/ai/info`.
	 *
	 * @param languages codes as Gcore takes them
	 */
	async isSupported(languages: {
		audio_language: string;
		subtitles_language: string;
	}): Promise<boolean> {
		const question = { type: 'language_support', ...languages };
		return await this.http.get('/streaming/ai/info', question, ({ supported }) =>
			typeof supported === 'boolean'
				? supported
				: unreadable('it does not say whether the languages are supported'),
		);
	}
}

function isTask(value: unknown): value is Task {
	if (typeof value !== 'object' || value === null) return false;
	const { task_id, status } = value as Record<string, unknown>;
	return typeof task_id === 'string' && typeof status === 'string';
}
