import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { Problem } from '../../form/problem';
import { skipBytes } from '../../shared/videos/chunks';
import type { InputFile } from '../../shared/inputFile';

/** How many bytes n8n reads at once from a file on its disk. Its default, 64 KiB, takes more turns of the event loop. */
const READ_BYTES = 256 * 1024;

/**
 * The file in a binary field of an item. Nothing is read yet.
 *
 * @param reference the field's name or the binary data itself: n8n takes both
 * @param label of the form's field, for the error
 * @throws Problem if there is no such binary field
 */
export function binaryFile(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: unknown,
	label: string,
): InputFile {
	const binary = findBinary(context, itemIndex, reference);
	if (!binary) throw noBinary(context, itemIndex, reference, label);
	const { fileName, fileExtension = '', mimeType } = binary;
	return {
		// A Code node can make the name null or a number
		name: String(fileName ?? '').trim() || ['file', fileExtension].filter(Boolean).join('.'),
		mimeType,
		size: async () => await sizeOf(context, binary),
		read: (offset) => bytesOf(context, itemIndex, binary, offset),
	};
}

function findBinary(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	reference: unknown,
): IBinaryData | undefined {
	try {
		const binary = helpers.assertBinaryData(itemIndex, reference as string);
		// A Code node can return binary data with missing fields
		return typeof binary.data === 'string'
			? { ...binary, mimeType: String(binary.mimeType ?? '') }
			: undefined;
	} catch {
		return undefined;
	}
}

function noBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: unknown,
	label: string,
): Problem {
	const { binary, json } = context.getInputData()[itemIndex] ?? {};
	// If n8n is set to combine binary data, it is in the json
	const combined = Object.keys(json?.['_files'] ?? {}).map((name) => `_files.${name}`);
	const names = [...Object.keys(binary ?? {}), ...combined];
	const name = typeof reference === 'string' ? `"${reference}"` : 'this';
	return new Problem(
		`${label}: the item has no binary field ${name}`,
		names.length > 0
			? `Use one of those that it has: ${names.join(', ')}.`
			: 'It has none at all: connect a node that returns a file, such as one that downloads it.',
	);
}

/** Data without an ID is in memory: in one mode of n8n, and in every mode if a Code node made it. */
async function sizeOf({ helpers }: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	if (id) return (await helpers.getBinaryMetadata(id)).fileSize;
	// `Buffer.byteLength` counts line breaks in base64 too
	return Buffer.from(data, 'base64').length;
}

async function* bytesOf(
	context: IExecuteFunctions,
	itemIndex: number,
	binary: IBinaryData,
	offset: number,
): AsyncGenerator<Buffer> {
	const { helpers } = context;
	if (!binary.id) {
		yield (await helpers.getBinaryDataBuffer(itemIndex, binary)).subarray(offset);
		return;
	}
	const stream = await helpers.getBinaryStream(binary.id, READ_BYTES);
	const cancelSignal = context.getExecutionCancelSignal();
	// Storage that hangs would keep a stopped node running
	const close = () => stream.destroy();
	cancelSignal?.addEventListener('abort', close);
	try {
		yield* skipBytes(stream, offset);
	} finally {
		cancelSignal?.removeEventListener('abort', close);
	}
}
