import type { Resource } from '../../resource';
import { create } from './create';

export const transcriptionTask: Resource = {
	option: { name: 'Transcription Task', value: 'transcriptionTask' },
	operations: [create],
};
