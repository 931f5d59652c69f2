import type { Resource } from '../../operations/operation';
import { checkSupport } from './checkSupport';

export const language: Resource = {
	option: { name: 'Language', value: 'language' },
	operations: [checkSupport],
};
