/**
 * The API key as it is sent, from what a person typed into the credential: without its scheme and
 * without any character that is not printable ASCII (spaces, line breaks, zero-width marks), since
 * a token has none and HTTP refuses them in a header.
 *
 * @returns empty where there is none
 */
export function apiKeyOf(typed: unknown): string {
	return String(typed ?? '')
		.replace(/^\s*(authorization\s*:)?\s*apikey[\s:]+/i, '')
		.replace(/[^\x21-\x7e]/g, '');
}
