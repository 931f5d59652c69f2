/** The escapes of WebVTT's cue text. */
const ENTITIES: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&nbsp;': '\u00a0',
	'&lrm;': '\u200e',
	'&rlm;': '\u200f',
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A tag by its name (`<v Speaker>`, `<i.loud>`, `</c>`, `</>`), or a timestamp (`<00:00:01.000>`). */
const ANY_TAG = /<(\/?)([a-z][^<>.\s]*)(?:[.\s][^<>]*)?>|<\/>|<\d+:[\d:.]+>/gi;

/** The tags that SRT has as well. */
const KEPT_TAGS = ['i', 'b', 'u'];

/**
 * Turns the text of a WebVTT cue into plain text in which `<i>`, `<b>` and `<u>` remain, without
 * their classes. What is no tag stays, such as the `<` of a careless `a < b`.
 *
 * @param text with WebVTT's tags and escapes
 */
export function decodeCueText(text: string): string {
	return text
		.replace(ANY_TAG, (_tag, slash = '', name = '') =>
			KEPT_TAGS.includes(name) ? `<${slash}${name}>` : '',
		)
		.replace(/&[a-z]+;/g, (entity) => ENTITIES[entity] ?? entity);
}

/**
 * Turns plain text into the text of a WebVTT cue. Valid WebVTT stays: its entities, and `<i>`, `<b>`
 * and `<u>` in well-nested pairs. Anything else is escaped, including `-->`.
 *
 * @param text plain, or escaped already
 */
export function encodeCueText(text: string): string {
	const kept = offsetsOfPairedTags(text);
	return text.replace(/&[a-z]+;|<\/?[ibu]>|[&<>]/g, (token, offset: number) =>
		kept.has(offset) || token in ENTITIES
			? token
			: token.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character),
	);
}

/** Removes `<i>`, `<b>` and `<u>` in well-nested pairs. A tag without its pair is text. */
export function withoutTags(text: string): string {
	if (!text.includes('<')) return text;
	const paired = offsetsOfPairedTags(text);
	return text.replace(/<\/?[ibu]>/g, (tag, offset: number) => (paired.has(offset) ? '' : tag));
}

/**
 * Where `<i>`, `<b>` and `<u>` stand in well-nested pairs: a validator refuses a tag that is not
 * closed, or closed across another.
 */
export function offsetsOfPairedTags(text: string): Set<number> {
	const paired = new Set<number>();
	if (!text.includes('<')) return paired;
	const open: Array<{ name: string | undefined; offset: number }> = [];
	for (const { 1: slash, 2: name, index: offset } of text.matchAll(/<(\/?)([ibu])>/g)) {
		if (!slash) {
			open.push({ name, offset });
			continue;
		}
		const at = open.findLastIndex((tag) => tag.name === name);
		const [opener] = at === -1 ? [] : open.splice(at);
		if (opener) paired.add(opener.offset).add(offset);
	}
	return paired;
}
