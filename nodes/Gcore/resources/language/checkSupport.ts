import {
	AUDIO_LANGUAGE,
	requiredLanguageField,
	SUBTITLES_LANGUAGE,
} from '../../../form/languageFields';
import { languageName } from '../../../shared/languages';
import { runEach } from '../../operations/each';
import { operation } from '../../operations/operation';

/** Asks Gcore: the supported pairs change, so the package keeps no copy of them. */
export const checkSupport = operation({
	option: {
		name: 'Check Support',
		value: 'checkSupport',
		description: 'Find out whether Gcore can make subtitles in a language',
		action: 'Check language support',
	},

	fields: [
		requiredLanguageField({ ...AUDIO_LANGUAGE, default: 'eng' }),
		requiredLanguageField(SUBTITLES_LANGUAGE),
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
