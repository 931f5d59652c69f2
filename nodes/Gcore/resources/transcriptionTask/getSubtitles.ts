import { Problem } from '../../../form/problem';
import { outputAs, requiredFormats, SUBTITLE_OPTIONS } from '../../../form/subtitleFields';
import { secondTaskIdField, taskIdField } from '../../../form/taskFields';
import { notATranscription, notDone } from '../../../form/texts';
import { WAIT_OPTIONS, waitForCompletion } from '../../../form/waitFields';
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
		const seconds = inputs.flatMap((input, index) => {
			const { secondTaskId } = input.options;
			const isAwaited = input.waitForCompletion && secondTaskId !== undefined;
			return isAwaited ? { ...input, taskId: secondTaskId, index } : [];
		});
		const found = await fetchTasks(context, [...inputs, ...seconds], (task) =>
			isTranscription(task) ? undefined : notATranscription(task),
		);
		const secondOf = new Map(
			seconds.map(({ index }, place) => [index, found[inputs.length + place]]),
		);
		const outcomes = await attemptEach(context, [...inputs.entries()], async ([index, input]) => {
			const second = secondOf.get(index);
			if (second instanceof Problem) return second;
			const task = found[index];
			if (task === undefined || task instanceof Problem) return task;
			// A wait itself reports a task that is not done in time, unless the task is to be passed on
			const isEarly = !hasEnded(task) && isTranscription(task) && !input.waitForCompletion;
			return isEarly ? notDone(task) : await subtitlesOf(context, task, input);
		});
		hintUnreadable(context, outcomes);
		return outcomes.map((outcome) => (outcome === undefined ? [] : [outcome]));
	},
});
