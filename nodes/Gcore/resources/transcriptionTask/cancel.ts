import type { GcoreClient } from '../../../shared/api/client';
import { GcoreError } from '../../../shared/api/errors';
import type { GcoreErrorKind } from '../../../shared/api/errors';
import { Problem } from '../../../shared/problem';
import { findTask } from '../../../shared/tasks/find';
import { hasEnded } from '../../../shared/tasks/task';
import { readTaskId, TASK_ID_FIELD } from '../../fields';
import { runEach } from '../../attempts';
import type { Operation } from '../../operation';

/** Stops a task that Gcore has not finished. */
export const cancel: Operation<string> = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		description: 'Stop a task that is not done yet',
		action: 'Cancel transcription task',
	},

	fields: [TASK_ID_FIELD],

	read: readTaskId,

	async run(run, taskIds) {
		return await runEach(run, taskIds, async (task_id) => ({
			task_id,
			cancelled: true,
			result: await cancelTask(run.client, task_id),
		}));
	},
};

/** Refusals that the state of the task may explain; what Gcore answers then is not documented. */
const EXPLAINED_BY_TASK: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'badRequest',
	'notFound',
]);

async function cancelTask(client: GcoreClient, taskId: string): Promise<string> {
	const result = await client.cancelTask(taskId).catch((error: unknown) => error);
	if (typeof result === 'string') return result;
	if (!(result instanceof GcoreError)) throw result;
	const isRefusal = EXPLAINED_BY_TASK.has(result.kind);
	if (!isRefusal && !result.answerLost) throw result;

	const task = await findTask(client, taskId);
	if (result.answerLost && task.status === 'REVOKED') return 'The answer was lost, but it is done';
	if (!isRefusal || !hasEnded(task)) throw result;
	throw new Problem(
		`Task ${taskId} had already ended (${task.status})`,
		task.status === 'SUCCESS'
			? 'There is nothing to cancel: fetch its result with Get or Get Subtitles.'
			: 'There is nothing to cancel.',
	);
}
