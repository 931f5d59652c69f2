import { fileTypeFromMimeType } from 'n8n-workflow';
import type { IBinaryData } from 'n8n-workflow';

/**
 * A file of text that the item itself holds.
 *
 * `prepareBinaryData` keeps files by their execution, and a poll has none yet: n8n 2 could then
 * neither show the file in the editor nor delete it with the execution.
 */
export async function fileInItem(
	content: string,
	fileName: string,
	mimeType: string,
): Promise<IBinaryData> {
	const bytes = Buffer.from(content, 'utf8');
	const fileType = fileTypeFromMimeType(mimeType);
	return {
		data: bytes.toString('base64'),
		fileName,
		fileExtension: fileName.slice(fileName.lastIndexOf('.') + 1),
		mimeType,
		...(fileType && { fileType }),
		fileSize: `${bytes.length} B`,
	};
}
