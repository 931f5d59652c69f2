/** Two plugins for Stryker: a sample of the mutants, and a faster way to run them in jest. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { CheckStatus } from '@stryker-mutator/api/check';
import {
	commonTokens,
	declareClassPlugin,
	declareFactoryPlugin,
	PluginKind,
	tokens,
} from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

/**
 * Lets through all mutants of some folders, and of the other files a sample that depends on a seed
 * alone. Mutants that it rejects count as compile errors, which are not part of the score.
 */
class SampleChecker {
	async init() {
		this.sample = JSON.parse(process.env.MUTATION_SAMPLE);
	}

	/** One group, as the sample is drawn from all mutants at once. */
	async group(mutants) {
		return mutants.length > 0 ? [mutants.map(({ id }) => id)] : [];
	}

	async check(mutants) {
		const { whole, size } = this.sample;
		const inWhole = mutants.filter(({ fileName }) =>
			whole.some((folder) => pathOf(fileName).startsWith(folder)),
		);
		const others = mutants.filter((mutant) => !inWhole.includes(mutant));
		const drawn = others
			.map((mutant) => ({ mutant, order: this.hash(mutant) }))
			.sort((a, b) => (a.order < b.order ? -1 : 1))
			.slice(0, size)
			.map(({ mutant }) => mutant);
		const chosen = new Set([...inWhole, ...drawn]);
		return Object.fromEntries(
			mutants.map((mutant) => [
				mutant.id,
				chosen.has(mutant)
					? { status: CheckStatus.Passed }
					: { status: CheckStatus.CompileError, reason: 'Not in the sample' },
			]),
		);
	}

	hash({ fileName, location, replacement }) {
		const text = JSON.stringify([this.sample.seed, pathOf(fileName), location, replacement]);
		return createHash('sha256').update(text).digest('hex');
	}
}

function pathOf(fileName) {
	return relative(process.cwd(), fileName);
}

/**
 * Stryker's own runner loads every test file that is related to a mutant, and runs all of them to the
 * end. This one loads only files with a test that covers the mutant, the fastest first, and stops at
 * the first failure; `failFast.cjs` does the same within a file.
 */
class FileByFileRunner {
	constructor(jest) {
		this.jest = jest;
		// The index is in the sandbox, which is the working folder of all runners
		this.index = join(process.cwd(), 'test-files.json');
	}

	capabilities() {
		return this.jest.capabilities();
	}

	async init() {
		await this.jest.init();
	}

	/** The dry run takes place in one runner only; the others read its index of the tests. */
	async dryRun(options) {
		const result = await this.jest.dryRun(options);
		if (result.status === DryRunStatus.Complete) {
			const tests = result.tests.map(({ id, fileName, timeSpentMs }) => [
				id,
				fileName,
				timeSpentMs,
			]);
			writeFileSync(this.index, JSON.stringify(tests));
		}
		return result;
	}

	async mutantRun(options) {
		let nrOfTests = 0;
		for (const file of this.filesOf(options.testFilter)) {
			const result = await this.runIn(file, options);
			if (result.status !== MutantRunStatus.Survived) return result;
			nrOfTests += result.nrOfTests;
		}
		return { status: MutantRunStatus.Survived, nrOfTests };
	}

	/** The files that have any of these tests, those with the fastest tests first. */
	filesOf(testIds) {
		const ids = new Set(testIds);
		const durations = new Map();
		for (const [id, file, ms] of JSON.parse(readFileSync(this.index, 'utf8'))) {
			if (ids.has(id)) durations.set(file, (durations.get(file) ?? 0) + ms);
		}
		return [...durations].sort(([, a], [, b]) => a - b).map(([file]) => file);
	}

	async runIn(file, options) {
		const adapter = this.jest.jestTestAdapter;
		const run = adapter.run.bind(adapter);
		adapter.run = async (settings) => await run({ ...settings, testFiles: [file] });
		try {
			return await this.jest.mutantRun(options);
		} finally {
			adapter.run = run;
		}
	}
}

const [{ factory: createJestRunner }] = jestPlugins;

createRunner.inject = tokens(commonTokens.injector);
function createRunner(injector) {
	return new FileByFileRunner(createJestRunner(injector));
}

export const strykerPlugins = [
	declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker),
	declareFactoryPlugin(PluginKind.TestRunner, 'jest-file-by-file', createRunner),
];
