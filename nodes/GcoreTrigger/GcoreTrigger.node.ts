import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { poll } from './poll';
import { CANVAS_LINE, TRIGGER_PROPERTIES } from './settings';

export class GcoreTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gcore Trigger',
		name: 'gcoreTrigger',
		icon: { light: 'file:../../icons/gcore.svg', dark: 'file:../../icons/gcore.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: CANVAS_LINE,
		// The nodes panel lists both nodes as one, under this description
		description:
			'Turn the speech in a video into subtitles with Gcore AI, or start a workflow when they are done',
		defaults: { name: 'Gcore Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gcoreApi', required: true }],
		properties: TRIGGER_PROPERTIES,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
