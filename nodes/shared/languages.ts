/** One language that Gcore can transcribe. */
export interface Language {
	/** The code that Gcore takes: ISO 639-2, bibliographic (`ger`, not `deu`). */
	code: string;
	/** The name in English, unique in the table. */
	name: string;
}

/**
 * Every language of Gcore's create page, alphabetical by name: the code Gcore takes, the name, and
 * its other codes (ISO 639-1, terminological ISO 639-2, withdrawn ones that
 * older software still writes, and the narrower codes that mean the same to a speech model).
 *
 * The page prints `dut` for both Nynorsk and Dutch. It is Dutch's code; Nynorsk's is `nno`, as
 * Gcore's language-support page has it.
 */
const TABLE: ReadonlyArray<readonly [code: string, name: string, otherCodes: string]> = [
	['afr', 'Afrikaans', 'af'],
	['alb', 'Albanian', 'sq sqi'],
	['amh', 'Amharic', 'am'],
	['ara', 'Arabic', 'ar arb'],
	['arm', 'Armenian', 'hy hye'],
	['asm', 'Assamese', 'as'],
	['aze', 'Azerbaijani', 'az'],
	['bak', 'Bashkir', 'ba'],
	['baq', 'Basque', 'eu eus'],
	['bel', 'Belarusian', 'be'],
	['ben', 'Bengali', 'bn'],
	['bos', 'Bosnian', 'bs'],
	['bre', 'Breton', 'br'],
	['bul', 'Bulgarian', 'bg'],
	['cat', 'Catalan', 'ca'],
	['chi', 'Chinese', 'zh zho cmn'],
	['hrv', 'Croatian', 'hr scr'],
	['cze', 'Czech', 'cs ces'],
	['dan', 'Danish', 'da'],
	['dut', 'Dutch', 'nl nld'],
	['eng', 'English', 'en'],
	['est', 'Estonian', 'et'],
	['fao', 'Faroese', 'fo'],
	['fin', 'Finnish', 'fi'],
	['fre', 'French', 'fr fra'],
	['glg', 'Galician', 'gl'],
	['geo', 'Georgian', 'ka kat'],
	['ger', 'German', 'de deu'],
	['gre', 'Greek', 'el ell'],
	['guj', 'Gujarati', 'gu'],
	['hat', 'Haitian Creole', 'ht'],
	['hau', 'Hausa', 'ha'],
	['haw', 'Hawaiian', ''],
	['heb', 'Hebrew', 'he iw'],
	['hin', 'Hindi', 'hi'],
	['hun', 'Hungarian', 'hu'],
	['ice', 'Icelandic', 'is isl'],
	['ind', 'Indonesian', 'id in'],
	['ita', 'Italian', 'it'],
	['jpn', 'Japanese', 'ja'],
	['jav', 'Javanese', 'jv jw'],
	['kan', 'Kannada', 'kn'],
	['kaz', 'Kazakh', 'kk'],
	['khm', 'Khmer', 'km'],
	['kor', 'Korean', 'ko'],
	['lao', 'Lao', 'lo'],
	['lat', 'Latin', 'la'],
	['lav', 'Latvian', 'lv'],
	['lin', 'Lingala', 'ln'],
	['lit', 'Lithuanian', 'lt'],
	['ltz', 'Luxembourgish', 'lb'],
	['mac', 'Macedonian', 'mk mkd'],
	['mlg', 'Malagasy', 'mg'],
	['may', 'Malay', 'ms msa'],
	['mal', 'Malayalam', 'ml'],
	['mlt', 'Maltese', 'mt'],
	['mao', 'Maori', 'mi mri'],
	['mar', 'Marathi', 'mr'],
	['mon', 'Mongolian', 'mn'],
	['bur', 'Myanmar', 'my mya'],
	['nep', 'Nepali', 'ne'],
	['nor', 'Norwegian', 'no nb nob'],
	['nno', 'Norwegian Nynorsk', 'nn'],
	['oci', 'Occitan', 'oc'],
	['pus', 'Pashto', 'ps'],
	['per', 'Persian', 'fa fas'],
	['pol', 'Polish', 'pl'],
	['por', 'Portuguese', 'pt'],
	['pan', 'Punjabi', 'pa'],
	['rum', 'Romanian', 'ro ron mo mol'],
	['rus', 'Russian', 'ru'],
	['san', 'Sanskrit', 'sa'],
	['srp', 'Serbian', 'sr scc'],
	['sna', 'Shona', 'sn'],
	['snd', 'Sindhi', 'sd'],
	['sin', 'Sinhala', 'si'],
	['slo', 'Slovak', 'sk slk'],
	['slv', 'Slovenian', 'sl'],
	['som', 'Somali', 'so'],
	['spa', 'Spanish', 'es'],
	['sun', 'Sundanese', 'su'],
	['swa', 'Swahili', 'sw swh'],
	['swe', 'Swedish', 'sv'],
	['tgl', 'Tagalog', 'tl fil'],
	['tgk', 'Tajik', 'tg'],
	['tam', 'Tamil', 'ta'],
	['tat', 'Tatar', 'tt'],
	['tel', 'Telugu', 'te'],
	['tha', 'Thai', 'th'],
	['tib', 'Tibetan', 'bo bod'],
	['tur', 'Turkish', 'tr'],
	['tuk', 'Turkmen', 'tk'],
	['ukr', 'Ukrainian', 'uk'],
	['urd', 'Urdu', 'ur'],
	['uzb', 'Uzbek', 'uz'],
	['vie', 'Vietnamese', 'vi'],
	['wel', 'Welsh', 'cy cym'],
	['yid', 'Yiddish', 'yi ji'],
	['yor', 'Yoruba', 'yo'],
];

const ENTRIES = TABLE.map(([code, name, otherCodes]) => ({
	code,
	name,
	otherCodes: otherCodes.split(' ').filter(Boolean),
}));

/** The languages of the table, alphabetical by name. */
export const LANGUAGES: readonly Language[] = ENTRIES.map(({ code, name }) => ({ code, name }));

const BY_CODE: ReadonlyMap<string, Language> = new Map(
	ENTRIES.flatMap(({ code, name, otherCodes }) =>
		[code, ...otherCodes].map((known): [string, Language] => [known, { code, name }]),
	),
);

/**
 * Finds a language by any code it goes by.
 *
 * @param code ISO 639-1 or 639-2 in any case, with or without a region or script
 *   (`de`, `deu`, `ger`, `DE`, `de-AT`, `zh_Hant`)
 * @returns the language, or undefined if Gcore has none with that code
 */
export function findLanguage(code: string): Language | undefined {
	const [primary = ''] = code.trim().toLowerCase().split(/[-_]/);
	return BY_CODE.get(primary);
}

/** The name of the language with this code, or the code if Gcore has none. */
export function languageName(code: string): string {
	return findLanguage(code)?.name ?? code;
}

/**
 * The languages nearest to a word that is no known code, nearest first.
 *
 * @param word a misspelled code or name, such as `Germn` or `gr`
 * @param count how many at most
 */
export function nearestLanguages(word: string, count = 3): Language[] {
	const wanted = word.trim().toLowerCase();
	const distanceTo = ({ code, name, otherCodes }: (typeof ENTRIES)[number]) =>
		Math.min(...[code, name.toLowerCase(), ...otherCodes].map((k) => editDistance(wanted, k)));
	return ENTRIES.map((entry) => ({ entry, distance: distanceTo(entry) }))
		.sort((a, b) => a.distance - b.distance)
		.slice(0, count)
		.map(({ entry: { code, name } }) => ({ code, name }));
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
