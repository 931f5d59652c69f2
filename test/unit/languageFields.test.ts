import {
	audioLanguage,
	subtitlesLanguage,
} from '../../nodes/Gcore/resources/transcriptionTask/createFields';

/** What the editor offers for typed text: each entry whose name contains it, in the list's order. */
function offeredFor(
	field: typeof audioLanguage | typeof subtitlesLanguage,
	text: string,
): unknown[] {
	const [property] = field.properties;
	return (property?.options ?? []).flatMap((option) =>
		'value' in option && option.name.toLowerCase().includes(text) ? option.value : [],
	);
}

const LEADING = {
	ara: ['ar', 'arabic'],
	chi: ['zh', 'zho', 'cmn', 'chinese', 'mandarin', '中文'],
	eng: ['en', 'eng', 'english'],
	fre: ['fr', 'fra', 'fre', 'french', 'français'],
	ger: ['de', 'deu', 'ger', 'german', 'deutsch'],
	ita: ['it', 'ita', 'italian'],
	jpn: ['ja', 'jpn', 'japanese'],
	kor: ['ko', 'kor', 'korean'],
	per: ['farsi', 'persian'],
	por: ['pt', 'por', 'portuguese', 'brazil'],
	rus: ['ru', 'rus', 'russian'],
	spa: ['es', 'spa', 'spanish'],
};

describe.each([audioLanguage, subtitlesLanguage])('$name', (field) => {
	test.each(Object.entries(LEADING))('offers %s first for any of %j', (code, words) => {
		expect(words.map((word) => offeredFor(field, word)[0])).toEqual(words.map(() => code));
	});

	test('offers all 99 languages once, and its unset entry below those that lead', () => {
		const offered = offeredFor(field, '');
		expect(offered[11]).toBe('');
		expect(new Set(offered).size).toBe(100);
		expect(offered).toHaveLength(100);
	});
});
