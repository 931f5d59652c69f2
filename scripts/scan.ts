/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/**
 * `npm run scan`: n8n's checks before it verifies a package, without a network, on the source and on
 * the tarball as it would be published; and a limit on the code that every user's n8n loads. The
 * tarball's files are asserted by `test/e2e/packed.test.ts`.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unpackPackage } from '../test/n8n';

const ROOT = join(__dirname, '..');

/** The files that n8n scans in a published package. */
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** The code of the two nodes and the credential, which n8n loads when it starts. */
const CODE_FOLDERS = ['dist/nodes', 'dist/credentials'];

/** Tasks alone took 164 kB; files, hosted videos and the layout of subtitles, with its word tables, came later. */
const CODE_LIMIT_BYTES = 343_300;

/** Descriptions of what is wrong; none if all is well. */
type Findings = string[];

async function scan(): Promise<Findings> {
	const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		const { packageFolder } = await unpackPackage(folder);
		return [
			...(await violations('source', ROOT, SOURCE_FILE_PATTERNS)),
			...(await violations('tarball', packageFolder, PUBLISHED_FILE_PATTERNS)),
			...checkCodeSize(packageFolder),
		];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function violations(name: string, folder: string, patterns: string[]): Promise<Findings> {
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	console.log(`Scanning the ${name}: ${patterns.join(', ')}`);
	const { passed, message, details } = await analyzePackage(folder, patterns);
	// A folder without files passes too, with a message
	if (passed && message === undefined) return [];
	return [`The ${name}: ${message}\n${details ?? ''}`];
}

function checkCodeSize(packageFolder: string): Findings {
	const files = CODE_FOLDERS.flatMap((folder) => codeIn(join(packageFolder, folder)));
	const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
	console.log(`The JavaScript in ${CODE_FOLDERS.join(' and ')}: ${bytes} bytes`);
	return bytes > CODE_LIMIT_BYTES
		? [`The JavaScript has ${bytes} bytes: the limit is ${CODE_LIMIT_BYTES}`]
		: [];
}

function codeIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => join(folder, file));
}

scan().then(
	(findings) => {
		console.log(findings.length > 0 ? `\n${findings.join('\n')}` : '\nNothing found.');
		process.exitCode = findings.length > 0 ? 1 : 0;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
