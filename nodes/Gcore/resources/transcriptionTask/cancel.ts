import { Problem } from '../../../form/problem';
import { taskIdField } from '../../../form/taskFields';
import { taskProblemOf } from '../../../form/texts';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError } from '../../../shared/api/errors';
import { hasEnded } from '../../../shared/tasks/task';
import { runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { getTask } from './fetchTasks';

/** Stops a task that Gcore has not finished. */
export const cancel = operation({
	option: {
		name: 'Cancel',
		value: 'cancel',
		description: 'Stop a task that is not done yet',
		action: 'Cancel transcription task',
	},

	fields: [taskIdField],

	async run(context, inputs) {
		return await runEach(context, inputs, async ({ taskId }) => ({
			task_id: taskId,
			cancelled: true,
			result: await cancelTask(context.client, taskId),
		}));
	},
});

async function cancelTask(client: GcoreClient, taskId: string): Promise<string> {
	const result = await client.cancelTask(taskId).catch(asGcoreError);
	if (typeof result === 'string') return result;
	// The task's state may explain a refusal, and shows what became of a lost request
	const isRefusal = !result.passes && result.cure !== 'credential';
	if (!isRefusal && !result.mayHaveRun) throw taskProblemOf(taskId, result);

	const task = await getTask(client, taskId);
	// An earlier try may have cancelled it
	if (task.status === 'REVOKED') return 'The task is cancelled';
	if (!isRefusal || !hasEnded(task)) throw taskProblemOf(taskId, result);
	throw new Problem(
		`Task ${taskId} had already ended (${task.status})`,
		task.status === 'SUCCESS'
			? 'There is nothing to cancel: fetch its result with Get or Get Subtitles.'
			: 'There is nothing to cancel.',
	);
}
