import type { GcoreClient } from '../api/client';
import { GcoreError } from '../api/errors';
import type { Task } from '../api/types';
import { Problem } from '../problem';

/**
 * A task by its ID.
 *
 * @throws Problem where Gcore has no such task; GcoreError where it cannot be asked
 */
export async function findTask(client: GcoreClient, taskId: string): Promise<Task> {
	return await client.getTask(taskId).catch((error: unknown) => {
		throw noSuchTask(taskId, error) ?? error;
	});
}

/** What to tell of a task that Gcore does not have; undefined where the error means something else. */
export function noSuchTask(taskId: string, error: unknown): Problem | undefined {
	if (!(error instanceof GcoreError) || error.kind !== 'notFound') return undefined;
	return new Problem(
		`Gcore has no task ${taskId}`,
		'It does not exist for this API key, or its month is over: Gcore deletes results after one month. Check the Task ID, and the account of the Gcore API credential.',
	);
}
