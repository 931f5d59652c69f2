import {
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
			description:
				'Language spoken in the video. An expression may return any of its codes, such as de, deu or de-AT.',
		}),
		languageField({
			displayName: 'Subtitles Language',
			name: 'subtitlesLanguage',
			type: 'options',
			options: [{ name: 'Same as Audio', value: '' }, ...LANGUAGE_OPTIONS],
			default: '',
			description:
				'Language of the subtitles. An expression may return any of its codes, such as de, deu or de-AT.',
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
