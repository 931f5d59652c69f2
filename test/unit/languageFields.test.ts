import {
	audioLanguage,
	subtitlesLanguage,
} from '../../nodes/Gcore/resources/transcriptionTask/createFields';
import { fieldValues } from '../../nodes/form/values';

const read = (value: unknown) => audioLanguage.read(fieldValues(() => value));

test.each([undefined, null, '', '  '])('%j is not set', (value) => {
	expect(read(value)).toBeUndefined();
});

test('a problem names what it does not know, cut short', () => {
	expect(() => read('x'.repeat(500))).toThrow(
		`'Audio Language' "${'x'.repeat(40)}" is not a language Gcore knows`,
	);
	expect(() => read(7)).toThrow("'Audio Language' is not text");
});

test('a long value is refused quickly', () => {
	const startedAt = performance.now();
	expect(() => read('x'.repeat(1_000_000))).toThrow();
	expect(performance.now() - startedAt).toBeLessThan(1000);
});

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
