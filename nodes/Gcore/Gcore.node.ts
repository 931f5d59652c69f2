import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { TASK_SEARCH } from '../form/taskFields';
import { VIDEO_SEARCH } from '../form/videoFields';
import { findOperation } from './operations/context';
import { execute } from './operations/execute';
import { canvasLineOf, nodeProperties } from './operations/properties';
import { resources } from './resources';
import { searchTasks } from './resources/transcriptionTask/searchTasks';
import { searchVideos } from './resources/video/searchVideos';

export class Gcore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gcore',
		name: 'gcore',
		icon: { light: 'file:../../icons/gcore.svg', dark: 'file:../../icons/gcore.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: canvasLineOf(resources),
		description: 'Turn the speech in a video into subtitles with Gcore AI',
		defaults: { name: 'Gcore' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'gcoreApi', required: true }],
		properties: nodeProperties(resources),
		hints: [
			{
				message: 'Gcore takes minutes. The editor shows no progress until this node is done.',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $parameter["waitForCompletion"] === true }}',
			},
		],
	};

	methods = { listSearch: { [TASK_SEARCH]: searchTasks, [VIDEO_SEARCH]: searchVideos } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await execute(this, findOperation(this, resources))];
	}
}
