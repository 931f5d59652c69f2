/** Types for the parts of n8n's package scanner that `npm run scan` uses; it has none of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The files that are scanned in a source folder. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Lints files as n8n does before it verifies a package. Passes if there are no files. */
	export function analyzePackage(
		folder: string,
		filePatterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
