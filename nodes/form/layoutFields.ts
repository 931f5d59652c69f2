import { PRESETS } from '../shared/subtitles/layout/rules';
import type { PresetId, Rules } from '../shared/subtitles/layout/rules';
import { choiceField, fieldsShownWhen, numberField, propertiesOf, readFields } from './field';
import type { FieldValues } from './field';

const { broadcast, social, streaming } = PRESETS;

/** Such as `2 lines of 42 characters, 17 characters a second`. */
const numbersOf = ({ lines, lineLength, readingSpeed }: Rules) =>
	`${lines} lines of ${lineLength} characters, ${readingSpeed} characters a second`;

const layout = choiceField({
	displayName: 'Layout',
	name: 'layout',
	type: 'options',
	options: [
		{
			name: 'As Gcore Returns It',
			value: 'asGiven',
			description: 'The cues as Gcore has cut them',
		},
		{ name: 'Broadcast', value: 'broadcast', description: numbersOf(broadcast) },
		{ name: 'Custom', value: 'custom', description: 'Numbers of your own' },
		{
			name: 'Social Video',
			value: 'social',
			description: `1 line of ${social.lineLength} characters, for phones held upright`,
		},
		{ name: 'Streaming', value: 'streaming', description: numbersOf(streaming) },
	],
	default: 'asGiven',
	description: 'How to divide the text into lines and cues that people can read',
});

/**
 * The numbers of the Custom layout, in characters and seconds. Their defaults are those of Streaming: a
 * test compares them, since n8n's linter wants defaults written out.
 */
const CUSTOM_RULES = [
	numberField(
		{
			displayName: 'Characters per Line',
			name: 'lineLength',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 42,
			description:
				'The longest line. In Chinese, Japanese and Korean count their characters, elsewhere letters.',
		},
		{ above: 0, upTo: 500, isWhole: true },
	),
	numberField(
		{
			displayName: 'Characters per Second',
			name: 'readingSpeed',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 17,
			description: 'The fastest reading speed, spaces included',
		},
		{ above: 0, upTo: 1000 },
	),
	numberField(
		{
			displayName: 'Gap Between Cues (Seconds)',
			name: 'gap',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 3 },
			default: 0.084,
			description: 'The shortest time between two cues',
		},
		{ from: 0, upTo: 10 },
	),
	numberField(
		{
			displayName: 'Lines per Cue',
			name: 'lines',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 2,
			description: 'The most lines that are shown at once',
		},
		{ above: 0, upTo: 4, isWhole: true },
	),
	numberField(
		{
			displayName: 'Longest Cue (Seconds)',
			name: 'maxDuration',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 7,
			description: 'The longest time that a cue is shown',
		},
		{ above: 0, upTo: 3600 },
	),
	numberField(
		{
			displayName: 'Shortest Cue (Seconds)',
			name: 'minDuration',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 3 },
			default: 0.834,
			description: 'The shortest time that a cue is shown, if there is room for it',
		},
		{ from: 0, upTo: 60 },
	),
] as const;

const timeOffset = numberField(
	{
		displayName: 'Time Offset (Seconds)',
		name: 'timeOffset',
		type: 'number',
		typeOptions: { numberPrecision: 3 },
		default: 0,
		description:
			'Moves all cues, as for an intro that was added (10) or cut (-10). Cues that would start before the video are cut or dropped.',
	},
	{ from: -360_000, upTo: 360_000 },
);

/** An expression may have more digits than the editor allows; times are whole milliseconds. */
const toMs = (seconds: number) => Math.round(seconds * 1000);

/** The layout: undefined for Gcore's own, the name of a preset, or the numbers of Custom. */
const layoutField = {
	name: 'layout' as const,
	properties: propertiesOf([layout, ...fieldsShownWhen({ layout: ['custom'] }, CUSTOM_RULES)]),
	read(values: FieldValues): PresetId | Rules | undefined {
		const chosen = layout.read(values);
		if (chosen === 'asGiven') return undefined;
		if (chosen !== 'custom') return chosen;
		const { gap, maxDuration, minDuration, ...rest } = readFields(CUSTOM_RULES, values);
		return {
			...rest,
			gap: toMs(gap),
			maxDuration: Math.max(toMs(Math.max(maxDuration, minDuration)), 1),
			minDuration: toMs(minDuration),
		};
	},
};

/** The Options of everything that makes subtitles. */
export const LAYOUT_OPTIONS = [layoutField, timeOffset] as const;
