const project = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	transform: { '\\.ts$': '@swc/jest' },
});

/** The ladder of tests: pure code, then n8n's engine, then a real n8n. `npm test` runs the first two. */
module.exports = {
	projects: ['unit', 'engine', 'e2e'].map(project),
};
