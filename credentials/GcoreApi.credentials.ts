import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A Gcore API key and the address it is for.
 *
 * n8n evaluates the expressions below, so they hold the cleaning of what people paste: a key loses
 * its scheme and every character that is not printable ASCII (spaces, line breaks, zero-width
 * marks), since a token has none of these and HTTP refuses them in a header. `apiKeyOf` and
 * `baseUrlOf` in `nodes/shared/api/` clean by the same rules; tests hold them together.
 */
export class GcoreApi implements ICredentialType {
	name = 'gcoreApi';

	displayName = 'Gcore API';

	icon: Icon = { light: 'file:../icons/gcore.svg', dark: 'file:../icons/gcore.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-gcore/n8n-nodes-gcore?tab=readme-ov-file#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 1234$abcdef…',
			description:
				'A permanent API token. Create one in the Gcore Customer Portal, under <b>Profile</b> > <b>API Tokens</b>.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.gcore.com',
			description: 'The address of the Gcore API. Leave it as it is unless Gcore gave you another',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization:
					'=APIKey {{ String($credentials.apiKey ?? "").replace(/^\\s*(authorization\\s*:)?\\s*apikey[\\s:]+/i, "").replace(/[^\\x21-\\x7e]/g, "") }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ String($credentials.baseUrl ?? "").replace(/^[\\s\\/]+|[\\s\\/]+$/g, "").replace(/^(?!$|[a-z][a-z\\d+.-]*:\\/\\/)/i, "https://") || "https://api.gcore.com" }}',
			url: '/streaming/ai/tasks',
			qs: { limit: 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Gcore does not accept this API key. Paste a permanent API token that is still valid.',
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
					message: 'There is no Gcore API at this Base URL. Use https://api.gcore.com.',
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
		],
	};
}
