/** What `npm run scan` uses of n8n's package scanner, which has no types of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The files that it looks at in a source folder. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Lints a folder's files as n8n does before it verifies a package. Passes where there is no file. */
	export function analyzePackage(
		folder: string,
		filePatterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
