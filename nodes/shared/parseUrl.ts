/**
 * A URL as the WHATWG parser reads it; undefined if it is none.
 *
 * @param base what a relative URL is relative to
 *
 * `URL.canParse` cannot be used: in Node.js 20 it refuses some non-ASCII letters after many calls.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
