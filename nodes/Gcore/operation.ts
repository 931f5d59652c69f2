import { NodeApiError } from 'n8n-workflow';
import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { GcoreClient } from '../shared/api/client';
import { GcoreError } from '../shared/api/errors';
import { mapPool, POOL_SIZE } from '../shared/pool';
import { Problem } from '../shared/problem';
import { itemFields } from './itemFields';
import type { ItemFields } from './itemFields';
import { startRun } from './run';
import { readTimeoutMs } from './timeout';

/** How many bad items or task IDs an error's text names; the rest it counts. */
const NAMED_AT_MOST = 20;

/** What an item gave: one output item, or why there is none. */
export type Outcome = { json: IDataObject; binary?: IBinaryKeyData } | Problem;

/** What an operation needs while it runs. */
export interface Run {
	client: GcoreClient;
	/** Whether the first problem ends the node (Continue On Fail is off). */
	stopOnProblem: boolean;
	/** Fires when a person stops the execution; undefined where n8n gives none. */
	cancelSignal: AbortSignal | undefined;
	/** Every task that this run has created, told to the person should the run end early. */
	createdTaskIds: string[];
	/** What is kept over all runs of the node in one execution, as in a loop. */
	memory: IDataObject;
	/** Tells the person something beside the output, once the node has ended. */
	hint(message: string): void;
	/** Tells a person who watches the editor how far it is. */
	progress(message: string): void;
	/** Makes a file of text that an item can carry. */
	file(content: string, name: string, mimeType: string): Promise<IBinaryData>;
}

/**
 * What every operation is made of. `runOperation` reads all items first, so that a typo in item 90
 * costs nothing, then hands what it read to `run`. An operation never sees items: pairing, Continue
 * On Fail and n8n's error classes are the business of this file.
 */
export interface Operation<Input> {
	/** Its entry in the Operation dropdown. */
	option: INodePropertyOptions;
	/** Its fields, without the condition under which they show. */
	fields: INodeProperties[];
	/**
	 * Reads and checks one item's fields, without asking Gcore anything.
	 *
	 * @throws Problem that names the field by its label
	 */
	read(fields: ItemFields): Input;
	/**
	 * What only Gcore can tell of the inputs before anything is sent. Asked where the first problem
	 * ends the node, so that it ends before it has done half of its work.
	 *
	 * @returns a problem for each input that has one
	 */
	check?(run: Run, inputs: readonly Input[]): Promise<Array<Problem | undefined>>;
	/**
	 * Does the work of all items that were read without a problem.
	 *
	 * @returns for each input what it gave, in the order of the inputs; an empty list where the run
	 *   ended before its turn
	 */
	run(run: Run, inputs: readonly Input[]): Promise<Outcome[][]>;
}

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
	const readings = context
		.getInputData()
		.map((_, itemIndex) => read(context, operation, itemIndex));
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
			throw stoppedError(context, outcome, itemIndex, run.createdTaskIds);
		}
	}
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
	context: IExecuteFunctions,
	operation: Operation<Input>,
	itemIndex: number,
): Reading<Input> {
	const fields = itemFields(context, itemIndex);
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

/** The suffix by which n8n itself names an item; its editor does not add a second one. */
function onItem(message: string, itemIndex: number): string {
	return `${message} [item ${itemIndex}]`;
}

function asProblem(error: unknown): Problem {
	if (error instanceof Problem) return error;
	return new Problem(
		error instanceof Error ? error.message : String(error),
		'This should not happen: please report it, with what the node was given.',
	);
}

/** The error of items that were refused before anything was sent. */
function badItemsError(
	context: IExecuteFunctions,
	bad: ReadonlyArray<{ itemIndex: number; problem: Problem }>,
	itemCount: number,
): NodeApiError {
	const [{ itemIndex, problem }] = bad as [(typeof bad)[number]];
	const message =
		bad.length === 1
			? onItem(problem.message, itemIndex)
			: `${bad.length} of ${itemCount} items cannot be sent, so nothing was sent`;
	const lines = bad.map(
		({ itemIndex, problem }) => `${onItem(problem.message, itemIndex)}. ${problem.advice}`,
	);
	const description =
		bad.length === 1 ? `${problem.advice} Nothing was sent.` : listed(lines, '<br>');
	return nodeError(context, problem, { message, description, itemIndex });
}

/** The error of a run that ended on a problem, with what it leaves behind at Gcore. */
function stoppedError(
	context: IExecuteFunctions,
	problem: Problem,
	itemIndex: number,
	createdTaskIds: string[],
): NodeApiError {
	const created =
		createdTaskIds.length > 0
			? ` Tasks created before it ended: ${listed(createdTaskIds, ', ')}.`
			: '';
	const error = nodeError(context, problem, {
		message: onItem(problem.message, itemIndex),
		description: problem.advice + created,
		itemIndex,
	});
	error.context['createdTaskIds'] = createdTaskIds;
	return error;
}

function nodeError(
	context: IExecuteFunctions,
	problem: Problem,
	texts: { message: string; description: string; itemIndex: number },
): NodeApiError {
	const status = problem instanceof GcoreError ? problem.status : undefined;
	return new NodeApiError(
		context.getNode(),
		{},
		{ ...texts, ...(status !== undefined && { httpCode: String(status) }) },
	);
}

function listed(names: readonly string[], separator: string): string {
	const rest = names.length - NAMED_AT_MOST;
	const shown = names.slice(0, NAMED_AT_MOST).join(separator);
	return rest > 0 ? `${shown}${separator}and ${rest} more` : shown;
}
