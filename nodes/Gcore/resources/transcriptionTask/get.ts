import { Problem } from '../../../form/problem';
import { taskIdField, taskOutputField } from '../../../form/taskFields';
import { WAIT_OPTIONS, waitForCompletion } from '../../../form/waitFields';
import { SIMPLIFIED_FIELDS, taskJson } from '../../../shared/tasks/task';
import { operation } from '../../operations/operation';
import { fetchTasks } from './fetchTasks';

/** Fetches a task with its result, as it stands or when it is done. */
export const get = operation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get the status and the text of a task',
		action: 'Get transcription task',
	},

	fields: [taskIdField, waitForCompletion, taskOutputField(SIMPLIFIED_FIELDS)],
	options: WAIT_OPTIONS,

	async run(context, inputs) {
		const tasks = await fetchTasks(context, inputs);
		return inputs.map(({ output }, index) => {
			const task = tasks[index];
			if (task === undefined) return [];
			return [task instanceof Problem ? task : { json: taskJson(task, output) }];
		});
	},
});
