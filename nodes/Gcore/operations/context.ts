import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../shared/api/connect';
import { UploadHost } from '../../shared/api/uploadHost';
import type { SendPlain } from '../../shared/api/uploadHost';
import { ChunkBuffers } from '../../shared/videos/chunks';
import { CHUNK_BYTES } from '../../shared/videos/upload';
import { isTool } from './nodeErrors';
import type { Operation, OperationContext, Resource } from './operation';

/** The operation that the node's two dropdowns name. */
export function findOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	const found = resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operation);
	if (found) return found;
	throw new NodeOperationError(
		context.getNode(),
		`The Gcore node has no operation "${operation}" on "${resource}"`,
		{ description: 'Choose the Resource and the Operation again.' },
	);
}

/**
 * What a run of the node needs, from its settings and its credential.
 *
 * @param timeoutMs how long one request may take
 */
export async function startRun(
	context: IExecuteFunctions,
	timeoutMs: number,
): Promise<OperationContext> {
	const cancelSignal = context.getExecutionCancelSignal();
	const memory = context.getContext('node') as IDataObject;
	let lastProgress: string | undefined;
	const client = await connect(context, timeoutMs, cancelSignal);
	const { isEncrypted } = client.videos;
	return {
		client,
		uploadHost: new UploadHost(plainRequests(context), { isEncrypted, cancelSignal }),
		chunkBuffers: new ChunkBuffers(CHUNK_BYTES),
		stopOnProblem: !context.continueOnFail(),
		cancelSignal,
		memory,
		...retryMemoryOf(memory, context),
		log: (message) => context.logger.warn(message),
		progress(message) {
			if (message !== lastProgress) context.sendMessageToUI(message);
			lastProgress = message;
		},
		file: async (content, name, mimeType) =>
			await context.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), name, mimeType),
		hint: (message) => context.addExecutionHints({ message, location: 'outputPane' }),
	};
}

/** Sends requests without the credential. */
function plainRequests({ helpers }: IExecuteFunctions): SendPlain {
	return async (options) => (await helpers.httpRequest(options)) as unknown;
}

const RETRY_MEMORY = 'retryMemory';

/**
 * What earlier tries of a run have left. The index of a run is the same for all its tries, and different
 * for each run of a loop; but n8n counts each try of an agent's tool as a run. The execution's ID changes
 * if a person retries an execution, which keeps its memory.
 */
function retryMemoryOf(memory: IDataObject, context: IExecuteFunctions) {
	const isCalled = isTool(context.getNode());
	const index = isCalled ? 0 : (context.getWorkflowDataProxy(0)['$runIndex'] as number);
	const executionId = context.getExecutionId();
	const kept = memory[RETRY_MEMORY] as IDataObject | undefined;
	const retryMemory = kept?.['index'] === index ? kept : { index, executionId };
	// The next call of a tool may be for other inputs
	const isResumed = isCalled || retryMemory['executionId'] !== executionId;
	memory[RETRY_MEMORY] = Object.assign(retryMemory, { executionId });
	return { retryMemory, isResumed };
}

/** Forgets what was kept for retries: there is nothing to retry. */
export function forgetRetryMemory({ memory }: OperationContext): void {
	delete memory[RETRY_MEMORY];
}
