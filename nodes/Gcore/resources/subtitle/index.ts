import type { Resource } from '../../operations/operation';
import { add } from './add';
import { deleteSubtitle } from './delete';
import { getMany } from './getMany';

export const subtitle: Resource = {
	option: { name: 'Subtitle', value: 'subtitle', description: 'Subtitles of a hosted video' },
	operations: [add, getMany, deleteSubtitle],
};
