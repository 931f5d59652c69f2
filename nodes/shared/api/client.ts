import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { pauseUntil, withJitter } from '../pause';
import { POOL_SIZE } from '../pool';
import { isTranscription } from '../tasks/task';
import { asGcoreError, errorOfAnswer, errorOfFailedRequest, GcoreError, isWebPage } from './errors';
import type { HttpAnswer } from './errors';
import { PacedQueue } from './pacedQueue';
import type { CreateTaskRequest, Task, TaskListQuery, TaskPage } from './types';

const TASKS = '/streaming/ai/tasks';

/** The pause before the second try of a read; it doubles from there (Gcore's own client does the same). */
const FIRST_PAUSE_MS = 500;

/** How long passing refusals of a write are waited out: Gcore asks for a moment's patience. */
const WRITE_PATIENCE_MS = 5 * 60_000;

/** Signs and sends one request, as n8n's `httpRequestWithAuthentication` does. */
type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** How a client talks to Gcore. */
interface ClientSettings {
	/** The API's address, without a slash at its end. */
	baseUrl: string;
	/** How long one request may take, in ms. */
	timeoutMs: number;
	/** Only to hide it, should an answer repeat it: `send` signs the requests. */
	apiKey: string;
	/** Fires when a person stops the execution. */
	cancelSignal: AbortSignal | undefined;
}

/** What a read may spend. */
interface Effort {
	/** How often it is sent at most, if its answers get lost or are internal errors. */
	tries: number;
	/** How long refusals that pass are waited out while nothing is accepted, in ms. */
	patienceMs: number;
	/**
	 * How long one request may take, in ms. If that is less than the client's time-out, a request that
	 * times out is not repeated.
	 */
	timeoutMs: number;
	/** When it must be over, in ms since the epoch. */
	deadline: number;
}

const USUAL_EFFORT: Effort = {
	tries: 3,
	patienceMs: 60_000,
	timeoutMs: Infinity,
	deadline: Infinity,
};

/** What the creation of a task may spend, and its callbacks. */
interface CreateLimits {
	/** How long a full queue is waited out while nothing is accepted, in ms; 0 makes it an error at once. */
	maxWaitForRoomMs: number;
	/** Whether the task is no longer wanted. */
	isOver(): boolean;
	/** Called on each reply that the queue is full. */
	onQueueFull(): void;
}

/**
 * Gcore's AI task API. Every call returns a typed value or throws a GcoreError. The client keeps the
 * pace: requests that Gcore refuses for the moment are sent again. Reads are repeated too if their
 * answer is lost; a write whose answer is lost is not, since Gcore may have carried it out.
 */
export class GcoreClient {
	constructor(
		private readonly send: Send,
		private readonly settings: ClientSettings,
		private readonly effort: Effort = USUAL_EFFORT,
		// Creating has a queue of its own, since Gcore refuses nothing else when it has no room
		private readonly queues = {
			creating: new PacedQueue(POOL_SIZE),
			others: new PacedQueue(POOL_SIZE),
		},
	) {}

	/** The same client, whose reads spend more or less. */
	spending(effort: Partial<Effort>): GcoreClient {
		return new GcoreClient(this.send, this.settings, { ...this.effort, ...effort }, this.queues);
	}

	/**
	 * Creates a transcription task: `POST /streaming/ai/tasks`.
	 *
	 * @returns the task's ID
	 */
	async createTask(request: CreateTaskRequest, limits: CreateLimits): Promise<string> {
		const create = async () => {
			const { task_id } = await this.request({ method: 'POST', url: TASKS, body: { ...request } });
			return typeof task_id === 'string' && task_id ? task_id : unreadable('it holds no task_id');
		};
		return await this.queues.creating.run(
			async () =>
				await create().catch((error: unknown) => {
					if (asGcoreError(error).kind === 'queueFull') limits.onQueueFull();
					throw error;
				}),
			{
				patienceMs: (kind) => (kind === 'queueFull' ? limits.maxWaitForRoomMs : WRITE_PATIENCE_MS),
				// A batch gives up as a whole: the last of a thousand tasks does not wait anew
				patientSince: 0,
				isOver: () => this.isStopped() || limits.isOver(),
			},
		);
	}

	/** A task with its result: `GET /streaming/ai/tasks/{task_id}`. */
	async getTask(taskId: string): Promise<Task> {
		return await this.get(`${TASKS}/${taskId}`, {}, (task) =>
			isTask(task) ? task : unreadable('it is not a task'),
		);
	}

	/**
	 * One page of the transcription tasks, without results: `GET /streaming/ai/tasks`. Rows of other
	 * kinds of tasks are left out, should Gcore list them all the same.
	 */
	async listTasks(query: TaskListQuery): Promise<TaskPage> {
		const filter = { task_name: 'transcription', ...query };
		return await this.get(TASKS, filter, ({ results, next, count }) => {
			if (!Array.isArray(results)) return unreadable('it holds no list of tasks');
			const rows = results.filter(isTask).filter(isTranscription);
			return { rows, more: Boolean(next) && results.length > 0, count: Number(count) || 0 };
		});
	}

	/**
	 * Stops a task: `POST /streaming/ai/tasks/{task_id}/cancel`.
	 *
	 * @returns Gcore's words for it
	 */
	async cancelTask(taskId: string): Promise<string> {
		const { result } = await this.queues.others.run(
			async () => await this.request({ method: 'POST', url: `${TASKS}/${taskId}/cancel` }),
			{
				patienceMs: () => WRITE_PATIENCE_MS,
				patientSince: Date.now(),
				isOver: () => this.isStopped(),
			},
		);
		return typeof result === 'string' ? result : JSON.stringify(result ?? '');
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
		return await this.get('/streaming/ai/info', question, ({ supported }) =>
			typeof supported === 'boolean'
				? supported
				: unreadable('it does not say whether the languages are supported'),
		);
	}

	/** @param read turns the answer into a value, or throws a GcoreError if it cannot */
	private async get<Value>(
		url: string,
		qs: IDataObject,
		read: (answer: Record<string, unknown>) => Value,
	): Promise<Value> {
		const { tries, patienceMs, timeoutMs, deadline } = this.effort;
		const isOver = () => this.isStopped() || Date.now() >= deadline;
		const ask = async () => read(await this.request({ method: 'GET', url, qs }));
		for (let tried = 1; ; tried++) {
			const answer = await this.queues.others
				.run(ask, { patienceMs: () => patienceMs, patientSince: Date.now(), isOver })
				.then((value) => ({ value }), asGcoreError);
			if (!(answer instanceof GcoreError)) return answer.value;
			if (!answer.passes || answer.isPassingRefusal || tried >= tries) throw answer;
			if (answer.kind === 'timedOut' && timeoutMs < this.settings.timeoutMs) throw answer;
			const pauseMs = answer.retryAfterMs ?? withJitter(FIRST_PAUSE_MS * 2 ** (tried - 1));
			if (pauseMs > patienceMs) throw answer;
			await pauseUntil(Date.now() + pauseMs, this.settings.cancelSignal);
			if (isOver()) throw answer;
		}
	}

	private isStopped(): boolean {
		return this.settings.cancelSignal?.aborted === true;
	}

	/** @returns the JSON object of a good answer */
	private async request(options: IHttpRequestOptions): Promise<Record<string, unknown>> {
		const answer = await this.answerTo(options);
		const { statusCode, body } = answer;
		if (statusCode < 200 || statusCode >= 300) throw errorOfAnswer(answer, this.settings.apiKey);
		if (isWebPage(body)) throw new GcoreError('webPage', { status: statusCode });
		if (typeof body !== 'object' || body === null) {
			throw new GcoreError('unreadable', { status: statusCode, words: 'it is not JSON' });
		}
		return body as Record<string, unknown>;
	}

	/** Sends once. n8n's helper throws only if there was no answer at all. */
	private async answerTo(options: IHttpRequestOptions): Promise<HttpAnswer> {
		const { timeoutMs, deadline } = this.effort;
		const longestMs = Math.min(this.settings.timeoutMs, timeoutMs, deadline - Date.now());
		const complete: IHttpRequestOptions = {
			...options,
			baseURL: this.settings.baseUrl,
			timeout: Math.max(longestMs, 1),
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirected POST would arrive as a GET, and the key at a host that nobody named
			disableFollowRedirect: true,
		};
		const result = await this.send(complete).catch(errorOfFailedRequest);
		if (result instanceof GcoreError) throw result;
		return result as HttpAnswer;
	}
}

function isTask(value: unknown): value is Task {
	if (typeof value !== 'object' || value === null) return false;
	const { task_id, status } = value as Record<string, unknown>;
	return typeof task_id === 'string' && typeof status === 'string';
}

function unreadable(why: string): never {
	throw new GcoreError('unreadable', { words: why });
}
