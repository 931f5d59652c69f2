import type { Resource } from '../../resource';
import { checkSupport } from './checkSupport';

export const language: Resource = {
	option: { name: 'Language', value: 'language' },
	operations: [checkSupport],
};
