import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../form/problem';
import { problemOf } from '../../form/texts';
import { GcoreError } from '../../shared/api/errors';
import { mapPool, POOL_SIZE } from '../../shared/pool';
import { hashOf } from '../../shared/videos/fingerprint';
import type { OperationContext, Outcome } from './operation';

/** @param isOver whether the result is no longer wanted: work may then end with the GcoreError `stopped` */
type Work<Input, Result> = (input: Input, index: number, isOver: () => boolean) => Promise<Result>;

/**
 * Works on each input by itself, a bounded number at once. Stops starting new work after the first
 * problem if that ends the node, and when a person stops the execution.
 *
 * @param work returns the result of one input, or throws
 * @returns a result or a problem for each input, undefined if its turn did not come or it was cut short
 */
export async function attemptEach<Input, Result>(
	{ stopOnProblem, cancelSignal }: OperationContext,
	inputs: readonly Input[],
	work: Work<Input, Result>,
): Promise<Array<Result | Problem | undefined>> {
	let failed = false;
	const isOver = () => (failed && stopOnProblem) || cancelSignal?.aborted === true;
	return await mapPool(
		[...inputs.entries()],
		POOL_SIZE,
		async ([index, input]) => {
			try {
				return await work(input, index, isOver);
			} catch (error) {
				// The problem that ended the node is reported, not the work that it cut short
				const isCutShort = error instanceof GcoreError && error.kind === 'stopped';
				if (isCutShort && isOver()) return undefined;
				failed = true;
				return problemOf(error);
			}
		},
		isOver,
	);
}

/** `attemptEach` for operations that return one output item for each input. */
export async function runEach<Input>(
	context: OperationContext,
	inputs: readonly Input[],
	work: Work<Input, IDataObject>,
): Promise<Outcome[][]> {
	const results = await attemptEach(context, inputs, work);
	return results.map((result) => {
		if (result === undefined) return [];
		return [result instanceof Problem ? result : { json: result }];
	});
}

/**
 * `attemptEach` for operations that return a list of output items for each input.
 *
 * @param noneText the hint if a list is empty
 */
export async function listEach<Input>(
	context: OperationContext,
	inputs: readonly Input[],
	noneText: string,
	work: (input: Input) => Promise<IDataObject[]>,
): Promise<Outcome[][]> {
	const lists = await attemptEach(context, inputs, work);
	if (lists.some((list) => Array.isArray(list) && list.length === 0)) context.hint(noneText);
	return lists.map((list = []) =>
		list instanceof Problem ? [list] : list.map((json) => ({ json })),
	);
}

/** The results of a run's tries so far, and what stands for their inputs, by the index of the input. */
interface DoneMemory<Done> {
	done?: Record<number, Done>;
	inputs?: string[];
}

/**
 * The results of a run's tries so far, by the index of the input. n8n's Retry On Fail starts a run anew
 * with all its items, and work that cannot be done twice is not repeated. If a person retries the
 * execution, inputs that have changed are worked on anew.
 */
export function doneInRun<Done>(
	{ retryMemory, isResumed }: OperationContext,
	inputs: readonly unknown[],
): Record<number, Done> {
	const memory = retryMemory as DoneMemory<Done>;
	const before = memory.inputs;
	const done = (memory.done ??= {});
	memory.inputs = inputs.map((input) => hashOf(JSON.stringify(input)));
	for (const [index, input] of memory.inputs.entries()) {
		if (isResumed && before?.[index] !== input) delete done[index];
	}
	return done;
}
