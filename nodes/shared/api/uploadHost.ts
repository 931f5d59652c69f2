import type { IHttpRequestOptions } from 'n8n-workflow';

import { parseUrl } from '../parseUrl';
import { asGcoreError, errorOfAnswer, errorOfFailedRequest, GcoreError } from './errors';
import type { HttpAnswer } from './errors';
import { unreadable } from './http';
import type { UploadTarget } from './videoTypes';

/** How long one request may take, in ms. */
export const TIMEOUT_MS = 300_000;

/** Where an upload is opened: Gcore's guide ends the path with a slash, its demo does not. */
const PATHS = ['/upload/', '/upload'] as const;

const DEFAULT_PORT = { http: 80, https: 443 } as const;

/** The statuses of a server that knows only the other path. */
const IS_ELSEWHERE: ReadonlySet<number> = new Set([404, 405]);

/** Sends one request without credentials, as n8n's `httpRequest` does. */
export type SendPlain = (options: IHttpRequestOptions) => Promise<unknown>;

/** The file that an upload is opened for. */
interface UploadDescription {
	videoId: number;
	/** In bytes. */
	size: number;
	name: string;
	mimeType: string;
}

/**
 * Gcore's upload servers, which speak tus 1.0.0. Their names come from an answer, so they never get the
 * API key, and get unencrypted requests only if Gcore itself does.
 *
 * Every method throws a GcoreError.
 */
export class UploadHost {
	/** An answer must not repeat them. */
	private readonly tokens = new Set<string>();

	constructor(
		private readonly send: SendPlain,
		private readonly settings: { isEncrypted: boolean; cancelSignal: AbortSignal | undefined },
	) {}

	/** @returns the address of the upload that was opened */
	async open(host: string, target: UploadTarget, description: UploadDescription): Promise<string> {
		const [usual, other] = PATHS.map((path) => this.addressOf(host, path)) as [string, string];
		const location = await this.openAt(usual, target, description).catch(asGcoreError);
		if (!(location instanceof GcoreError)) return location;
		if (!IS_ELSEWHERE.has(location.status ?? 0)) throw location;
		return await this.openAt(other, target, description);
	}

	private async openAt(
		address: string,
		{ token, clientId }: UploadTarget,
		{ videoId, size, name, mimeType }: UploadDescription,
	): Promise<string> {
		this.tokens.add(token).add(inBase64(token));
		const metadata = { token, video_id: videoId, client_id: clientId, filename: name };
		const { headers } = await this.request({
			method: 'POST',
			url: address,
			headers: {
				'Upload-Length': size,
				'Upload-Metadata': encodeMetadata({ ...metadata, filetype: mimeType }),
			},
		});
		const { location: said } = headers;
		// An empty location would resolve to the address itself
		const location = typeof said === 'string' && said ? parseUrl(said, address) : undefined;
		if (!location || location.protocol !== parseUrl(address)?.protocol) {
			return unreadable('the upload server does not say where to upload');
		}
		return location.href;
	}

	/** @returns how many bytes the server has afterwards */
	async append(location: string, offset: number, chunk: Buffer): Promise<number> {
		const answer = await this.request({
			method: 'PATCH',
			url: location,
			headers: {
				'Upload-Offset': offset,
				// Without it, n8n sends the type of a form
				'Content-Type': 'application/offset+octet-stream',
			},
			body: chunk,
		});
		return offsetOf(answer);
	}

	/** @returns how many bytes the server has */
	async offset(location: string): Promise<number> {
		return offsetOf(await this.request({ method: 'HEAD', url: location }));
	}

	private addressOf(host: string, path: string): string {
		const scheme = this.settings.isEncrypted ? 'https' : 'http';
		const url = parseUrl(`${scheme}://${host}${path}`);
		// Anything but a host name sends the file elsewhere. The parser drops the scheme's default port
		const isHost =
			url && [url.host, `${url.hostname}:${DEFAULT_PORT[scheme]}`].includes(host.toLowerCase());
		if (!isHost) return unreadable('the upload server has no usable name');
		return url.href;
	}

	private async request(options: IHttpRequestOptions): Promise<HttpAnswer> {
		const answer = await this.send({
			...options,
			headers: { 'Tus-Resumable': '1.0.0', ...options.headers },
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would hold the whole chunk in memory, and send it to a host that nobody named
			disableFollowRedirect: true,
			// n8n does not stop plain requests by itself
			...(this.settings.cancelSignal && { abortSignal: this.settings.cancelSignal }),
		}).catch(errorOfFailedRequest);
		if (answer instanceof GcoreError) throw answer;
		const { statusCode } = answer as HttpAnswer;
		if (statusCode >= 200 && statusCode < 300) return answer as HttpAnswer;
		throw refusalOf(errorOfAnswer(answer as HttpAnswer, [...this.tokens], 'hosting'));
	}
}

/** Words with which upload servers refuse a wrong token, with status 500. */
const WRONG_TOKEN = /\btoken (invalid|video|client)\b/i;

/** An error as the upload servers mean it: they know only their token, so no other credential cures it. */
function refusalOf(error: GcoreError): GcoreError {
	const { cure, status = 0, words = '' } = error;
	// The previous request still holds the upload, whatever page comes with the answer
	if (status === 409 || status === 423) return new GcoreError('notNow', error);
	const isRefused = cure === 'credential' || (status === 500 && WRONG_TOKEN.test(words));
	return isRefused ? new GcoreError('uploadRefused', error) : error;
}

function offsetOf({ headers }: HttpAnswer): number {
	const offset = headers['upload-offset'];
	const bytes = typeof offset === 'string' && /^\d+$/.test(offset) ? Number(offset) : NaN;
	return Number.isSafeInteger(bytes)
		? bytes
		: unreadable('the upload server does not say how much it has');
}

const inBase64 = (value: string | number) => Buffer.from(String(value)).toString('base64');

/** As tus wants it: names with their values in base64. */
function encodeMetadata(values: Record<string, string | number>): string {
	return Object.entries(values)
		.map(([name, value]) => `${name} ${inBase64(value)}`)
		.join(',');
}
