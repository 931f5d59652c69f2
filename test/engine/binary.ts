import type { IBinaryData } from 'n8n-workflow';

/** A file in an item, as n8n keeps it in memory. */
export function binaryOf(
	content: string | Buffer,
	fileName = 'talk.mov',
	mimeType = 'video/quicktime',
): IBinaryData {
	return {
		data: Buffer.from(content).toString('base64'),
		mimeType,
		fileName,
		...(/\./.test(fileName) && { fileExtension: fileName.replace(/^.*\./, '') }),
	};
}
