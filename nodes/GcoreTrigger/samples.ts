import { Problem } from '../form/problem';
import { GcoreError } from '../shared/api/errors';
import { eachPage } from '../shared/api/lists';
import type { Task } from '../shared/api/types';
import { hasEnded, timesOf } from '../shared/tasks/task';
import { inOrderOfCompletion } from './findFinished';
import type { TaskSource, TasksWanted } from './findFinished';

/** How many tasks a test run of the trigger shows. */
export const SHOWN = 5;

/** How many pages of each status are searched for them. */
export const MOST_PAGES = 5;

/**
 * A few of the newest matching tasks, to show the shape of the data.
 *
 * @returns in the order of completion
 */
export async function findSamples(
	source: TaskSource,
	{ statuses, isMatch, withResult, onlyHosted }: TasksWanted,
): Promise<Task[]> {
	const found = await Promise.all(
		statuses.map(async (status) => await newestOf(source, status, isMatch)),
	);
	const newest = found
		.flat()
		.sort((a, b) => timeOf(b) - timeOf(a))
		.slice(0, SHOWN);
	return inOrderOfCompletion(
		withResult || onlyHosted
			? await Promise.all(newest.map(async (row) => await withResultOf(source, row)))
			: newest,
	);
}

export function noSample(): Problem {
	return new Problem(
		'No finished task yet that matches',
		"Create a task with the Gcore node, wait until it is done and test again, or change 'Trigger On' and the 'Filters'.",
	);
}

/** Gcore deletes the result of a task before its row. */
async function withResultOf(source: TaskSource, row: Task): Promise<Task> {
	return await source.getTask(row.task_id).catch((error: unknown) => {
		if (error instanceof GcoreError && error.kind === 'notFound') return row;
		throw error;
	});
}

async function newestOf(source: TaskSource, status: string, isMatch: (task: Task) => boolean) {
	const found: Task[] = [];
	let pages = 0;
	for await (const { rows } of eachPage(source, { status })) {
		found.push(...rows.filter((row) => hasEnded(row) && isMatch(row)));
		pages += 1;
		if (pages === MOST_PAGES || found.length >= SHOWN) break;
	}
	return found;
}

function timeOf(task: Task): number {
	const { start, end } = timesOf(task);
	return end ?? start ?? 0;
}
