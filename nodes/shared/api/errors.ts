import { Problem } from '../problem';

/** What went wrong between us and Gcore, as far as it makes a difference to what happens next. */
export type GcoreErrorKind =
	| 'aiDisabled'
	| 'badRequest'
	| 'connectionFailed'
	| 'connectionLost'
	| 'forbidden'
	| 'gatewayPage'
	| 'notFound'
	| 'notNow'
	| 'queueFull'
	| 'rateLimited'
	| 'redirected'
	| 'serverError'
	| 'timedOut'
	| 'unauthorized'
	| 'unreadable';

/** Kinds after which a POST may have done its work all the same: its answer is what was lost. */
const LOST_ANSWERS: ReadonlySet<GcoreErrorKind> = new Set([
	'connectionLost',
	'gatewayPage',
	'serverError',
	'timedOut',
	'unreadable',
]);

/** What happened, as the start of the error's message, and what to do about it. */
const TEXTS: Readonly<Record<GcoreErrorKind, readonly [what: string, advice: string]>> = {
	aiDisabled: [
		'AI is not enabled for this Gcore account',
		'Ask Gcore support, or your manager at Gcore, to enable AI for the account of this API key.',
	],
	badRequest: ['Gcore refused the request', 'Correct the fields of this item and run it again.'],
	connectionFailed: [
		'Gcore could not be reached',
		'Check the Base URL of the Gcore API credential, and that n8n has access to the internet. Nothing was sent.',
	],
	connectionLost: ['The connection to Gcore was lost before it answered', 'Run this item again.'],
	forbidden: [
		'Gcore does not let this API key use AI tasks',
		'Use a token with access to Streaming in the Gcore API credential.',
	],
	gatewayPage: [
		'A web page came back instead of an answer from the Gcore API',
		'Wait a few minutes and run this item again. If it stays so, check the Base URL of the Gcore API credential.',
	],
	notFound: [
		'Gcore found nothing at this address',
		'Check the Base URL of the Gcore API credential.',
	],
	notNow: ['Gcore cannot take the request just now', 'Wait a minute and run this item again.'],
	queueFull: [
		"Gcore's queue is full",
		'At most 100 tasks wait at Gcore at once. Run this item again when some have ended, or set "When the Queue Is Full" to Wait for Room. No task was created.',
	],
	rateLimited: [
		'Gcore refused the request because too many came at once',
		'Wait a minute and run this item again. No task was created.',
	],
	redirected: [
		'The Base URL sent the request on to another address',
		'Correct the Base URL of the Gcore API credential: it is usually https://api.gcore.com.',
	],
	serverError: ['Gcore had an internal error', 'Wait a few minutes and run this item again.'],
	timedOut: [
		'Gcore did not answer in time',
		'Raise "Request Timeout (Seconds)" under Options, or run this item again later.',
	],
	unauthorized: [
		'Gcore does not accept the API key',
		'Check the API Key in the Gcore API credential: it must be a permanent token that is still valid.',
	],
	unreadable: ['Gcore gave an answer that cannot be read', 'Run this item again.'],
};

/** What is known of an error beyond its kind. */
interface GcoreErrorDetails {
	/** The HTTP status, where there was an answer. */
	status?: number;
	/** Gcore's own words, or what else tells the case apart. */
	words?: string;
	/** How long Gcore asks to wait, in ms. */
	retryAfterMs?: number;
}

/** A call to Gcore that did not give what was asked for. */
export class GcoreError extends Problem {
	override readonly name = 'GcoreError';

	readonly status: number | undefined;

	readonly retryAfterMs: number | undefined;

	constructor(
		readonly kind: GcoreErrorKind,
		{ status, words, retryAfterMs }: GcoreErrorDetails = {},
	) {
		const [what, advice] = TEXTS[kind];
		const code = status === undefined ? '' : ` (HTTP ${status})`;
		const wait = retryAfterMs === undefined ? '' : `. It asks to wait ${retryAfterMs / 1000} s`;
		super(`${what}${code}${words ? `: ${words}` : ''}${wait}`, advice);
		this.status = status;
		this.retryAfterMs = retryAfterMs;
	}

	/** Whether a POST that ended like this may have created its task all the same. */
	get answerLost(): boolean {
		const isRefusedByGateway =
			this.kind === 'gatewayPage' && this.status !== undefined && isRefusal(this.status);
		return LOST_ANSWERS.has(this.kind) && !isRefusedByGateway;
	}
}

function isRefusal(status: number): boolean {
	return status >= 400 && status < 500;
}

/** An HTTP answer as n8n's request helper gives it with `returnFullResponse`. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	/** Parsed where it was JSON, else the text. */
	body: unknown;
}

/**
 * The error that an answer with a status outside of 2xx stands for.
 *
 * @param apiKey is hidden where an answer repeats it
 */
export function errorOfAnswer(answer: HttpAnswer, apiKey: string): GcoreError {
	const words = wordsOf(answer, apiKey);
	const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
	return new GcoreError(kindOf(answer, words), {
		status: answer.statusCode,
		...(words && { words }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	});
}

const KIND_BY_STATUS: Readonly<Record<number, GcoreErrorKind>> = {
	401: 'unauthorized',
	403: 'forbidden',
	404: 'notFound',
	408: 'timedOut',
	409: 'notNow',
	425: 'notNow',
	429: 'rateLimited',
};

/** Statuses that say enough, whoever gives them: behind any other a web page is a gateway's own word. */
const CLEAR_STATUSES: ReadonlySet<number> = new Set([401, 408, 429]);

function kindOf({ statusCode, body }: HttpAnswer, words: string): GcoreErrorKind {
	if (statusCode >= 300 && statusCode < 400) return 'redirected';
	if (isWebPage(body) && !CLEAR_STATUSES.has(statusCode)) return 'gatewayPage';
	const known = KIND_BY_STATUS[statusCode];
	if (known) return known;
	if (statusCode >= 500) return 'serverError';
	// The status is documented for this alone, but other APIs use it for fields they do not like
	if (statusCode === 422 && /^$|disabled|enable|support/i.test(words)) return 'aiDisabled';
	return /queue limit/i.test(words) ? 'queueFull' : 'badRequest';
}

/** Codes of Node.js and OpenSSL for connections that were never made, so that nothing was sent. */
const NEVER_CONNECTED =
	/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect E(HOST|NET)UNREACH|EADDRNOTAVAIL|wrong version number|ERR_INVALID_URL|CERT|SELF_SIGNED/;

const TIMED_OUT = /ECONNABORTED|ETIMEDOUT|timeout of/i;

/**
 * The error that a request without an answer stands for.
 *
 * @param thrown what n8n's request helper threw: a NodeApiError around axios' error, whose code is
 *   kept in different places by different versions of n8n
 */
export function errorOfFailedRequest(thrown: unknown): GcoreError {
	const code = codesOf(thrown);
	if (TIMED_OUT.test(code)) return new GcoreError('timedOut');
	if (NEVER_CONNECTED.test(code)) return new GcoreError('connectionFailed');
	return new GcoreError('connectionLost');
}

/** Everything in an error, its causes included, that may hold the code of a failed connection. */
function codesOf(thrown: unknown, depth = 0): string {
	if (depth > 4 || typeof thrown !== 'object' || thrown === null) return '';
	const { code, message, messages, cause } = thrown as Record<string, unknown>;
	return [code, message, messages, codesOf(cause, depth + 1)].join(' ');
}

const LONGEST_WORDS = 300;

/** Where APIs keep their words; which of them Gcore uses for every status is not documented. */
const WORD_KEYS = ['error', 'message', 'detail', 'errors'] as const;

/** Gcore's own words for what went wrong, on one line, without the key; empty where it gave none. */
function wordsOf({ body, headers, statusCode }: HttpAnswer, apiKey: string): string {
	const redirectedTo = statusCode < 400 ? headers['location'] : undefined;
	const key = apiKey || /$^/g;
	return String(redirectedTo ?? textOf(body))
		.replaceAll(key, '***')
		.replaceAll(apiKey ? encodeURIComponent(apiKey) : key, '***')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, LONGEST_WORDS);
}

function textOf(body: unknown): string {
	if (typeof body === 'string') return isWebPage(body) ? titleOf(body) : body;
	if (typeof body !== 'object' || body === null) return '';
	const keyed = body as Record<string, unknown>;
	const words = WORD_KEYS.map((key) => keyed[key]).find(Boolean);
	if (words === undefined) return Object.keys(keyed).length ? JSON.stringify(keyed) : '';
	return typeof words === 'string' ? words : JSON.stringify(words);
}

/** Whether a body is HTML, as gateways send it in front of an API. */
export function isWebPage(body: unknown): body is string {
	return typeof body === 'string' && /^\s*<(!doctype|html|head|body|\?xml)/i.test(body);
}

function titleOf(page: string): string {
	return /<title[^>]*>([^<]*)/i.exec(page)?.[1] ?? '';
}

/** `Retry-After` in ms: it holds seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: unknown): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
