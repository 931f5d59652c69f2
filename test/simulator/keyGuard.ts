/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import type { IncomingHttpHeaders } from 'node:http';

import { CLIENT_ID, KEYS } from './account';
import { metadataOf } from './uploadMetadata';

/** Looks for API keys at a host that an answer names: no key is meant for it. */
export class KeyGuard {
	constructor(private readonly violations: string[]) {}

	/** Reports an API key, or any other credential, in a header. */
	checkHeaders(headers: IncomingHttpHeaders): void {
		if (headers.authorization !== undefined) {
			this.violations.push('Upload host: an Authorization header arrived');
		}
		const metadata = metadataOf(String(headers['upload-metadata'] ?? ''));
		this.check(JSON.stringify([headers, metadata]));
	}

	/** Reports an API key in a piece of a body. */
	checkBody(bytes: Buffer): void {
		this.check(bytes);
	}

	private check(text: string | Buffer): void {
		// Every key begins with it: searching a gigabyte for each key takes longer than its checksum
		if (!text.includes(String(CLIENT_ID))) return;
		if (Object.values(KEYS).some((key) => text.includes(key)))
			this.violations.push('Upload host: an API key arrived');
	}
}
