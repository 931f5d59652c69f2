import type { IDataObject } from 'n8n-workflow';

import { mapPool, POOL_SIZE } from '../shared/pool';
import { asProblem, Problem } from '../shared/problem';
import type { Outcome, Run } from './operation';

/**
 * Works on each input by itself, a bounded number at once. Stops starting new work after the first
 * problem where that ends the node, and when a person stops the execution.
 *
 * @param work gives the result of one input, or throws
 * @returns a result or a problem for each input, undefined where its turn did not come
 */
export async function attemptEach<Input, Result>(
	{ stopOnProblem, cancelSignal }: Run,
	inputs: readonly Input[],
	work: (input: Input) => Promise<Result>,
): Promise<Array<Result | Problem | undefined>> {
	let failed = false;
	return await mapPool(
		inputs,
		POOL_SIZE,
		async (input) => {
			try {
				return await work(input);
			} catch (error) {
				failed = true;
				return asProblem(error);
			}
		},
		() => (failed && stopOnProblem) || cancelSignal?.aborted === true,
	);
}

/** `attemptEach` for operations whose inputs give one output item each. */
export async function runEach<Input>(
	run: Run,
	inputs: readonly Input[],
	work: (input: Input) => Promise<IDataObject>,
): Promise<Outcome[][]> {
	const results = await attemptEach(run, inputs, work);
	return results.map((result) => {
		if (result === undefined) return [];
		return [result instanceof Problem ? result : { json: result }];
	});
}
