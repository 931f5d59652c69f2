import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { FieldValues } from '../../form/field';
import { Problem } from '../../form/problem';
import { problemOf } from '../../form/texts';
import { forgetRun, startRun } from './context';
import { valuesOfItems } from './itemValues';
import { badItemsError, onItem, stoppedError } from './nodeErrors';
import type { ItemProblem } from './nodeErrors';
import { BadInputs } from './operation';
import type { CommonValues, Operation, OperationContext, Outcome } from './operation';

/**
 * Runs an operation over a node's items.
 *
 * @returns the output items, in the order of the input's, each paired with its item
 * @throws NodeApiError if the node is to stop on problems; it lists the bad items, or has the
 *   problem that ended the run
 */
export async function execute(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const valuesOf = valuesOfItems(context);
	const items = context
		.getInputData()
		.map((_, itemIndex) => readItem(operation, valuesOf(itemIndex), itemIndex));
	const bad = items.flatMap((item) => ('problem' in item ? [item] : []));
	const good = items.flatMap((item) => ('input' in item ? [item] : []));
	const inputs = good.map(({ input }) => input);
	const timeouts = inputs.map(({ options }) => options.requestTimeout * 1000);
	const run = await startRun(
		context,
		timeouts.reduce((longest, ms) => Math.max(longest, ms), 0),
	);
	if (run.stopOnProblem && bad.length > 0) throw badItemsError(context, bad, items.length);

	const outcomes = await runOperation(operation, run, inputs);
	if (outcomes instanceof BadInputs) {
		const refused = [...outcomes.problems].flatMap(([index, problem]) => {
			const item = good[index];
			return item ? [{ itemIndex: item.itemIndex, problem }] : [];
		});
		throw badItemsError(context, refused, items.length);
	}

	const results = [
		...bad.map(({ itemIndex, problem }) => ({ itemIndex, outcomes: [problem] })),
		...good.map(({ itemIndex }, index) => ({ itemIndex, outcomes: outcomes[index] ?? [] })),
	]
		.sort((a, b) => a.itemIndex - b.itemIndex)
		.flatMap(({ itemIndex, outcomes }) => outcomes.map((outcome) => ({ itemIndex, outcome })));

	let hasProblem = false;
	for (const { itemIndex, outcome } of results) {
		if (!(outcome instanceof Problem)) continue;
		if (run.stopOnProblem) throw stoppedError(context, outcome, itemIndex);
		hasProblem = true;
	}
	// If On Error is Continue, n8n retries a run whose first item failed
	if (!hasProblem) forgetRun(run);
	return results.map(({ itemIndex, outcome }) => outputItem(itemIndex, outcome));
}

async function runOperation<Input extends CommonValues>(
	operation: Operation<Input>,
	run: OperationContext,
	inputs: readonly Input[],
): Promise<Outcome[][] | BadInputs> {
	return await operation.run(run, inputs).catch((error: unknown) => {
		if (error instanceof BadInputs) return error;
		throw error;
	});
}

/** What the fields of an item hold: an input for the operation, or a problem. */
type ReadItem<Input> = { itemIndex: number; input: Input } | ItemProblem;

function readItem<Input extends CommonValues>(
	operation: Operation<Input>,
	values: FieldValues,
	itemIndex: number,
): ReadItem<Input> {
	try {
		return { itemIndex, input: operation.read(values) };
	} catch (error) {
		return { itemIndex, problem: problemOf(error) };
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
