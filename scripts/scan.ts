/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command for developers, not part of the package */
/**
 * `npm run scan`: what n8n checks before it verifies a package, without a network, on the source
 * and on the tarball as it would be published; and that it is no larger than it need be. What is in
 * it is asserted by `test/e2e/packed.test.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../test/n8n/pack';

const ROOT = join(__dirname, '..');

/** What n8n scans of a published package. */
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** It notices what does not belong there: two nodes with their texts, and the README, are less. */
const TARBALL_LIMIT_BYTES = 60_000;

/** What is wrong, a line or a block each; none where all is well. */
type Findings = string[];

async function scan(): Promise<Findings> {
	const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-gcore-'));
	try {
		const tarball = await packPackage(folder);
		const unpacked = join(folder, 'package');
		mkdirSync(unpacked);
		execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
		return [
			...(await violations('source', ROOT, SOURCE_FILE_PATTERNS)),
			...(await violations('tarball', unpacked, PUBLISHED_FILE_PATTERNS)),
			...checkSize(tarball),
		];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function violations(name: string, folder: string, patterns: string[]): Promise<Findings> {
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	console.log(`Scanning the ${name}: ${patterns.join(', ')}`);
	const { passed, message, details } = await analyzePackage(folder, patterns);
	// It passes a folder without files too, with a message
	if (passed && message === undefined) return [];
	return [`The ${name}: ${message}\n${details ?? ''}`];
}

function checkSize(tarball: string): Findings {
	const { size } = statSync(tarball);
	console.log(`The tarball: ${size} bytes`);
	return size > TARBALL_LIMIT_BYTES
		? [`The tarball has ${size} bytes: the limit is ${TARBALL_LIMIT_BYTES}`]
		: [];
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
