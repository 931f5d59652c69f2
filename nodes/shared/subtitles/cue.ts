/**
 * One piece of text and when it is shown. {@link toCues} makes cues as the file formats need them: with
 * text, without empty lines, and with an end after the start.
 */
export interface Cue {
	/** Whole milliseconds from the start of the video. */
	start: number;
	/** Whole milliseconds from the start of the video, at least one more than `start`. */
	end: number;
	/** Lines without white space around them, separated by LF. */
	text: string;
}

/** A cue as a source has it. A time that can't be read is undefined; the text is in any shape. */
export interface TimedText {
	/** Milliseconds. */
	start: number | undefined;
	/** Milliseconds. */
	end: number | undefined;
	text: string;
}

/** How long text is shown, in milliseconds, if neither its row nor the next one has a time for its end. */
const ASSUMED_DURATION = 2_000;

/**
 * Makes cues, ordered by start as WebVTT demands. Rows without text are dropped, but never text,
 * whatever its times: a missing start is the end of the row before, a missing end the start of the next
 * row, and a cue that would end before it is seen ends a millisecond after its start.
 *
 * @param rows in the order of the source
 */
export function toCues(rows: readonly TimedText[]): Cue[] {
	const spoken = rows
		.map((row) => ({ ...row, text: normaliseText(row.text) }))
		.filter(({ text }) => text !== '');
	let previousEnd = 0;
	return spoken
		.map(({ start = previousEnd, end, text }, index) => {
			const wantedEnd = end ?? spoken[index + 1]?.start ?? start + ASSUMED_DURATION;
			previousEnd = Math.max(wantedEnd, start + 1);
			return { start, end: previousEnd, text };
		})
		.sort((a, b) => a.start - b.start);
}

/** Whether both times of a row could be read. */
export function hasTimes({ start, end }: Pick<TimedText, 'start' | 'end'>): boolean {
	return start !== undefined && end !== undefined;
}

/** An empty line would end the cue in WebVTT and SRT alike. */
function normaliseText(text: string): string {
	return text
		.split(/\r\n?|\n/)
		.map((line) => line.trim())
		.filter(Boolean)
		.join('\n');
}
