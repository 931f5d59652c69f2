import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { errorOfAnswer, errorOfFailedRequest, GcoreError, isWebPage } from './errors';
import type { HttpAnswer } from './errors';
import { withRetries } from './retry';
import type { CreateTaskRequest, Task, TaskListQuery, TaskPage } from './types';

const TASKS = '/streaming/ai/tasks';

/** Signs and sends one request, as n8n's `httpRequestWithAuthentication` does. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** How a client talks to Gcore. */
export interface ClientSettings {
	/** The API's address, without a slash at its end. */
	baseUrl: string;
	/** How long one request may take, in ms. */
	timeoutMs: number;
	/** Only to hide it, should an answer repeat it: `send` signs the requests. */
	apiKey: string;
	/** Fires when a person stops the execution. */
	cancelSignal: AbortSignal | undefined;
}

/**
 * Gcore's AI task API. Every call gives a typed value or throws a GcoreError. What changes nothing
 * at Gcore is asked again where that failed in a way that may pass; what changes something is sent
 * once.
 */
export class GcoreClient {
	constructor(
		private readonly send: Send,
		private readonly settings: ClientSettings,
		private readonly retries = true,
	) {}

	/** For who asks again by himself. */
	withoutRetries(): GcoreClient {
		return new GcoreClient(this.send, this.settings, false);
	}

	/**
	 * Creates a transcription task: `POST /streaming/ai/tasks`.
	 *
	 * @returns the task's ID
	 */
	async createTask(request: CreateTaskRequest): Promise<string> {
		const answer = await this.post(TASKS, { ...request });
		const taskId = answer['task_id'];
		return typeof taskId === 'string' && taskId ? taskId : unreadable('it holds no task_id');
	}

	/** A task with its result: `GET /streaming/ai/tasks/{task_id}`. */
	async getTask(taskId: string): Promise<Task> {
		return await this.get(`${TASKS}/${taskId}`, {}, (task) =>
			isTask(task) ? task : unreadable('it is no task'),
		);
	}

	/** One page of the transcription tasks, without results: `GET /streaming/ai/tasks`. */
	async listTasks(query: TaskListQuery): Promise<TaskPage> {
		const filter = { task_name: 'transcription', ...query };
		return await this.get(TASKS, filter, ({ results, next, count }) => {
			if (!Array.isArray(results)) return unreadable('it holds no list of tasks');
			return { results: results.filter(isTask), more: Boolean(next), count: Number(count) || 0 };
		});
	}

	/**
	 * Stops a task: `POST /streaming/ai/tasks/{task_id}/cancel`.
	 *
	 * @returns Gcore's words for it
	 */
	async cancelTask(taskId: string): Promise<string> {
		const { result } = await this.post(`${TASKS}/${taskId}/cancel`);
		return typeof result === 'string' ? result : JSON.stringify(result ?? '');
	}

	/**
	 * Whether Gcore can transcribe a language, or make subtitles in another one from it:
	 * `GET /streaming/ai/info`.
	 *
	 * @param languages codes as Gcore takes them
	 */
	async isSupported(languages: {
		audio_language: string;
		subtitles_language?: string;
	}): Promise<boolean> {
		const question = { type: 'language_support', ...languages };
		return await this.get('/streaming/ai/info', question, ({ supported }) =>
			typeof supported === 'boolean' ? supported : unreadable('it does not say'),
		);
	}

	/** @param read makes a value of the answer, or throws a GcoreError where it cannot */
	private async get<Value>(
		url: string,
		qs: IDataObject,
		read: (answer: Record<string, unknown>) => Value,
	): Promise<Value> {
		const ask = async () => read(await this.request({ method: 'GET', url, qs }));
		return this.retries ? await withRetries(ask, this.settings.cancelSignal) : await ask();
	}

	private async post(url: string, body?: IDataObject): Promise<Record<string, unknown>> {
		return await this.request({ method: 'POST', url, ...(body && { body }) });
	}

	/** @returns the JSON object of a good answer */
	private async request(options: IHttpRequestOptions): Promise<Record<string, unknown>> {
		const answer = await this.answerTo(options);
		const { statusCode, body } = answer;
		if (statusCode < 200 || statusCode >= 300) throw errorOfAnswer(answer, this.settings.apiKey);
		if (isWebPage(body)) throw new GcoreError('gatewayPage', { status: statusCode });
		if (typeof body !== 'object' || body === null) {
			throw new GcoreError('unreadable', { status: statusCode, words: 'it is not JSON' });
		}
		return body as Record<string, unknown>;
	}

	/** Sends once. n8n's helper throws only where there was no answer at all. */
	private async answerTo(options: IHttpRequestOptions): Promise<HttpAnswer> {
		const complete: IHttpRequestOptions = {
			...options,
			baseURL: this.settings.baseUrl,
			timeout: this.settings.timeoutMs,
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
