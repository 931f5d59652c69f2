/** Gcore's own address. */
export const DEFAULT_BASE_URL = 'https://api.gcore.com';

/**
 * The API key as it is sent, from what a person typed into the credential: without its scheme and
 * without any character that is not printable ASCII (spaces, line breaks, zero-width marks), since
 * a token has none and HTTP refuses them in a header.
 *
 * @returns empty if there is none
 */
export function apiKeyOf(typed: unknown): string {
	return String(typed ?? '')
		.replace(/[^\x21-\x7e\s]/g, '')
		.replace(/^\s*(authorization\s*:)?\s*apikey[\s:]+/i, '')
		.replace(/[^\x21-\x7e]/g, '');
}

/**
 * The address that requests go to, from what a person typed into the credential.
 *
 * @param typed the credential's Base URL: spaces and slashes at its ends are dropped, a missing
 *   scheme becomes `https://`, and empty means Gcore's own address
 * @returns a URL without a slash at its end
 */
export function baseUrlOf(typed: unknown): string {
	const address = String(typed ?? '').replace(/^[\s/]+|(?<![\s/])[\s/]+$/g, '');
	if (address === '') return DEFAULT_BASE_URL;
	return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}
