import type { Cue } from '../cue';

/**
 * Moves all cues, for a video that got an intro or lost one. A cue that would start before the video
 * starts with it; one that would have ended by then is dropped.
 *
 * @param seconds may be negative, and have a fraction
 */
export function offset(cues: readonly Cue[], seconds: number): Cue[] {
	const by = Math.round(seconds * 1_000);
	return cues
		.map(({ start, end, text }) => ({ start: Math.max(0, start + by), end: end + by, text }))
		.filter(({ end }) => end > 0);
}
