/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/**
 * `npm run mutation`: changes the code in small ways (mutants) and reports which of them no test
 * notices. It takes all mutants of the folders in WHOLE and a sample of the rest, for hours;
 * `npm run mutation -- nodes/shared/pool.ts` takes all mutants of some files only. `--seed 2` draws
 * another sample; `--sample 300` takes a sample of all mutants and nothing else, in half an hour. The
 * report of every mutant is reports/mutation/index.html.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';

import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';

import { markdownTable } from '../table';

const WHOLE = ['nodes/shared/', 'nodes/GcoreTrigger/'];

const SAMPLE_SIZE = 200;

const REPORTS = 'reports/mutation';

const OPTIONS: PartialStrykerOptions = {
	plugins: ['@stryker-mutator/jest-runner', './scripts/mutation/plugins.mjs'],
	testRunner: 'jest-file-by-file',
	coverageAnalysis: 'perTest',
	// A static mutant, usually in a label or description, would have to run all tests
	ignoreStatic: true,
	// swc does not check types
	disableTypeChecks: false,
	concurrency: 2,
	allowConsoleColors: false,
	dryRunTimeoutMinutes: 20,
	reporters: ['progress-append-only', 'html', 'json'],
	htmlReporter: { fileName: `${REPORTS}/index.html` },
	jsonReporter: { fileName: `${REPORTS}/mutation.json` },
	tempDirName: `${REPORTS}/tmp`,
	cleanTempDir: 'always',
	ignorePatterns: ['dist', 'reports', 'test/n8n/versions'],
	jest: { configFile: 'scripts/mutation/jest.config.js' },
};

async function mutation(): Promise<void> {
	const { values, positionals: files } = parseArgs({
		options: { seed: { type: 'string', default: '1' }, sample: { type: 'string' } },
		allowPositionals: true,
	});
	const isSampled = files.length === 0;
	// For the checker in plugins.mjs, which runs in another process
	process.env['MUTATION_SAMPLE'] = JSON.stringify({
		whole: values.sample === undefined ? WHOLE : [],
		size: Number(values.sample ?? SAMPLE_SIZE),
		seed: values.seed,
	});
	const { Stryker } = await import('@stryker-mutator/core');
	const results = await new Stryker({
		...OPTIONS,
		mutate: isSampled ? ['nodes/**/*.ts'] : files,
		checkers: isSampled ? ['sample'] : [],
	}).runMutationTest();
	console.log(`\n${scores(results)}\n\n${survivors(results)}`);
}

/** A table of the mutation scores: the percentage of mutants that a test noticed. */
function scores(results: readonly MutantResult[]): string {
	const folders = [...WHOLE, ''];
	const partOf = ({ fileName }: MutantResult) =>
		folders.find((folder) => pathOf(fileName).startsWith(folder));
	const rows = folders.map((folder) => {
		const part = results.filter((mutant) => partOf(mutant) === folder);
		const count = (...statuses: string[]) =>
			part.filter(({ status }) => statuses.includes(status)).length;
		const noticed = count('Killed', 'Timeout');
		const unnoticed = count('Survived', 'NoCoverage');
		const score = ((100 * noticed) / (noticed + unnoticed)).toFixed(1);
		return noticed + unnoticed === 0
			? []
			: [folder || 'the rest', `${score} %`, String(noticed), String(unnoticed)];
	});
	const headings = ['mutants of', 'score', 'noticed', 'not noticed'];
	return markdownTable([headings, ...rows.filter((row) => row.length > 0)]);
}

/** A line for each mutant that no test noticed. */
function survivors(results: readonly MutantResult[]): string {
	return results
		.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
		.map((mutant) => {
			const { fileName, location, status, replacement = '' } = mutant;
			const place = `${pathOf(fileName)}:${location.start.line}:${location.start.column}`;
			const change = `${oneLine(codeOf(mutant))} → ${oneLine(replacement)}`;
			return `${place} ${change}${status === 'NoCoverage' ? ' (no test runs it)' : ''}`;
		})
		.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.join('\n');
}

/** The code that a mutant replaces. */
function codeOf({ fileName, location: { start, end } }: MutantResult): string {
	const lines = readFileSync(fileName, 'utf8')
		.split('\n')
		.slice(start.line - 1, end.line);
	const last = lines.length - 1;
	lines[last] = lines[last]?.slice(0, end.column - 1) ?? '';
	lines[0] = lines[0]?.slice(start.column - 1) ?? '';
	return lines.join('\n');
}

function pathOf(fileName: string): string {
	return relative(process.cwd(), fileName);
}

const LINE_LENGTH = 60;

function oneLine(code: string): string {
	const line = code.replace(/\s+/g, ' ');
	return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line;
}

mutation().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
