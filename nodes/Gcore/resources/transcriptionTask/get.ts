import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../shared/problem';
import { parseTaskId, simplifyTask } from '../../../shared/tasks/task';
import { SIMPLIFY_FIELD, TASK_ID_FIELD } from '../../fields';
import type { Operation } from '../../operation';
import { fetchTasks, readWait, WAIT_FIELDS } from '../../waiting';
import type { Wait } from '../../waiting';

interface GetInput {
	taskId: string;
	simplify: boolean;
	wait: Wait | undefined;
}

/** Fetches a task with its result, as it stands or when it is done. */
export const get: Operation<GetInput> = {
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get the status and the text of a task',
		action: 'Get transcription task',
	},

	fields: [TASK_ID_FIELD, ...WAIT_FIELDS, SIMPLIFY_FIELD],

	read(context, itemIndex) {
		return {
			taskId: parseTaskId(context.getNodeParameter('taskId', itemIndex, ''), 'Task ID'),
			simplify: context.getNodeParameter('simplify', itemIndex, true) === true,
			wait: readWait(context, itemIndex),
		};
	},

	async run(run, inputs) {
		const tasks = await fetchTasks(run, inputs);
		return inputs.map(({ simplify }, index) => {
			const task = tasks[index];
			if (task === undefined) return [];
			if (task instanceof Problem) return [task];
			return [{ json: simplify ? simplifyTask(task) : ({ ...task } as unknown as IDataObject) }];
		});
	},
};
