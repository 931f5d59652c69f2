import type { Cue } from './cue';
import { joinLines } from './layout/scripts';
import { withoutTags } from './webVttText';

/** Writes the text of each cue on a line of its own. */
export function formatPlainText(cues: readonly Cue[]): string {
	return cues.map(({ text }) => `${onOneLine(text)}\n`).join('');
}

/** The text of a cue without lines and tags. */
export function onOneLine(text: string): string {
	return joinLines(withoutTags(text).split('\n'));
}
