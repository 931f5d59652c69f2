import type { Resource } from '../operations/operation';
import { language } from './language';
import { subtitle } from './subtitle';
import { transcriptionTask } from './transcriptionTask';
import { video } from './video';

/** What the node can do. The first is the default. */
export const resources: readonly Resource[] = [transcriptionTask, video, subtitle, language];
