import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { FieldValues } from '../../form/field';
import { Problem } from '../../form/problem';
import { problemOf } from '../../form/texts';
import { forgetRetryMemory, startRun } from './context';
import { valuesOfItems } from './itemValues';
import { badItemsError, onItem, stoppedError } from './nodeErrors';
import type { ItemProblem } from './nodeErrors';
import { BadInputs } from './operation';
import type { CommonValues, Operation, OperationContext, Outcome } from './operation';

/**
 * Runs an operation over a node's items.
 *
 * @returns the output items, in the order of the input's, each paired with its item
 * @throws NodeApiError if the node is to stop on problems: it lists the bad items, or has the first
 *   problem in the order of the items
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
	const run = await startRun(context, longestTimeoutMs(inputs));
	if (run.stopOnProblem && bad.length > 0) throw badItemsError(context, bad, items.length);

	const outcomes = await runOperation(operation, run, inputs);
	if (outcomes instanceof BadInputs) {
		const refused = good.flatMap(({ itemIndex }, index) => {
			const problem = outcomes.problems.get(index);
			return problem ? [{ itemIndex, problem }] : [];
		});
		throw badItemsError(context, refused, items.length);
	}

	const byItem = items.map((item): Outcome[] => ('problem' in item ? [item.problem] : []));
	for (const [index, { itemIndex }] of good.entries()) byItem[itemIndex] = outcomes[index] ?? [];
	const results = byItem.flatMap((own, itemIndex) =>
		own.map((outcome) => ({ itemIndex, outcome })),
	);
	const failed = results.find(({ outcome }) => outcome instanceof Problem);
	if (run.stopOnProblem && failed?.outcome instanceof Problem) {
		throw stoppedError(context, failed.outcome, failed.itemIndex);
	}
	// With On Error: Continue, n8n retries the run if its first item failed
	if (!failed) forgetRetryMemory(run);
	return results.map(({ itemIndex, outcome }) => outputItem(itemIndex, outcome));
}

/** One client serves all items, so the longest of their time-outs applies to each. */
function longestTimeoutMs(inputs: readonly CommonValues[]): number {
	return inputs.reduce(
		(longest, { options }) => Math.max(longest, options.requestTimeout * 1000),
		0,
	);
}

/** n8n's linter refuses our own errors inside a `catch`. */
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
 * An output item. A failed item holds only `error` and `message`: only then does n8n send it to the
 * error output, and with an `error` beside the json n8n would drop the message.
 */
function outputItem(itemIndex: number, outcome: Outcome): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	if (!(outcome instanceof Problem)) return { ...outcome, pairedItem };
	const json = { error: onItem(outcome.message, itemIndex), message: outcome.advice };
	return { json, pairedItem };
}
