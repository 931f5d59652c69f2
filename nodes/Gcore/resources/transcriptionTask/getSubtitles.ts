import { Problem } from '../../../form/problem';
import { outputAs, requiredFormats, SUBTITLE_OPTIONS } from '../../../form/subtitleFields';
import { secondTaskIdField, taskIdField } from '../../../form/taskFields';
import { notATranscription, notDone } from '../../../form/texts';
import { WAIT_OPTIONS, waitForCompletion } from '../../../form/waitFields';
import type { Task } from '../../../shared/api/types';
import { hasEnded, isTranscription } from '../../../shared/tasks/task';
import { attemptEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { hintUnreadable, subtitlesOf } from './subtitles';
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
	options: [...WAIT_OPTIONS, ...SUBTITLE_OPTIONS, secondTaskIdField],

	async run(context, inputs) {
		const groups = inputs.map((input) => {
			const { secondTaskId } = input.options;
			return secondTaskId ? [input, { ...input, taskId: secondTaskId }] : [input];
		});
		const found = await fetchTasks(context, groups.flat(), (task) =>
			isTranscription(task) ? undefined : notATranscription(task),
		);
		const results = groups.map(({ length }) => found.splice(0, length));
		const outcomes = await attemptEach(context, [...inputs.entries()], async ([index, input]) => {
			const ofInput = results[index] ?? [];
			const tasks = ofInput.filter((result) => result && !(result instanceof Problem));
			const [task, second] = tasks as Task[];
			if (!task || tasks.length < ofInput.length)
				return ofInput.find((result) => result instanceof Problem);
			// A wait itself reports a task that is not done in time, unless the task is to be passed on
			const isEarly = !hasEnded(task) && isTranscription(task) && !input.waitForCompletion;
			return isEarly ? notDone(task) : await subtitlesOf(context, task, input, second);
		});
		hintUnreadable(context, outcomes);
		return outcomes.map((outcome) => (outcome === undefined ? [] : [outcome]));
	},
});
