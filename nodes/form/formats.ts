import { SUBTITLE_FORMATS } from '../shared/subtitles';
import type { SubtitleFormatId } from '../shared/subtitles';

const FORMAT_IDS = Object.keys(SUBTITLE_FORMATS) as SubtitleFormatId[];

/** Every format of subtitles, for a dropdown. */
export const FORMAT_OPTIONS = FORMAT_IDS.map((value) => ({
	name: SUBTITLE_FORMATS[value].label,
	value,
})).sort((a, b) => a.name.localeCompare(b.name, 'en'));
