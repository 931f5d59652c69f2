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
 * The ladder of tests: pure code, then n8n's engine, the same while Gcore fails in every way, then a
 * real n8n, then one in queue mode, and n8n's editor in a browser.
 * `npm test` runs the first two.
 */
module.exports = {
	projects: ['unit', 'engine', 'faults', 'e2e', 'e2e-full', 'editor'].map(project),
};
