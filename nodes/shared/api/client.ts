import type { IHttpRequestOptions } from 'n8n-workflow';

import { errorOfAnswer, errorOfFailedRequest, GcoreError, isWebPage } from './errors';
import type { HttpAnswer } from './errors';
import type { CreateTaskRequest } from './types';

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
}

/** Gcore's AI task API. Every call gives a typed value or throws a GcoreError. */
export class GcoreClient {
	constructor(
		private readonly send: Send,
		private readonly settings: ClientSettings,
	) {}

	/**
	 * Creates a transcription task: `POST /streaming/ai/tasks`.
	 *
	 * @returns the task's ID
	 */
	async createTask(request: CreateTaskRequest): Promise<string> {
		const { statusCode, body } = await this.request({
			method: 'POST',
			url: '/streaming/ai/tasks',
			body: { ...request },
		});
		const taskId = (body as { task_id?: unknown } | null)?.task_id;
		if (typeof taskId === 'string' && taskId) return taskId;
		throw new GcoreError('unreadable', { status: statusCode, words: 'it holds no task_id' });
	}

	private async request(options: IHttpRequestOptions): Promise<HttpAnswer> {
		const answer = await this.answerTo(options);
		const { statusCode, body } = answer;
		if (statusCode < 200 || statusCode >= 300) throw errorOfAnswer(answer, this.settings.apiKey);
		if (isWebPage(body)) throw new GcoreError('gatewayPage', { status: statusCode });
		if (typeof body !== 'object' || body === null) {
			throw new GcoreError('unreadable', { status: statusCode, words: 'it is not JSON' });
		}
		return answer;
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
