import type { Cue } from './cue';
import { cueBlocks } from './cueBlocks';

/**
 * Writes SubRip (SRT). SRT has no escapes, so text stays as it is, except `-->`, which parsers take for
 * the times of another cue: it becomes an arrow sign.
 *
 * @returns the file, empty if there are no cues
 */
export function formatSrt(cues: readonly Cue[]): string {
	return cueBlocks(cues, ',', (text) => text.replace(/(?<!-)-{2,}>/g, '→')).join('\n');
}
