import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { GcoreClient } from './client';
import { apiKeyOf, baseUrlOf } from './credential';
import { GcoreHttp } from './http';

const CREDENTIAL = 'gcoreApi';

/** How long a person waits for a list in the editor, in ms. */
export const EDITOR_TIMEOUT_MS = 20_000;

/**
 * A client that signs its requests with the node's credential.
 *
 * @param timeoutMs how long one request may take
 * @param cancelSignal fires when a person stops the execution
 */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
	timeoutMs: number,
	cancelSignal?: AbortSignal,
): Promise<GcoreClient> {
	const data = await context.getCredentials(CREDENTIAL);
	const { id = '', name = '' } = context.getNode().credentials?.[CREDENTIAL] ?? {};
	// Without it n8n reads the credential from its database and decrypts it for each request
	const credentialsDecrypted = { id: id ?? '', name, type: CREDENTIAL, data };
	return new GcoreClient(
		new GcoreHttp(
			async (options) =>
				await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, {
					credentialsDecrypted,
				}),
			{
				baseUrl: baseUrlOf(data['baseUrl']),
				timeoutMs,
				secrets: new Set([apiKeyOf(data['apiKey'])]),
				cancelSignal,
			},
		),
	);
}

/** A client for a list in the editor. */
export async function connectForEditor(context: ILoadOptionsFunctions): Promise<GcoreClient> {
	const client = await connect(context, EDITOR_TIMEOUT_MS);
	return client.spending({ tries: 2, patienceMs: EDITOR_TIMEOUT_MS });
}
