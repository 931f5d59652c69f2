/** In characters. A shorter text is no secret, and hiding it would make answers unreadable. */
export const SHORTEST_SECRET = 6;

/** A text with `***` in place of a secret, whether plain, URL-encoded or in JSON. */
export function withoutSecret(text: string, secret: string): string {
	if (secret === '') return text;
	const inJson = JSON.stringify(secret).slice(1, -1);
	return [secret, encodeURIComponent(secret), inJson].reduce(
		(words, form) => words.replaceAll(form, '***'),
		text,
	);
}

/** The same JSON without secrets: the value itself if it has none of them. Texts that are too short are kept. */
export function withoutSecrets<Value>(value: Value, hidden: readonly string[]): Value {
	const secrets = hidden.filter(({ length }) => length >= SHORTEST_SECRET);
	const text = JSON.stringify(value);
	if (secrets.every((secret) => withoutSecret(text, secret) === text)) return value;
	return JSON.parse(text, (_key, inner: unknown) =>
		typeof inner === 'string' ? secrets.reduce(withoutSecret, inner) : inner,
	) as Value;
}
