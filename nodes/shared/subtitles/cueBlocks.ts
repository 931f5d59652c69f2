import type { Cue } from './cue';
import { formatTimestamp } from './timestamp';

/**
 * The blocks that WebVTT and SRT have in common: a number from 1, the times, the text.
 *
 * @param mark the character before a fraction of a second
 * @param writeText a cue's text as the format wants it
 * @returns one block a cue, each ending in LF; joined with LF they are separated by an empty line
 */
export function cueBlocks(
	cues: readonly Cue[],
	mark: '.' | ',',
	writeText: (text: string) => string,
): string[] {
	return cues.map(({ start, end, text }, index) => {
		const times = [start, end].map((ms) => formatTimestamp(ms, mark)).join(' --> ');
		return `${index + 1}\n${times}\n${writeText(text)}\n`;
	});
}
