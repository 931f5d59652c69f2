import { Problem } from '../../../shared/problem';
import { taskJson } from '../../../shared/tasks/task';
import { readSimplify, readTaskId, SIMPLIFY_FIELD, TASK_ID_FIELD } from '../../fields';
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

	read(fields) {
		return {
			taskId: readTaskId(fields),
			simplify: readSimplify(fields),
			wait: readWait(fields),
		};
	},

	async run(run, inputs) {
		const tasks = await fetchTasks(run, inputs);
		return inputs.map(({ simplify }, index) => {
			const task = tasks[index];
			if (task === undefined) return [];
			if (task instanceof Problem) return [task];
			return [{ json: taskJson(task, simplify) }];
		});
	},
};
