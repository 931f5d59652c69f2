import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { propertiesOf, readFields } from '../../form/field';
import type { Field, FieldValues, ValuesOf } from '../../form/field';
import { optionsField } from '../../form/options';
import type { CommonOptions } from '../../form/options';
import type { Problem } from '../../form/problem';
import type { GcoreClient } from '../../shared/api/client';
import type { UploadHost } from '../../shared/api/uploadHost';
import type { ChunkBuffers } from '../../shared/videos/chunks';

/** The result of an item: an output item, or the problem that prevented it. */
export type Outcome = { json: IDataObject; binary?: IBinaryKeyData } | Problem;

/** What an operation needs while it runs. */
export interface OperationContext {
	client: GcoreClient;
	/** Where files are uploaded to. */
	uploadHost: UploadHost;
	chunkBuffers: ChunkBuffers;
	/** Whether the first problem ends the node (Continue On Fail is off). */
	stopOnProblem: boolean;
	/** Fires when a person stops the execution; undefined if n8n has none. */
	cancelSignal: AbortSignal | undefined;
	/** Kept over all runs of the node in one execution, as in a loop. */
	memory: IDataObject;
	/** Kept for the retries of this run, which n8n starts with all items again. */
	retryMemory: IDataObject;
	/**
	 * Whether the inputs may have changed since: a person retries an execution that failed, or an agent calls
	 * its tool again.
	 */
	isResumed: boolean;
	/** Shows the person a hint beside the output, once the node has ended. */
	hint(message: string): void;
	/** Writes progress to the browser's console in a manual run; a message equal to the last is left out. */
	progress(message: string): void;
	/** Writes to n8n's log what must not be lost if the execution ends here. */
	log(message: string): void;
	/** Makes a file of text that an item can carry. */
	file(content: string, name: string, mimeType: string): Promise<IBinaryData>;
}

/** The values of the fields that every operation has. */
export interface CommonValues {
	options: CommonOptions;
}

/**
 * What every operation is made of. `execute` reads the fields of all items first, so that a typo in
 * item 90 costs nothing, then hands the values to `run`. An operation never sees items: pairing,
 * Continue On Fail and n8n's error classes are the business of `execute`.
 */
export interface Operation<Values extends CommonValues = CommonValues> {
	/** Its entry in the Operation dropdown. */
	option: INodePropertyOptions & { value: string };
	/** Its fields, without the condition under which they show. */
	properties: INodeProperties[];
	/**
	 * Reads and checks the fields of one item, without asking Gcore anything.
	 *
	 * @throws Problem that names the field by its label
	 */
	read(values: FieldValues): Values;
	/**
	 * Does the work for all items that were read without a problem.
	 *
	 * @returns for each input its output items, in the order of the inputs: one as a rule, many or
	 *   none for a list, and none if the run ended before its turn
	 * @throws BadInputs if inputs are wrong in a way that `read` cannot see and the first problem ends
	 *   the node, before any work was done for any of them
	 */
	run(context: OperationContext, inputs: readonly Values[]): Promise<Outcome[][]>;
}

/**
 * Makes an operation from its fields, which determine the type of its inputs. Its Options are those
 * given and the request time-out.
 */
export function operation<
	const Fields extends readonly Field[],
	const Options extends readonly Field[] = [],
>(definition: {
	option: Operation['option'];
	fields: Fields;
	options?: Options;
	run: (
		context: OperationContext,
		inputs: ReadonlyArray<Values<Fields, Options>>,
	) => Promise<Outcome[][]>;
}): Operation<Values<Fields, Options>> {
	const { option, fields, run } = definition;
	const all = [...fields, optionsField(definition.options ?? [])];
	return {
		option,
		properties: propertiesOf(all),
		read: (values) => readFields(all, values) as Values<Fields, Options>,
		run,
	};
}

/** The values of an operation's fields and options, as `run` takes them. */
export type Values<
	Fields extends readonly Field[],
	Options extends readonly Field[],
> = ValuesOf<Fields> & {
	options: CommonOptions & ValuesOf<Options>;
};

/** The operations that work on one kind of thing at Gcore. */
export interface Resource {
	/** Its entry in the Resource dropdown. */
	option: INodePropertyOptions & { value: string };
	/** The first is the default. */
	operations: readonly Operation[];
}

/** Inputs that are refused before any work was done, when the first problem ends the node. */
export class BadInputs extends Error {
	/** @param problems by the index of the input */
	constructor(readonly problems: ReadonlyMap<number, Problem>) {
		super(`${problems.size} bad inputs`);
	}
}
