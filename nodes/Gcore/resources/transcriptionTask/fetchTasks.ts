import { Problem } from '../../../form/problem';
import { taskProblemOf } from '../../../form/texts';
import { waitOf } from '../../../form/waitFields';
import type { WaitValues } from '../../../form/waitFields';
import type { GcoreClient } from '../../../shared/api/client';
import type { Task } from '../../../shared/api/types';
import { attemptEach } from '../../operations/each';
import type { OperationContext } from '../../operations/operation';
import { awaitTasks } from './awaitTasks';
import type { Refuse, WaitingTask } from './awaitTasks';

/**
 * A task by its ID.
 *
 * @throws Problem if Gcore has no such task or cannot be asked
 */
export async function getTask(client: GcoreClient, taskId: string): Promise<Task> {
	return await client.getTask(taskId).catch((error: unknown) => {
		throw taskProblemOf(taskId, error);
	});
}

/**
 * Fetches existing tasks: waits for some of them as one group, and returns the others as they stand.
 *
 * @param refuse asked about the tasks that are waited for
 * @returns for each its task or the problem; undefined if the run ended before its turn
 */
export async function fetchTasks(
	context: OperationContext,
	inputs: ReadonlyArray<WaitValues & { taskId: string }>,
	refuse?: Refuse,
): Promise<Array<Task | Problem | undefined>> {
	const wanted = inputs.map((input) => ({ taskId: input.taskId, wait: waitOf(input) }));
	const isWaiting = (task: (typeof wanted)[number]): task is WaitingTask => Boolean(task.wait);
	const standing = wanted.filter((task) => !isWaiting(task));
	const found = await attemptEach(
		context,
		standing,
		async ({ taskId }) => await getTask(context.client, taskId),
	);
	if (context.stopOnProblem && found.some((result) => result instanceof Problem)) {
		return inOrderOf(wanted, [standing, found]);
	}
	const waiting = wanted.filter(isWaiting);
	return inOrderOf(
		wanted,
		[standing, found],
		[waiting, await awaitTasks(context, waiting, refuse)],
	);
}

/** Puts the results of parts of a list back into the order of the list. */
function inOrderOf<Item, Result>(
	items: readonly Item[],
	...parts: Array<[readonly Item[], ReadonlyArray<Result | undefined>]>
): Array<Result | undefined> {
	const byItem = new Map(
		parts.flatMap(([part, results]) => part.map((item, index) => [item, results[index]] as const)),
	);
	return items.map((item) => byItem.get(item));
}
