import type { Cue } from './cue';
import { offsetsOfPairedTags } from './webVttText';

/** White text with a black outline, centred at the bottom of a Full HD picture; players scale it to theirs. */
const HEADER = `[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,64,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,4,0,2,96,96,64,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;

/** A backslash has no escape; a word joiner (U+2060) keeps it from turning the next letter into a command. */
const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\\u2060',
	'{': '\\{',
	'}': '\\}',
	'\n': '\\N',
};

/**
 * Writes Advanced SubStation Alpha, for burning subtitles into the picture.
 *
 * @returns the file; without events if there are no cues
 */
export function formatAss(cues: readonly Cue[]): string {
	const events = cues.map(({ start, end, text }) => {
		const [from, until] = [start, end].map((ms) => Math.round(ms / 10)) as [number, number];
		const times = [from, Math.max(until, from + 1)].map(timeOf).join(',');
		return `Dialogue: 0,${times},Default,,0,0,0,,${writeText(text)}\n`;
	});
	return `${HEADER}${events.join('')}`;
}

function writeText(text: string): string {
	const paired = offsetsOfPairedTags(text);
	return text.replace(
		/<(\/?)([ibu])>|[\\{}\n]/g,
		(token, slash: string, name: string, offset: number) =>
			paired.has(offset) ? `{\\${name}${slash ? 0 : 1}}` : (ESCAPES[token] ?? token),
	);
}

/** ASS has hundredths of a second, and one digit of hours. */
function timeOf(hundredths: number): string {
	const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const [minutes, seconds] = [(hundredths / 6_000) % 60, (hundredths / 100) % 60];
	return `${Math.floor(hundredths / 360_000)}:${pad(minutes)}:${pad(seconds)}.${pad(hundredths % 100)}`;
}
