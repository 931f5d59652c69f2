import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { runOperation } from './runOperation';
import { propertiesOf, subtitleOf } from './properties';
import { resources } from './resources';
import { findOperation } from './run';

export class Gcore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gcore',
		name: 'gcore',
		icon: { light: 'file:../../icons/gcore.svg', dark: 'file:../../icons/gcore.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Turn the speech in a video into subtitles with Gcore AI',
		defaults: { name: 'Gcore' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'gcoreApi', required: true }],
		properties: propertiesOf(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, findOperation(this, resources))];
	}
}
