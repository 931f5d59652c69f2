/**
 * A URL as the WHATWG parser reads it; undefined if it is none.
 *
 * @param base what a relative URL is relative to
 *
 * `URL.canParse` is no way to find out: in Node.js 20 it refuses some letters outside of ASCII once
 * it has been called often.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
