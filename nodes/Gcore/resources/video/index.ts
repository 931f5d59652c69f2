import type { Resource } from '../../operations/operation';
import { deleteVideo } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { upload } from './upload';

export const video: Resource = {
	option: { name: 'Video', value: 'video' },
	operations: [upload, get, getMany, deleteVideo],
};
