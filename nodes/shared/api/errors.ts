import { withoutSecret } from './secrets';

/** What an error's kind says about the request and about asking again. */
interface Kind {
	/** Whether the same request may succeed within minutes although nobody changes anything. */
	passes: boolean;
	/**
	 * Whether Gcore may have carried the request out although no answer says so: none came, or only an
	 * internal error, a web page or something unreadable (a "lost answer" everywhere).
	 */
	mayHaveRun: boolean;
	/** What a person has to change before the request can succeed, if that is known. */
	cure?: 'credential' | 'request';
}

const KINDS = {
	aiDisabled: { passes: false, mayHaveRun: false, cure: 'credential' },
	badRequest: { passes: false, mayHaveRun: false, cure: 'request' },
	/** n8n's protection against requests to internal addresses (SSRF) refused the address. */
	blocked: { passes: false, mayHaveRun: false, cure: 'credential' },
	connectionFailed: { passes: true, mayHaveRun: false },
	connectionLost: { passes: true, mayHaveRun: true },
	forbidden: { passes: false, mayHaveRun: false, cure: 'credential' },
	hostingDisabled: { passes: false, mayHaveRun: false, cure: 'credential' },
	notFound: { passes: false, mayHaveRun: false },
	notNow: { passes: true, mayHaveRun: false },
	queueFull: { passes: true, mayHaveRun: false },
	rateLimited: { passes: true, mayHaveRun: false },
	redirected: { passes: false, mayHaveRun: false, cure: 'credential' },
	serverError: { passes: true, mayHaveRun: true },
	/** A person stopped the execution, or the caller no longer needs the request. */
	stopped: { passes: false, mayHaveRun: false },
	timedOut: { passes: true, mayHaveRun: true },
	unauthorized: { passes: false, mayHaveRun: false, cure: 'credential' },
	unreadable: { passes: true, mayHaveRun: true },
	/** An upload server does not take the token of the upload. */
	uploadRefused: { passes: false, mayHaveRun: false },
	/** A gateway's page in place of an answer. */
	webPage: { passes: true, mayHaveRun: true },
	/** A page with a status of 4xx: a gateway refused the request, or the Base URL is not Gcore's. */
	webPageRefusal: { passes: false, mayHaveRun: false },
} as const satisfies Record<string, Kind>;

/** The ways in which a call to Gcore fails, as far as they are handled differently. */
export type GcoreErrorKind = keyof typeof KINDS;

/** How many times a request is sent at most if its answers get lost. */
export const MOST_SENDS = 3;

/** What is known of an error beyond its kind. */
interface GcoreErrorDetails {
	/** The HTTP status, if there was an answer. */
	status?: number | undefined;
	/** Gcore's own words, or a few of ours that name the case. */
	words?: string | undefined;
	/** How long Gcore asks to wait, in ms. */
	retryAfterMs?: number | undefined;
}

/**
 * A call to Gcore that did not return what was asked for. It holds facts only: the words for a
 * person are in `form/texts.ts`.
 */
export class GcoreError extends Error {
	override readonly name = 'GcoreError';

	readonly status: number | undefined;

	readonly words: string | undefined;

	readonly retryAfterMs: number | undefined;

	constructor(
		readonly kind: GcoreErrorKind,
		{ status, words, retryAfterMs }: GcoreErrorDetails = {},
	) {
		super([kind, status, words].filter((part) => part !== undefined).join(' '));
		this.status = status;
		this.words = words;
		this.retryAfterMs = retryAfterMs;
	}

	/** See {@link Kind}. */
	get passes(): boolean {
		return KINDS[this.kind].passes;
	}

	/** See {@link Kind}. */
	get mayHaveRun(): boolean {
		return KINDS[this.kind].mayHaveRun;
	}

	/** See {@link Kind}. */
	get cure(): Kind['cure'] {
		const kind: Kind = KINDS[this.kind];
		return kind.cure;
	}

	/** Whether Gcore, or the way to it, refused a request that it may take later: nothing was done. */
	get isPassingRefusal(): boolean {
		return this.passes && !this.mayHaveRun;
	}
}

/** @throws every error that is not from a call to Gcore: it is a defect */
export function asGcoreError(error: unknown): GcoreError {
	if (error instanceof GcoreError) return error;
	throw error;
}

/** An HTTP answer as n8n's request helper returns it with `returnFullResponse`. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	/** Parsed if it was JSON, else the text. */
	body: unknown;
}

/**
 * The error for an answer with a status other than 2xx.
 *
 * @param secrets are hidden if an answer repeats them
 * @param feature of Gcore that the request is for
 */
export function errorOfAnswer(
	answer: HttpAnswer,
	secrets: readonly string[],
	feature: Feature,
): GcoreError {
	const words = wordsOf(answer, secrets);
	const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
	return new GcoreError(kindOf(answer, words, feature), {
		status: answer.statusCode,
		words: words || undefined,
		retryAfterMs,
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

/** Statuses that mean the same whether Gcore or a gateway's web page comes with them. */
const CLEAR_STATUSES: ReadonlySet<number> = new Set([401, 408, 429]);

const WHEN_DISABLED = { ai: 'aiDisabled', hosting: 'hostingDisabled' } as const;

/** The products of Gcore that an account may lack. */
type Feature = keyof typeof WHEN_DISABLED;

/**
 * Gcore's words for an account without AI (its create page); an empty 422 is taken for that too. Words
 * about a language are about the request, even if they send the user to support.
 */
const DISABLED = /^$|^(?!.*language).*(feature is disabled|contact support|not enabled)/is;

function kindOf({ statusCode, body }: HttpAnswer, words: string, feature: Feature): GcoreErrorKind {
	if (statusCode >= 300 && statusCode < 400) return 'redirected';
	if (isWebPage(body) && !CLEAR_STATUSES.has(statusCode)) {
		return statusCode >= 400 && statusCode < 500 ? 'webPageRefusal' : 'webPage';
	}
	const known = KIND_BY_STATUS[statusCode];
	if (known) return known;
	if (statusCode >= 500) return 'serverError';
	if (statusCode === 422 && DISABLED.test(words)) return WHEN_DISABLED[feature];
	return /queue limit/i.test(words) ? 'queueFull' : 'badRequest';
}

/** Codes of Node.js and OpenSSL for connections that were never made, so that nothing was sent. */
const NEVER_CONNECTED =
	/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect E(HOSTUNREACH|NETUNREACH|TIMEDOUT)|EADDRNOTAVAIL|ERR_INVALID_URL|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** Words of OpenSSL and Node.js for a handshake that failed, before anything of a request was sent. */
const NO_HANDSHAKE =
	/handshake.failure|protocol.version|unsupported.protocol|wrong.version.number|before secure TLS connection/i;

/** n8n's own words, which have no code: "The request was blocked because it resolves to a restricted IP address". */
const BLOCKED = /request was blocked because .* restricted/;

const TIMED_OUT = /ECONNABORTED|ETIMEDOUT|timeout of/i;

/**
 * The error for a request without an answer.
 *
 * @param thrown what n8n's request helper threw: a NodeApiError around axios' error, whose code is
 *   kept in different places by different versions of n8n
 */
export function errorOfFailedRequest(thrown: unknown): GcoreError {
	const code = codesOf(thrown);
	if (BLOCKED.test(code)) return new GcoreError('blocked');
	if (NEVER_CONNECTED.test(code) || NO_HANDSHAKE.test(code)) {
		return new GcoreError('connectionFailed');
	}
	if (TIMED_OUT.test(code)) return new GcoreError('timedOut');
	return new GcoreError('connectionLost');
}

/** Everything in an error, its causes included, that may hold the code of a failed connection. */
function codesOf(thrown: unknown, depth = 0): string {
	if (depth > 4 || typeof thrown !== 'object' || thrown === null) return '';
	const { code, message, messages, cause } = thrown as Record<string, unknown>;
	return [code, message, messages, codesOf(cause, depth + 1)].join(' ');
}

export const LONGEST_WORDS = 300;

/** Keys under which APIs keep their words; Gcore does not document which it uses for each status. */
const WORD_KEYS = ['error', 'message', 'detail', 'errors'] as const;

/** Gcore's own words for what went wrong, on one line, without secrets; empty if it had none. */
function wordsOf({ body, headers, statusCode }: HttpAnswer, secrets: readonly string[]): string {
	const redirectedTo = statusCode < 400 ? headers['location'] : undefined;
	const words = String(redirectedTo ?? textOf(body));
	const oneLine = secrets.reduce(withoutSecret, words).replace(/\s+/g, ' ').trim();
	return [...oneLine].slice(0, LONGEST_WORDS).join('');
}

function textOf(body: unknown): string {
	if (typeof body === 'string') return isWebPage(body) ? titleOf(body) : body;
	if (typeof body !== 'object' || body === null) return '';
	const keyed = body as Record<string, unknown>;
	const words = WORD_KEYS.map((key) => keyed[key]).find(Boolean);
	if (words === undefined) return Object.keys(keyed).length ? JSON.stringify(keyed) : '';
	return typeof words === 'string' ? words : JSON.stringify(words);
}

/** In characters. */
const TITLE_WITHIN = 5_000;

/** Whether a body is HTML, as gateways send it in front of an API. */
export function isWebPage(body: unknown): body is string {
	return typeof body === 'string' && /^\s*<(!doctype|html|head|body|\?xml)/i.test(body);
}

/** Searches only the beginning, which has the title: a regular expression is slow on a long page. */
function titleOf(page: string): string {
	return /<title[^>]*>([^<]*)/i.exec(page.slice(0, TITLE_WITHIN))?.[1] ?? '';
}

/** `Retry-After` in ms: it holds seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: unknown): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
