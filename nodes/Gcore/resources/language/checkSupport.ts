import { requiredLanguageField } from '../../../form/languageFields';
import { languageName } from '../../../shared/languages';
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
			default: 'eng',
			description: 'Language spoken in the video',
		}),
		requiredLanguageField({
			displayName: 'Subtitles Language',
			name: 'subtitlesLanguage',
			default: '',
			description: 'Language of the subtitles',
		}),
	],

	async run(context, inputs) {
		return await runEach(context, inputs, async ({ audioLanguage, subtitlesLanguage }) => ({
			audio_language: audioLanguage,
			audio_language_name: languageName(audioLanguage),
			subtitles_language: subtitlesLanguage,
			subtitles_language_name: languageName(subtitlesLanguage),
			supported: await context.client.isSupported({
				audio_language: audioLanguage,
				subtitles_language: subtitlesLanguage,
			}),
		}));
	},
});
