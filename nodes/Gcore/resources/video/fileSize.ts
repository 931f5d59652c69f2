import { Problem } from '../../../form/problem';
import { LARGEST_FILE_BYTES } from '../../../shared/api/videoTypes';
import type { InputFile } from '../../../shared/inputFile';

/** @throws Problem about a file that is too small or too large to upload */
export async function refuseSize(file: InputFile): Promise<void> {
	const size = await file.size();
	if (size === 0) {
		throw new Problem(`"${file.name}" is empty`, 'Look at the node that made the file.');
	}
	if (size > LARGEST_FILE_BYTES) {
		throw new Problem(
			`"${file.name}" is larger than ${LARGEST_FILE_BYTES / 1024 ** 3} GB`,
			'Gcore takes no larger file: cut or compress it first.',
		);
	}
}
