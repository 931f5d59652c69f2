/** One language that Gcore can transcribe. */
export interface Language {
	/** The code that Gcore takes: ISO 639-2, bibliographic (`ger`, not `deu`). */
	code: string;
	/** The name in English, unique in the table. */
	name: string;
	/** Its other codes, the two-letter code first. */
	otherCodes: readonly string[];
	/** What else people call it: its name in the language itself above all. */
	otherNames: readonly string[];
}

/**
 * Every language of Gcore's create page, alphabetical by name: the code Gcore takes, the name, the
 * other codes (ISO 639-1, terminological ISO 639-2, withdrawn ones that older software still writes,
 * and narrower codes that mean the same to a speech model), and other names, the language's own first.
 *
 * The page prints `dut` for both Nynorsk and Dutch. It is Dutch's code; Nynorsk's is `nno`, as
 * Gcore's language-support page has it.
 */
const TABLE: ReadonlyArray<
	readonly [code: string, name: string, otherCodes: string, otherNames: string]
> = [
	['afr', 'Afrikaans', 'af', ''],
	['alb', 'Albanian', 'sq sqi', 'shqip'],
	['amh', 'Amharic', 'am', 'አማርኛ'],
	['ara', 'Arabic', 'ar arb', 'العربية'],
	['arm', 'Armenian', 'hy hye', 'հայերեն'],
	['asm', 'Assamese', 'as', 'অসমীয়া'],
	['aze', 'Azerbaijani', 'az', 'azərbaycan'],
	['bak', 'Bashkir', 'ba', 'башҡорт'],
	['baq', 'Basque', 'eu eus', 'euskara'],
	['bel', 'Belarusian', 'be', 'беларуская'],
	['ben', 'Bengali', 'bn', 'বাংলা'],
	['bos', 'Bosnian', 'bs', 'bosanski'],
	['bre', 'Breton', 'br', 'brezhoneg'],
	['bul', 'Bulgarian', 'bg', 'български'],
	['cat', 'Catalan', 'ca', 'català, Valencian'],
	['chi', 'Chinese', 'zh zho cmn', '中文, Mandarin'],
	['hrv', 'Croatian', 'hr scr', 'hrvatski'],
	['cze', 'Czech', 'cs ces', 'čeština'],
	['dan', 'Danish', 'da', 'dansk'],
	['dut', 'Dutch', 'nl nld', 'Nederlands, Flemish'],
	['eng', 'English', 'en', ''],
	['est', 'Estonian', 'et', 'eesti'],
	['fao', 'Faroese', 'fo', 'føroyskt'],
	['fin', 'Finnish', 'fi', 'suomi'],
	['fre', 'French', 'fr fra', 'français'],
	['glg', 'Galician', 'gl', 'galego'],
	['geo', 'Georgian', 'ka kat', 'ქართული'],
	['ger', 'German', 'de deu', 'Deutsch'],
	['gre', 'Greek', 'el ell', 'Ελληνικά'],
	['guj', 'Gujarati', 'gu', 'ગુજરાતી'],
	['hat', 'Haitian Creole', 'ht', 'kreyòl ayisyen'],
	['hau', 'Hausa', 'ha', ''],
	['haw', 'Hawaiian', '', 'ʻŌlelo Hawaiʻi'],
	['heb', 'Hebrew', 'he iw', 'עברית'],
	['hin', 'Hindi', 'hi', 'हिन्दी'],
	['hun', 'Hungarian', 'hu', 'magyar'],
	['ice', 'Icelandic', 'is isl', 'íslenska'],
	['ind', 'Indonesian', 'id in', 'Bahasa Indonesia'],
	['ita', 'Italian', 'it', 'italiano'],
	['jpn', 'Japanese', 'ja', '日本語'],
	['jav', 'Javanese', 'jv jw', 'Basa Jawa'],
	['kan', 'Kannada', 'kn', 'ಕನ್ನಡ'],
	['kaz', 'Kazakh', 'kk', 'қазақ'],
	['khm', 'Khmer', 'km', 'ខ្មែរ'],
	['kor', 'Korean', 'ko', '한국어'],
	['lao', 'Lao', 'lo', 'ລາວ'],
	['lat', 'Latin', 'la', 'latina'],
	['lav', 'Latvian', 'lv', 'latviešu'],
	['lin', 'Lingala', 'ln', 'lingála'],
	['lit', 'Lithuanian', 'lt', 'lietuvių'],
	['ltz', 'Luxembourgish', 'lb', 'Lëtzebuergesch'],
	['mac', 'Macedonian', 'mk mkd', 'македонски'],
	['mlg', 'Malagasy', 'mg', ''],
	['may', 'Malay', 'ms msa', 'Bahasa Melayu'],
	['mal', 'Malayalam', 'ml', 'മലയാളം'],
	['mlt', 'Maltese', 'mt', 'Malti'],
	['mao', 'Maori', 'mi mri', 'Māori'],
	['mar', 'Marathi', 'mr', 'मराठी'],
	['mon', 'Mongolian', 'mn', 'монгол'],
	['bur', 'Myanmar', 'my mya', 'မြန်မာ, Burmese'],
	['nep', 'Nepali', 'ne', 'नेपाली'],
	['nor', 'Norwegian', 'no nb nob', 'norsk'],
	['nno', 'Norwegian Nynorsk', 'nn', 'norsk nynorsk'],
	['oci', 'Occitan', 'oc', ''],
	['pus', 'Pashto', 'ps', 'پښتو, Pushto'],
	['per', 'Persian', 'fa fas', 'فارسی, Farsi'],
	['pol', 'Polish', 'pl', 'polski'],
	['por', 'Portuguese', 'pt', 'português, Brazilian'],
	['pan', 'Punjabi', 'pa', 'ਪੰਜਾਬੀ, Panjabi'],
	['rum', 'Romanian', 'ro ron mo mol', 'română, Moldavian'],
	['rus', 'Russian', 'ru', 'русский'],
	['san', 'Sanskrit', 'sa', 'संस्कृतम्'],
	['srp', 'Serbian', 'sr scc', 'српски'],
	['sna', 'Shona', 'sn', 'chiShona'],
	['snd', 'Sindhi', 'sd', 'سنڌي'],
	['sin', 'Sinhala', 'si', 'සිංහල, Sinhalese'],
	['slo', 'Slovak', 'sk slk', 'slovenčina'],
	['slv', 'Slovenian', 'sl', 'slovenščina'],
	['som', 'Somali', 'so', 'Soomaali'],
	['spa', 'Spanish', 'es', 'español, Castilian'],
	['sun', 'Sundanese', 'su', 'Basa Sunda'],
	['swa', 'Swahili', 'sw swh', 'Kiswahili'],
	['swe', 'Swedish', 'sv', 'svenska'],
	['tgl', 'Tagalog', 'tl fil', 'Filipino'],
	['tgk', 'Tajik', 'tg', 'тоҷикӣ'],
	['tam', 'Tamil', 'ta', 'தமிழ்'],
	['tat', 'Tatar', 'tt', 'татар'],
	['tel', 'Telugu', 'te', 'తెలుగు'],
	['tha', 'Thai', 'th', 'ไทย'],
	['tib', 'Tibetan', 'bo bod', 'བོད་སྐད་'],
	['tur', 'Turkish', 'tr', 'Türkçe'],
	['tuk', 'Turkmen', 'tk', 'türkmen dili'],
	['ukr', 'Ukrainian', 'uk', 'українська'],
	['urd', 'Urdu', 'ur', 'اردو'],
	['uzb', 'Uzbek', 'uz', 'o‘zbek'],
	['vie', 'Vietnamese', 'vi', 'Tiếng Việt'],
	['wel', 'Welsh', 'cy cym', 'Cymraeg'],
	['yid', 'Yiddish', 'yi ji', 'ייִדיש'],
	['yor', 'Yoruba', 'yo', 'Èdè Yorùbá'],
];

/** The languages of the table, alphabetical by name. */
export const LANGUAGES: readonly Language[] = TABLE.map(([code, name, otherCodes, otherNames]) => ({
	code,
	name,
	otherCodes: otherCodes.split(' ').filter(Boolean),
	otherNames: otherNames.split(', ').filter(Boolean),
}));

/** A word in the form for comparison: macOS writes an accent as a separate character. */
function comparable(word: string): string {
	return word.trim().toLowerCase().normalize('NFC');
}

/** Every word for a language, to compare others with. */
function wordsFor({ code, name, otherCodes, otherNames }: Language): string[] {
	return [code, ...otherCodes, name, ...otherNames].map(comparable);
}

const BY_WORD: ReadonlyMap<string, Language> = new Map(
	LANGUAGES.flatMap((language) => wordsFor(language).map((word) => [word, language])),
);

/**
 * What may follow a language in its code (RFC 5646): scripts, regions, and variants that begin with a digit.
 * A longer word follows only in text that is no code, such as `no-translation`.
 */
const SUBTAGS = /([-_]([a-z]{2}|[a-z]{4}|\d{3}|\d\w{3}))+$/;

/**
 * Finds a language by any of its codes or names.
 *
 * @param word ISO 639-1 or 639-2, with or without a region or script, or a name; in any case
 *   (`de`, `deu`, `ger`, `DE`, `de-AT`, `zh_Hant`, `German`, `Deutsch`)
 * @returns the language, or undefined if Gcore has none of that code or name
 */
export function findLanguage(word: string): Language | undefined {
	const wanted = comparable(word);
	return BY_WORD.get(wanted) ?? BY_WORD.get(wanted.replace(SUBTAGS, ''));
}

/** The name of the language with this code, or the code if Gcore has none. */
export function languageName(code: string): string {
	return findLanguage(code)?.name ?? code;
}

/** One mistake is allowed for this many letters of a word. */
const LETTERS_A_MISTAKE = 3;

/** How many languages are suggested for a word, at most. */
export const MOST_SUGGESTIONS = 3;

/**
 * The languages that an unknown word may mean, nearest first.
 *
 * @param word such as `Germn` or `gr`
 * @returns at most `MOST_SUGGESTIONS`, none if no language is near
 */
export function nearestLanguages(word: string): Language[] {
	const wanted = comparable(word);
	const mistakes = Math.max(Math.floor(wanted.length / LETTERS_A_MISTAKE), 1);
	const distanceTo = (language: Language) =>
		Math.min(
			...wordsFor(language)
				// In a short word the first letter is the only one to go by
				.filter((known) => wanted.length > LETTERS_A_MISTAKE || known[0] === wanted[0])
				.map((known) => editDistance(wanted, known)),
		);
	return LANGUAGES.map((language) => ({ language, distance: distanceTo(language) }))
		.filter(({ distance }) => distance <= mistakes)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, MOST_SUGGESTIONS)
		.map(({ language }) => language);
}

/** Levenshtein distance: how many characters to insert, delete or replace to get from a to b. */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (const [i, character] of [...a].entries()) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++) {
			const replaced = (row[j] ?? 0) + (character === b[j] ? 0 : 1);
			next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
