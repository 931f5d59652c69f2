const { projects } = require('../../jest.config');

/** The tests for mutants: those of `npm test`, without jest's projects, which Stryker does not support. */
const { displayName: _, ...project } = projects[0];

module.exports = {
	...project,
	rootDir: '../..',
	testMatch: ['unit', 'engine'].map((name) => `<rootDir>/test/${name}/**/*.test.ts`),
	testEnvironment: './scripts/mutation/failFast.cjs',
};
