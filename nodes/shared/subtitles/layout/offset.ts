import type { Cue } from '../cue';

/**
 * Moves all cues, for a video that got an intro or lost one. A cue that would start before the video
 * starts with it; one that would have ended by then is dropped.
 *
 * @param seconds may be negative, and have a fraction
 */
export function offset<T extends Pick<Cue, 'start' | 'end'>>(
	cues: readonly T[],
	seconds: number,
): T[] {
	const by = Math.round(seconds * 1_000);
	return cues
		.map((cue) => ({ ...cue, start: Math.max(0, cue.start + by), end: cue.end + by }))
		.filter(({ end }) => end > 0);
}
