import type { Resource } from '../resource';
import { transcriptionTask } from './transcriptionTask';

/** What the node can do, in the order of its Resource dropdown. */
export const resources: readonly Resource[] = [transcriptionTask];
