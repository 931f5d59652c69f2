import { findLanguage, LANGUAGES, nearestLanguages } from '../../nodes/shared/languages';

const names = LANGUAGES.map(({ name }) => name);
const codes = LANGUAGES.map(({ code }) => code);

describe('the table', () => {
	test("holds the create page's 98 codes and Nynorsk's own, each once", () => {
		expect(new Set(codes).size).toBe(99);
		expect(new Set(names).size).toBe(99);
	});

	test('is alphabetical by name', () => {
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	});

	test('has dut for Dutch and nno for Nynorsk', () => {
		expect(LANGUAGES.find(({ code }) => code === 'dut')?.name).toBe('Dutch');
		expect(LANGUAGES.find(({ code }) => code === 'nno')?.name).toBe('Norwegian Nynorsk');
	});

	test('agrees with the names that the platform has for the codes', () => {
		// ICU's names that differ: listed here, so that a slip elsewhere shows
		const other: Record<string, string> = {
			bur: 'Burmese',
			mao: 'Māori',
			tgl: 'Filipino',
		};
		const icu = new Intl.DisplayNames(['en'], { type: 'language' });
		const spoken = LANGUAGES.map(({ code, name }) => [name, icu.of(code)]).filter(
			([name, known]) => known?.toLowerCase() !== name?.toLowerCase(),
		);
		for (const [name, known] of spoken) {
			const code = LANGUAGES.find((language) => language.name === name)?.code ?? '';
			expect([name, known]).toEqual([name, other[code] ?? known]);
		}
		expect(spoken.map(([name]) => name)).toEqual(expect.arrayContaining(['Myanmar']));
	});
});

describe('findLanguage', () => {
	test.each([
		['ger', 'ger'],
		['deu', 'ger'],
		['de', 'ger'],
		['DE', 'ger'],
		['de-AT', 'ger'],
		['zh_Hant_TW', 'chi'],
		['  pt-BR ', 'por'],
		['es-419', 'spa'],
		['de-1996', 'ger'],
		['nb', 'nor'],
		['nn-NO', 'nno'],
		['fil', 'tgl'],
		['iw', 'heb'],
		['German', 'ger'],
		['deutsch', 'ger'],
		['MANDARIN', 'chi'],
		['中文', 'chi'],
		['norwegian nynorsk', 'nno'],
	])('takes %p for %p', (given, code) => {
		expect(findLanguage(given)?.code).toBe(code);
	});

	test.each([
		'',
		'xx',
		'germ',
		'd',
		'auto',
		'constructor',
		'no-translation',
		'id-123456',
		'no_subtitles',
	])('does not know %p', (given) => {
		expect(findLanguage(given)).toBeUndefined();
	});

	test('finds every language by each of its codes and names, of which no two are alike', () => {
		for (const { code, name, otherCodes, otherNames } of LANGUAGES) {
			for (const word of [code, name, ...otherCodes, ...otherNames]) {
				// As other systems may write accents
				const forms = [word, word.normalize('NFC'), word.normalize('NFD')];
				expect([word, forms.map((form) => findLanguage(form)?.code)]).toEqual([
					word,
					[code, code, code],
				]);
			}
		}
	});

	test('finds every language by the codes that ICU makes one', () => {
		for (const { code } of LANGUAGES) {
			const canonical = Intl.getCanonicalLocales(code)[0] ?? '';
			expect([code, canonical, findLanguage(canonical)?.code]).toEqual([code, canonical, code]);
		}
	});
});

describe('nearestLanguages', () => {
	test.each([
		['Germn', 'German'],
		['french', 'French'],
		['deuu', 'German'],
		['Portugese', 'Portuguese'],
	])('%p is nearest to %p', (word, name) => {
		expect(nearestLanguages(word).map((language) => language.name)).toContain(name);
	});

	test.each(['klingon', 'x', '', 'qqq', 'elvish'])('none is near %p', (word) => {
		expect(nearestLanguages(word)).toEqual([]);
	});

	test('are at most three', () => {
		expect(nearestLanguages('ma')).toHaveLength(3);
	});
});
