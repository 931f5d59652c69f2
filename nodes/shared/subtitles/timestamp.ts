/** `HH:mm:ss.fff`: hours of any number of digits or left out, comma or dot, a fraction or none. */
const TIMESTAMP = /^(?:(\d{1,9}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d+))?$/;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Reads a timestamp as Gcore's rows, WebVTT and SRT write it.
 *
 * @param text such as `00:01:02.500`, `01:02.5` or `100:00:00,000`
 * @returns milliseconds, or undefined if it is no timestamp
 */
export function parseTimestamp(text: string): number | undefined {
	const match = TIMESTAMP.exec(text.trim());
	if (!match) return undefined;
	const [, hours = '0', minutes, seconds, fraction = ''] = match;
	return (
		Number(hours) * HOUR +
		Number(minutes) * MINUTE +
		Number(seconds) * SECOND +
		Number(fraction.slice(0, 3).padEnd(3, '0'))
	);
}

/**
 * Writes a timestamp in full: two digits of hours (more past 99), three after the mark.
 *
 * @param ms whole milliseconds
 * @param mark the character before the fraction: `.` in WebVTT, `,` in SRT
 */
export function formatTimestamp(ms: number, mark: '.' | ','): string {
	const whole = [ms / HOUR, (ms % HOUR) / MINUTE, (ms % MINUTE) / SECOND]
		.map((value) => String(Math.floor(value)).padStart(2, '0'))
		.join(':');
	return `${whole}${mark}${String(ms % SECOND).padStart(3, '0')}`;
}
