import { Problem } from '../../../form/problem';
import { simplifyField, taskIdField } from '../../../form/taskFields';
import { waitField } from '../../../form/waitFields';
import { taskJson } from '../../../shared/tasks/task';
import { operation } from '../../operations/operation';
import { fetchTasks } from './waiting';

/** Fetches a task with its result, as it stands or when it is done. */
export const get = operation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get the status and the text of a task',
		action: 'Get transcription task',
	},

	fields: [taskIdField, waitField, simplifyField],

	async run(context, inputs) {
		const tasks = await fetchTasks(context, inputs);
		return inputs.map(({ simplify }, index) => {
			const task = tasks[index];
			if (task === undefined) return [];
			return [task instanceof Problem ? task : { json: taskJson(task, simplify) }];
		});
	},
});
