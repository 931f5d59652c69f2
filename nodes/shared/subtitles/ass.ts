import type { Cue } from './cue';

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

/** There is no escape for a backslash; a word joiner (U+2060) keeps it from making a command of what follows. */
const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\\u2060',
	'{': '\\{',
	'}': '\\}',
	'\n': '\\N',
};

const TAG = /<(\/?)([ibu])>/g;

/**
 * Writes Advanced SubStation Alpha, for burning subtitles into the picture.
 *
 * @returns the file; without events if there are no cues
 */
export function formatAss(cues: readonly Cue[]): string {
	const events = cues.map(({ start, end, text }) => {
		const times = [start, end].map(timeOf).join(',');
		return `Dialogue: 0,${times},Default,,0,0,0,,${writeText(text)}\n`;
	});
	return `${HEADER}${events.join('')}`;
}

function writeText(text: string): string {
	return text
		.replace(/[\\{}\n]/g, (character) => ESCAPES[character] ?? character)
		.replace(TAG, (_tag, slash: string, name: string) => `{\\${name}${slash ? 0 : 1}}`);
}

/** ASS has hundredths of a second, and one digit of hours. */
function timeOf(ms: number): string {
	const hundredths = Math.round(ms / 10);
	const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const [minutes, seconds] = [(hundredths / 6_000) % 60, (hundredths / 100) % 60];
	return `${Math.floor(hundredths / 360_000)}:${pad(minutes)}:${pad(seconds)}.${pad(hundredths % 100)}`;
}
