import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asProblem, Problem } from '../shared/problem';
import { fieldsOfItems } from './itemFields';
import type { ItemFields } from './itemFields';
import { badItemsError, onItem, stoppedError } from './nodeErrors';
import type { Operation, Outcome, Run } from './operation';
import { forgetRun, startRun } from './run';
import { readTimeoutMs } from './timeout';

/**
 * Runs an operation over a node's items.
 *
 * @returns the output items, in the order of the input's, each paired with its item
 * @throws NodeApiError where the node is to stop on problems; it lists the bad items, or the
 *   problem that ended the run and the tasks that had been created
 */
export async function runOperation<Input>(
	context: IExecuteFunctions,
	operation: Operation<Input>,
): Promise<INodeExecutionData[]> {
	const fieldsOf = fieldsOfItems(context);
	const readings = context
		.getInputData()
		.map((_, itemIndex) => read(operation, fieldsOf(itemIndex), itemIndex));
	const readable = readings.flatMap((reading) => ('input' in reading ? [reading] : []));
	const unreadable = readings.flatMap((reading) => ('problem' in reading ? [reading] : []));
	const inputs = readable.map(({ input }) => input);
	const timeoutMs = readable.reduce((longest, item) => Math.max(longest, item.timeoutMs), 0);
	const run = await startRun(context, timeoutMs);
	if (run.stopOnProblem) {
		const bad = unreadable.length > 0 ? unreadable : await check(operation, run, inputs);
		if (bad.length > 0) throw badItemsError(context, bad, readings.length);
	}

	const outcomes = await operation.run(run, inputs);
	const results = [
		...unreadable.map(({ itemIndex, problem }) => ({ itemIndex, outcomes: [problem] })),
		...readable.map(({ itemIndex }, index) => ({ itemIndex, outcomes: outcomes[index] ?? [] })),
	]
		.sort((a, b) => a.itemIndex - b.itemIndex)
		.flatMap(({ itemIndex, outcomes }) => outcomes.map((outcome) => ({ itemIndex, outcome })));

	for (const { itemIndex, outcome } of results) {
		if (run.stopOnProblem && outcome instanceof Problem) {
			throw stoppedError(context, outcome, itemIndex, run);
		}
	}
	// Where On Error is Continue, n8n retries a run whose first item failed
	if (!results.some(({ outcome }) => outcome instanceof Problem)) forgetRun(run);
	return results.map(({ itemIndex, outcome }) => outputItem(itemIndex, outcome));
}

/** The items that Gcore would refuse, where all of them could be read. */
async function check<Input>(operation: Operation<Input>, run: Run, inputs: readonly Input[]) {
	const problems = (await operation.check?.(run, inputs)) ?? [];
	return problems.flatMap((problem, itemIndex) => (problem ? [{ itemIndex, problem }] : []));
}

/** What an item's fields gave: an input for the operation, or why there is none. */
type Reading<Input> =
	{ itemIndex: number; input: Input; timeoutMs: number } | { itemIndex: number; problem: Problem };

function read<Input>(
	operation: Operation<Input>,
	fields: ItemFields,
	itemIndex: number,
): Reading<Input> {
	try {
		return { itemIndex, input: operation.read(fields), timeoutMs: readTimeoutMs(fields) };
	} catch (error) {
		return { itemIndex, problem: asProblem(error) };
	}
}

/**
 * An output item. A failed one holds `error` and `message` and nothing else: only then does n8n
 * send it to the error output, and an `error` beside the json would make n8n drop what it says.
 */
function outputItem(itemIndex: number, outcome: Outcome): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	if (!(outcome instanceof Problem)) return { ...outcome, pairedItem };
	const json = { error: onItem(outcome.message, itemIndex), message: outcome.advice };
	return { json, pairedItem };
}
