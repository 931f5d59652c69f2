import { randomUUID } from 'node:crypto';

import { CLIENT_ID } from './account';
import type { HostedVideo } from './hostedVideo';
import type { GcoreOptions } from './options';
import type { Answer } from './shapes';

/** How long a token opens an upload, in ms. */
const VALID_MS = 4 * 3600 * 1000;

/** Nothing listens at this port, and only an administrator could change that. */
const NO_SERVER = '127.0.0.1:1';

/** The tokens for uploads, and the server that takes them. */
export class UploadTokens {
	/** Name and port of the server that takes uploads. */
	host = NO_SERVER;

	private readonly given = new Map<string, { videoId: number; until: number }>();

	constructor(private readonly options: GcoreOptions) {}

	/** The API's answer to a client that has a file for this video. */
	targetOf({ id, name }: HostedVideo): Answer {
		const token = randomUUID();
		this.given.set(token, { videoId: id, until: Date.now() + VALID_MS });
		const video = { id, name, client_id: CLIENT_ID };
		return { status: 200, body: { servers: this.servers(), token, video } };
	}

	/** Why a token does not open an upload for this video of this client; undefined if it does. */
	refusal(token: string, videoId: string, clientId: string): string | undefined {
		const known = this.given.get(token);
		if (!known) return 'token invalid (unknown)';
		if (known.until < Date.now()) return 'token invalid (expired)';
		if (String(known.videoId) !== videoId) {
			return `token video (${known.videoId}) does not match this video (${videoId})`;
		}
		return String(CLIENT_ID) === clientId
			? undefined
			: `token client (${CLIENT_ID}) does not match this client (${clientId})`;
	}

	/** Takes all tokens back. */
	forget(): void {
		this.given.clear();
	}

	private servers(): object[] {
		const active = { id: 1, type: 'origin', hostname: this.host, active: true, ssl: false };
		const inactive = { ...active, id: 2, hostname: NO_SERVER, active: false };
		switch (this.options.uploadServers) {
			case 'one':
				return [active];
			case 'firstInactive':
				return [inactive, active];
			case 'noneActive':
				return [inactive];
		}
	}
}
