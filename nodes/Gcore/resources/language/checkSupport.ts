import {
	CODES_BY_EXPRESSION,
	languageField,
	LANGUAGE_OPTIONS,
	requiredLanguageField,
} from '../../../form/languageFields';
import { runEach } from '../../operations/each';
import { operation } from '../../operations/operation';

/** Asks Gcore, as the supported pairs change: the package keeps no copy of them. */
export const checkSupport = operation({
	option: {
		name: 'Check Support',
		value: 'checkSupport',
		description: 'Find out whether Gcore can make subtitles in a language',
		action: 'Check language support',
	},

	fields: [
		requiredLanguageField({
			displayName: 'Audio Language',
			name: 'audioLanguage',
			type: 'options',
			required: true,
			options: LANGUAGE_OPTIONS,
			default: 'eng',
			description: `Language spoken in the video. ${CODES_BY_EXPRESSION}`,
		}),
		languageField({
			displayName: 'Subtitles Language',
			name: 'subtitlesLanguage',
			type: 'options',
			options: [{ name: 'Same as Audio', value: '' }, ...LANGUAGE_OPTIONS],
			default: '',
			description: `Language of the subtitles. ${CODES_BY_EXPRESSION}`,
		}),
	],

	async run(context, inputs) {
		return await runEach(context, inputs, async ({ audioLanguage, subtitlesLanguage }) => ({
			audio_language: audioLanguage,
			subtitles_language: subtitlesLanguage ?? null,
			supported: await context.client.isSupported({
				audio_language: audioLanguage,
				...(subtitlesLanguage && { subtitles_language: subtitlesLanguage }),
			}),
		}));
	},
});
