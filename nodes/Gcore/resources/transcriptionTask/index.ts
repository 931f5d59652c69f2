import type { Resource } from '../../operations/operation';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { getSubtitles } from './getSubtitles';

export const transcriptionTask: Resource = {
	option: { name: 'Transcription Task', value: 'transcriptionTask' },
	operations: [create, getSubtitles, get, getMany, cancel],
};
