import { create } from '../../nodes/Gcore/resources/transcriptionTask/create';

test('Create asks as a person thinks: which video, which languages, whether to wait, whose, and the rest', () => {
	const shown = create.properties
		.filter(({ displayOptions }) => displayOptions === undefined)
		.map(({ displayName }) => displayName);
	expect(shown).toEqual([
		'Video Source',
		'Audio Language',
		'Subtitles Language',
		'Also Translate To',
		'Wait for Completion',
		'Client Metadata',
		'Options',
	]);
});
