import type { Resource } from '../operations/operation';
import { language } from './language';
import { transcriptionTask } from './transcriptionTask';

/** What the node can do. The first is the default. */
export const resources: readonly Resource[] = [transcriptionTask, language];
