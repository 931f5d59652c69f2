import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { apiKeyOf, DEFAULT_BASE_URL } from '../nodes/shared/api/credential';

const NO_API = `There is no Gcore API at this Base URL. Use ${DEFAULT_BASE_URL}.`;

/** A Gcore API key and the address it is for. What people paste is cleaned before it is sent. */
export class GcoreApi implements ICredentialType {
	name = 'gcoreApi';

	displayName = 'Gcore API';

	icon: Icon = { light: 'file:../icons/gcore.svg', dark: 'file:../icons/gcore.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-gcore/n8n-nodes-gcore?tab=readme-ov-file#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 1234$abcdef… or 1234_abcdef…',
			// A person sees a description only after pointing at the label
			hint: 'Create a permanent API token in the <a href="https://portal.gcore.com/" target="_blank">Gcore Customer Portal</a>, under <b>Profile</b> > <b>API Tokens</b>',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.gcore.com',
			description:
				'The address of the Gcore API. Leave it as it is unless Gcore has assigned you another.',
		},
	];

	/** A function: n8n would evaluate an expression for every request, which costs more than the rest of the request. */
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: `APIKey ${apiKeyOf(apiKey)}` },
		// A redirect would take the key to a host that nobody named, and turn a POST into a GET
		disableFollowRedirect: true,
	});

	test: ICredentialTestRequest = {
		request: {
			// n8n accepts no function here. The expression follows `baseUrlOf`; a test compares the two
			baseURL:
				'={{ String($credentials.baseUrl ?? "").replace(/^[\\s\\/]+|[\\s\\/]+$/g, "").replace(/^(?!$|[a-z][a-z\\d+.-]*:\\/\\/)/i, "https://") || "https://api.gcore.com" }}',
			url: '/streaming/ai/tasks',
			qs: { limit: 1 },
		},
		rules: [
			{
				// Any other site answers 200 with a page, which has no list of tasks
				type: 'responseSuccessBody',
				properties: {
					key: 'results',
					value: undefined,
					message: NO_API,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Gcore does not accept this API key. Paste it again, or create a new one in the Gcore Customer Portal, under Profile > API Tokens.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Gcore knows this API key but does not let it use AI tasks. Ask the owner of the Gcore account for a token with access to Streaming.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: NO_API,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 422,
					message:
						'The API key is right, but AI is not enabled for this Gcore account. Ask Gcore support to enable it.',
				},
			},
			// n8n takes rules of both kinds together, though its type does not
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}
