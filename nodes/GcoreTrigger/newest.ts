import type { Task } from '../shared/api/types';
import { Problem } from '../shared/problem';
import { PAGE_SIZE } from '../shared/tasks/list';
import { hasEnded, timesOf } from '../shared/tasks/task';
import { inOrderOfCompletion } from './finished';
import type { TriggerSettings } from './settings';
import type { TaskSource } from './taskList';

/** How many tasks a person is shown who tests the trigger. */
const SHOWN = 5;

/** How many pages of each status are looked through for them. */
const PAGES = 5;
/**
 * The newest few tasks that match, for a person to see the shape of the data.
 *
 * @returns in the order of completion
 * @throws Problem where there is none
 */
export async function findNewest(
	source: TaskSource,
	{ statuses, isMatch, withResult }: TriggerSettings,
): Promise<Task[]> {
	const found = await Promise.all(
		statuses.map(async (status) => await newestOf(source, status, isMatch)),
	);
	const newest = found
		.flat()
		.sort((a, b) => timeOf(b) - timeOf(a))
		.slice(0, SHOWN);
	if (newest.length === 0) {
		throw new Problem(
			'No finished task yet that matches',
			'Create a task with the Gcore node, wait until it is done and test again, or change Trigger On and the Filters.',
		);
	}
	return inOrderOfCompletion(
		withResult
			? await Promise.all(newest.map(async ({ task_id }) => await source.getTask(task_id)))
			: newest,
	);
}

async function newestOf(source: TaskSource, status: string, isMatch: (task: Task) => boolean) {
	const found: Task[] = [];
	for (let page = 1, more = true; more && page <= PAGES && found.length < SHOWN; page++) {
		const answer = await source.listTasks({ page, limit: PAGE_SIZE, status });
		found.push(...answer.results.filter((row) => hasEnded(row) && isMatch(row)));
		more = answer.more;
	}
	return found;
}

function timeOf(task: Task): number {
	const { start, end } = timesOf(task);
	return end ?? start ?? 0;
}
