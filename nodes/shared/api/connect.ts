import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { apiKeyOf } from './apiKey';
import { baseUrlOf } from './baseUrl';
import { GcoreClient } from './client';

/**
 * A client that signs its requests with the node's credential.
 *
 * @param timeoutMs how long one request may take
 */
export async function connect(
	context: IExecuteFunctions | IPollFunctions,
	timeoutMs: number,
): Promise<GcoreClient> {
	const credential = await context.getCredentials('gcoreApi');
	return new GcoreClient(
		async (options) =>
			await context.helpers.httpRequestWithAuthentication.call(context, 'gcoreApi', options),
		{
			baseUrl: baseUrlOf(credential['baseUrl']),
			timeoutMs,
			apiKey: apiKeyOf(credential['apiKey']),
		},
	);
}
