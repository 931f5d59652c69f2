// n8n's engine logs every failed node, and failing nodes is what many tests do
process.env.N8N_LOG_LEVEL = 'silent';

const project = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/n8n/versions'],
	transform: { '\\.ts$': '@swc/jest' },
});

/**
 * The engine while the simulator answers as Gcore did before July 2026. How video hosting was then is
 * not known, and batches of hundreds meet nothing that changed.
 */
const engine2025 = {
	...project('engine'),
	displayName: 'engine-2025',
	testPathIgnorePatterns: ['<rootDir>/test/engine/(videos|load)/'],
	setupFiles: ['<rootDir>/test/simulator/api2025.ts'],
};

/** The engine tests of each folder in one process. */
const inOneProcess = (engine) => ({
	...engine,
	displayName: `${engine.displayName}-in-one-process`,
	testMatch: ['<rootDir>/test/engine/**/all.ts'],
});

/**
 * The ladder of tests: pure code, then n8n's engine, the same while Gcore fails in every way, then a
 * real n8n, then one in queue mode, and n8n's editor in a browser.
 * `npm test` runs the first two, the engine with both of Gcore's API descriptions. `upgrade` compares
 * with an earlier release.
 */
module.exports = {
	projects: [
		...['unit', 'engine', 'faults', 'e2e', 'e2e-full', 'editor', 'upgrade'].map(project),
		engine2025,
		...[project('engine'), engine2025].map(inOneProcess),
	],
};
