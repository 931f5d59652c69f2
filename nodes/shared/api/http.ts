import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { pauseUntil, withJitter } from '../pause';
import { POOL_SIZE } from '../pool';
import { asGcoreError, errorOfAnswer, errorOfFailedRequest, GcoreError, isWebPage } from './errors';
import type { HttpAnswer } from './errors';
import { PacedQueue } from './pacedQueue';
import type { RequestLimits } from './pacedQueue';
import { withoutSecrets } from './secrets';

/** The pause before the second try of a read; it doubles from there (Gcore's own client does the same). */
const FIRST_PAUSE_MS = 500;

/** How long a write is repeated while Gcore refuses it for the moment, in ms. */
export const WRITE_PATIENCE_MS = 5 * 60_000;

/** Signs and sends one request, as n8n's `httpRequestWithAuthentication` does. */
type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** How requests to Gcore are sent. */
interface HttpSettings {
	/** The API's address, without a slash at its end. */
	baseUrl: string;
	/** How long one request may take, in ms. */
	timeoutMs: number;
	/** Texts that answers must not repeat: the API key, and the secrets that requests carry. */
	secrets: Set<string>;
	/** Fires when a person stops the execution. */
	cancelSignal: AbortSignal | undefined;
}

/** The limits of requests: `timeoutMs` and `deadline` for each, `tries` and `patienceMs` for reads. */
export interface Effort {
	/** How often a read is sent, at most, if its answers are lost. */
	tries: number;
	/** How long passing refusals of a read are waited out while nothing is accepted, in ms. */
	patienceMs: number;
	/** How long one request may take, in ms. A read with such a limit is not repeated if it times out. */
	timeoutMs: number;
	/** When a read must be over, and any single request, in ms since the epoch. */
	deadline: number;
}

export const USUAL_EFFORT: Effort = {
	tries: 3,
	patienceMs: 60_000,
	timeoutMs: Infinity,
	deadline: Infinity,
};

/** A request that changes something at Gcore. */
interface Write {
	method: 'POST' | 'PATCH' | 'DELETE';
	url: string;
	body?: IDataObject;
}

/**
 * Requests to Gcore's API. It keeps the pace: requests that Gcore refuses for the moment are sent
 * again. Reads are repeated too if their answer is lost; a write whose answer is lost is not, since
 * Gcore may have carried it out. Every method throws a GcoreError if it fails.
 */
export class GcoreHttp {
	constructor(
		private readonly send: Send,
		private readonly settings: HttpSettings,
		private readonly effort: Effort = USUAL_EFFORT,
		// Creating tasks has a queue of its own, since Gcore refuses nothing else when it has no room
		private readonly queues = {
			tasks: new PacedQueue(POOL_SIZE),
			others: new PacedQueue(POOL_SIZE),
		},
	) {}

	/** The same with other limits for its requests. */
	spending(effort: Partial<Effort>): GcoreHttp {
		return new GcoreHttp(this.send, this.settings, { ...this.effort, ...effort }, this.queues);
	}

	/** Whether requests are encrypted on their way. */
	get isEncrypted(): boolean {
		return this.settings.baseUrl.toLowerCase().startsWith('https:');
	}

	/** Hides a text from now on, in every client that shares these settings. */
	hide(secret: string): void {
		this.settings.secrets.add(secret);
	}

	isStopped(): boolean {
		return this.settings.cancelSignal?.aborted === true;
	}

	/** @param read turns the JSON of the answer into a value, or throws a GcoreError if it cannot */
	async get<Value>(url: string, qs: IDataObject, read: (answer: Json) => Value): Promise<Value> {
		const { tries, patienceMs, timeoutMs, deadline } = this.effort;
		const isOver = () => this.isStopped() || Date.now() >= deadline;
		const ask = async () => read(await this.request({ method: 'GET', url, qs }));
		let refusal: GcoreError | undefined;
		const onRefusal = (error: GcoreError) => (refusal = error);
		for (let tried = 1; ; tried++) {
			const answer = await this.queues.others
				.run(ask, { patienceMs: () => patienceMs, patientSince: Date.now(), isOver, onRefusal })
				.then((value) => ({ value }), asGcoreError);
			if (!(answer instanceof GcoreError)) return answer.value;
			// Its time is up, and nobody has stopped it
			if (answer.kind === 'stopped' && !this.isStopped())
				throw refusal ?? new GcoreError('timedOut');
			if (!answer.passes || answer.isPassingRefusal || tried >= tries) throw answer;
			if (answer.kind === 'timedOut' && timeoutMs !== Infinity) throw answer;
			const pauseMs = answer.retryAfterMs ?? withJitter(FIRST_PAUSE_MS * 2 ** (tried - 1));
			if (pauseMs > patienceMs) throw answer;
			await pauseUntil(Date.now() + pauseMs, this.settings.cancelSignal);
			if (isOver()) throw answer;
		}
	}

	/**
	 * Sends a request that changes something.
	 *
	 * @param limits what it may spend; some minutes of passing refusals unless given
	 * @returns the JSON of the answer; an empty object if it is answered with nothing
	 */
	async write(
		options: Write,
		limits: RequestLimits = {
			patienceMs: () => WRITE_PATIENCE_MS,
			patientSince: Date.now(),
			isOver: () => this.isStopped(),
		},
		queue: 'tasks' | 'others' = 'others',
	): Promise<Json> {
		return await this.queues[queue].run(async () => await this.request(options), limits);
	}

	private async request(options: IHttpRequestOptions): Promise<Json> {
		const answer = await this.answerTo(options);
		const { statusCode, body } = answer;
		if (statusCode < 200 || statusCode >= 300) {
			const feature = /^\/streaming\/videos\b/.test(options.url) ? 'hosting' : 'ai';
			throw errorOfAnswer(answer, [...this.settings.secrets], feature);
		}
		if (isWebPage(body)) throw new GcoreError('webPage', { status: statusCode });
		if (options.method !== 'GET' && !body) return {};
		if (typeof body !== 'object' || body === null) {
			throw new GcoreError('unreadable', { status: statusCode, words: 'it is not JSON' });
		}
		return withoutSecrets(body as Json, [...this.settings.secrets]);
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
		};
		const result = await this.send(complete).catch(errorOfFailedRequest);
		if (result instanceof GcoreError) throw result;
		return result as HttpAnswer;
	}
}

/** A JSON object, or a list. */
export type Json = Record<string, unknown>;

/** @param why as the end of "Gcore returned an answer that cannot be read: " */
export function unreadable(why: string): never {
	throw new GcoreError('unreadable', { words: why });
}
