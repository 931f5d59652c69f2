/** The values of an `Upload-Metadata` header by their keys. */
export function metadataOf(header: string): Record<string, string> {
	const pairs = header.split(',').map((pair) => pair.trim().split(' '));
	return Object.fromEntries(
		pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]),
	);
}
