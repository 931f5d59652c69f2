import type { Cue } from '../cue';
import { offsetsOfPairedTags } from '../webVttText';

/** Text in italics, bold or underlined. Its ends count the letters of all cues, without white space. */
interface Style {
	tag: string;
	from: number;
	to: number;
}

/** Cues without their tags, and where these were. A tag without its pair is text. */
export function takeTags(cues: readonly Cue[]): { bare: readonly Cue[]; styles: Style[] } {
	const styles: Style[] = [];
	if (!cues.some(({ text }) => text.includes('<'))) return { bare: cues, styles };
	let letters = 0;
	const bare = cues.map((cue) => {
		const [text, own] = withoutTags(cue.text, letters);
		styles.push(...own);
		letters += lettersIn(text);
		return { ...cue, text };
	});
	return { bare, styles: styles.filter(({ from, to }) => to > from) };
}

function withoutTags(text: string, before: number): [text: string, styles: Style[]] {
	const paired = offsetsOfPairedTags(text);
	const styles: Style[] = [];
	const open: Style[] = [];
	let bare = '';
	for (const part of text.matchAll(/<(\/?)([ibu])>|[^]/g)) {
		if (!paired.has(part.index)) {
			bare += part[0];
			continue;
		}
		const at = before + lettersIn(bare);
		if (part[1]) {
			const style = open.pop();
			if (style) style.to = at;
		} else {
			const style = { tag: part[2] ?? '', from: at, to: at };
			open.push(style);
			styles.push(style);
		}
	}
	return [bare, styles];
}

/** Puts tags back; a tag around text of several cues is closed and opened again. */
export function putTags(cues: readonly Cue[], styles: readonly Style[]): Cue[] {
	if (styles.length === 0) return [...cues];
	let from = 0;
	let first = 0;
	return cues.map((cue) => {
		const to = from + lettersIn(cue.text);
		while ((styles[first]?.to ?? Infinity) <= from) first += 1;
		const own: Style[] = [];
		for (let at = first; (styles[at]?.from ?? Infinity) < to; at++) own.push(styles[at] as Style);
		const text = own.length > 0 ? withTags(cue.text, own, from) : cue.text;
		from = to;
		return { ...cue, text };
	});
}

function withTags(text: string, styles: readonly Style[], before: number): string {
	const end = before + lettersIn(text);
	const own = styles
		.map(({ tag, from, to }) => ({ tag, from: Math.max(from, before), to: Math.min(to, end) }))
		.filter(({ from, to }) => to > from);
	let at = before;
	return text.replace(/\S/g, (letter) => {
		const opened = own.filter(({ from }) => from === at).map(({ tag }) => `<${tag}>`);
		at += 1;
		const closed = own.filter(({ to }) => to === at).map(({ tag }) => `</${tag}>`);
		return `${opened.join('')}${letter}${closed.reverse().join('')}`;
	});
}

/** How many letters a text has without white space, in UTF-16 units. */
export function lettersIn(text: string): number {
	return text.replace(/\s/g, '').length;
}
