const { TestEnvironment } = require('jest-environment-node');

/** Skips the tests of a file that follow a failed one: a single failure decides about a mutant. */
module.exports = class FailFastEnvironment extends TestEnvironment {
	#hasFailed = false;

	async handleTestEvent({ name, test }) {
		if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
		if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
	}
};
