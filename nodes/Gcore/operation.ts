import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { GcoreClient } from '../shared/api/client';
import type { Problem } from '../shared/problem';
import type { ItemFields } from './itemFields';

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
	/** How many requests may have created a task that nobody knows of. */
	lostAnswers: number;
	/** What is kept over all runs of the node in one execution, as in a loop. */
	memory: IDataObject;
	/** What is kept of this run for its retries, in which n8n starts it anew with all items. */
	retryMemory: IDataObject;
	/** Tells the person something beside the output, once the node has ended. */
	hint(message: string): void;
	/** Tells a person who watches the editor how far it is. */
	progress(message: string): void;
	/** Tells the log of n8n what must not get lost should the execution end here. */
	log(message: string): void;
	/** Makes a file of text that an item can carry. */
	file(content: string, name: string, mimeType: string): Promise<IBinaryData>;
}

/**
 * What every operation is made of. `runOperation` reads all items first, so that a typo in item 90
 * costs nothing, then hands what it read to `run`. An operation never sees items: pairing, Continue
 * On Fail and n8n's error classes are the business of that function.
 */
export interface Operation<Input> {
	/** Its entry in the Operation dropdown. */
	option: INodePropertyOptions;
	/** Its fields, without the condition under which they show. */
	fields: INodeProperties[];
	/** What it adds to the options that every operation has. */
	options?: INodeProperties[];
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
	 * @returns for each input its output items, in the order of the inputs: one as a rule, many or
	 *   none for a list, and none where the run ended before its turn
	 */
	run(run: Run, inputs: readonly Input[]): Promise<Outcome[][]>;
}
