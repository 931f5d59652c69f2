const DEFAULT_BASE_URL = 'https://api.gcore.com';

/**
 * The address that requests go to, from what a person typed into the credential.
 *
 * @param typed the credential's Base URL: spaces and slashes at its ends are dropped, a missing
 *   scheme becomes `https://`, and empty means Gcore's own address
 * @returns a URL without a slash at its end
 */
export function baseUrlOf(typed: unknown): string {
	const address = String(typed ?? '').replace(/^[\s/]+|[\s/]+$/g, '');
	if (address === '') return DEFAULT_BASE_URL;
	return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}
