/** The limits of a cue. Characters are full-width ones in Chinese, Japanese and Korean. */
export interface Rules {
	/** Characters per line. */
	lineLength: number;
	/** Lines per cue. */
	lines: number;
	/** Characters per second, spaces and punctuation included. */
	readingSpeed: number;
	/** Milliseconds that a cue is shown, at least. */
	minDuration: number;
	/** Milliseconds that a cue is shown, at most. */
	maxDuration: number;
	/** Milliseconds between two cues, at least. */
	gap: number;
}

/** Frames of video in milliseconds, rounded up. */
const frames = (count: number, aSecond: number) => Math.ceil((count * 1_000) / aSecond);

/** The rules to choose from by name; their sources are in docs/subtitles.md. */
export const PRESETS = {
	/** Netflix. */
	streaming: {
		lineLength: 42,
		lines: 2,
		readingSpeed: 17,
		minDuration: frames(20, 24),
		maxDuration: 7_000,
		gap: frames(2, 24),
	},
	/** BBC: 180 words a minute are 15 characters a second, by Netflix' measure of 200 words for 17. */
	broadcast: {
		lineLength: 37,
		lines: 2,
		readingSpeed: 15,
		minDuration: 1_000,
		maxDuration: 7_000,
		gap: frames(2, 25),
	},
	/** No standard: what a phone held upright has room for. */
	social: {
		lineLength: 24,
		lines: 1,
		readingSpeed: 20,
		minDuration: 500,
		maxDuration: 3_000,
		gap: 0,
	},
} as const satisfies Record<string, Rules>;

/** The name of a preset in parameters. */
export type PresetId = keyof typeof PRESETS;

/** Netflix' limits of lines and reading speed, in full-width characters. */
const FULL_WIDTH: Readonly<Record<string, Pick<Rules, 'lineLength' | 'readingSpeed'>>> = {
	chi: { lineLength: 16, readingSpeed: 9 },
	jpn: { lineLength: 13, readingSpeed: 4 },
	kor: { lineLength: 16, readingSpeed: 12 },
};

/**
 * A preset for a language. In Chinese, Japanese and Korean a line has half as many characters, since
 * each is as wide as two, and at most as many as Netflix has; the reading speed is Netflix'.
 *
 * @param language a code of Gcore's such as `jpn`; null if it is not known
 */
export function presetFor(id: PresetId, language: string | null): Rules {
	const preset: Rules = PRESETS[id];
	const own = FULL_WIDTH[language ?? ''];
	if (!own) return preset;
	const { lineLength, readingSpeed } = own;
	return {
		...preset,
		lineLength: Math.min(Math.floor(preset.lineLength / 2), lineLength),
		readingSpeed,
	};
}

/** The rules with characters counted in columns, of which a full-width character takes two. */
export function inColumns(rules: Rules, language: string | null): Rules {
	if (!FULL_WIDTH[language ?? '']) return rules;
	const { lineLength, readingSpeed } = rules;
	return { ...rules, lineLength: lineLength * 2, readingSpeed: readingSpeed * 2 };
}
