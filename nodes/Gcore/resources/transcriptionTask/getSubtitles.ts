import { Problem } from '../../../form/problem';
import { FILE_OPTIONS, outputAs, requiredFormats } from '../../../form/subtitleFields';
import { taskIdField } from '../../../form/taskFields';
import { describeProgress } from '../../../form/texts';
import { WAIT_OPTIONS, waitForCompletion } from '../../../form/waitFields';
import type { Task } from '../../../shared/api/types';
import { hasEnded, isTranscription } from '../../../shared/tasks/task';
import { attemptEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { subtitlesOf } from './subtitles';
import { fetchTasks } from './fetchTasks';

/** Returns the subtitles of a task that succeeded, as files or as text. */
export const getSubtitles = operation({
	option: {
		name: 'Get Subtitles',
		value: 'getSubtitles',
		description: 'Get the subtitles of a task as files or as text',
		action: 'Get transcription task subtitles',
	},

	fields: [taskIdField, requiredFormats, outputAs, waitForCompletion],
	options: [...WAIT_OPTIONS, ...FILE_OPTIONS],

	async run(context, inputs) {
		const tasks = await fetchTasks(context, inputs);
		const outcomes = await attemptEach(context, [...inputs.entries()], async ([index, input]) => {
			const task = tasks[index];
			if (task === undefined || task instanceof Problem) return task;
			// A wait reports a task that is not done in time by itself, unless the task is to be passed on
			const isEarly = !hasEnded(task) && isTranscription(task) && !input.waitForCompletion;
			return isEarly ? notDone(task) : await subtitlesOf(context, task, input);
		});
		return outcomes.map((outcome) => (outcome === undefined ? [] : [outcome]));
	},
});

/** The problem of a task whose subtitles are asked for too early. */
export function notDone(
	task: Task,
	advice = "Turn on 'Wait for Completion', or run this again later.",
): Problem {
	return new Problem(`Task ${task.task_id} is not done yet: ${describeProgress(task)}`, advice);
}
