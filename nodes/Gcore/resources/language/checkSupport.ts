import { Problem } from '../../../shared/problem';
import { LANGUAGE_OPTIONS } from '../../fields';
import { runEach } from '../../attempts';
import type { Operation } from '../../operation';
import { definedOnly, readLanguage } from '../../parameters';

interface Languages {
	audio_language: string;
	subtitles_language?: string;
}

/** Asks Gcore, as the supported pairs change: the package keeps no copy of them. */
export const checkSupport: Operation<Languages> = {
	option: {
		name: 'Check Support',
		value: 'checkSupport',
		description: 'Find out whether Gcore can make subtitles in a language',
		action: 'Check language support',
	},

	fields: [
		{
			displayName: 'Audio Language',
			name: 'audioLanguage',
			type: 'options',
			required: true,
			options: LANGUAGE_OPTIONS,
			default: 'eng',
			description:
				'Language spoken in the video. An expression may give any of its codes, such as de, deu or de-AT; the editor marks it red but it works.',
		},
		{
			displayName: 'Subtitles Language',
			name: 'subtitlesLanguage',
			type: 'options',
			options: [{ name: 'Same as Audio', value: '' }, ...LANGUAGE_OPTIONS],
			default: '',
			description:
				'Language of the subtitles. An expression may give any of its codes, such as de, deu or de-AT; the editor marks it red but it works.',
		},
	],

	read(fields) {
		const language = (name: string, label: string) =>
			readLanguage(fields.value(name, label), label);
		const audio_language = language('audioLanguage', 'Audio Language');
		if (audio_language === undefined) {
			throw new Problem('Audio Language is empty', 'Choose the language spoken in the video.');
		}
		const subtitles_language = language('subtitlesLanguage', 'Subtitles Language');
		return { audio_language, ...definedOnly({ subtitles_language }) };
	},

	async run(run, inputs) {
		return await runEach(run, inputs, async (languages) => ({
			audio_language: languages.audio_language,
			subtitles_language: languages.subtitles_language ?? null,
			supported: await run.client.isSupported(languages),
		}));
	},
};
