const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Codes of ISO 639-2/T for languages that have another one in ISO 639-2/B, which Gcore takes. */
const TERMINOLOGICAL = new Set(
	'sqi hye eus bod mya zho ces nld fra kat deu ell isl mkd mri msa fas ron slk cym'.split(' '),
);

/** The English name of a language by its ISO 639-2/B code; undefined if there is no such code. */
export function nameOfLanguage(code: string): string | undefined {
	const isCode = /^[a-z]{3}$/.test(code) && !TERMINOLOGICAL.has(code);
	return isCode ? NAMES.of(code) : undefined;
}
