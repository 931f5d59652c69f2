import { choiceField, choicesField, textField } from '../../../form/field';
import { filtersField, SEARCH_LIMIT, upTo } from '../../../form/listFields';
import { STATUS_OPTIONS } from '../../../form/statuses';
import { taskOutputField } from '../../../form/taskFields';
import type { GcoreClient } from '../../../shared/api/client';
import { eachPage, firstRows } from '../../../shared/api/lists';
import type { TaskFilter } from '../../../shared/api/lists';
import type { Task } from '../../../shared/api/types';
import { unique } from '../../../shared/tasks/lookup';
import { hasEnded, rowJson, SIMPLIFIED_ROW_FIELDS, timesOf } from '../../../shared/tasks/task';
import { listEach } from '../../operations/each';
import { operation } from '../../operations/operation';

const filters = filtersField([
	textField(
		{
			displayName: 'Search Text',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer-42',
			description: 'Text to find in the task ID, the video URL or the client data',
		},
		SEARCH_LIMIT,
	),
	choicesField(
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: STATUS_OPTIONS,
			default: ['SUCCESS'],
		},
		[],
	),
]);

/** What Gcore can sort by, ascending; unsorted, its list has the newest first. */
const sort = choiceField({
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Newest First', value: '' },
		{ name: 'Oldest First', value: 'started_at' },
		{ name: 'Status', value: 'status' },
		{ name: 'Task ID', value: 'task_id' },
	],
	default: '',
	description: 'The order of the tasks. Newest and oldest refer to when Gcore started to work.',
});

/** Lists tasks. Gcore's list has no results: the text of a task comes from Get. */
export const getMany = operation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List tasks, without their texts',
		action: 'Get many transcription tasks',
	},

	fields: [upTo, taskOutputField(SIMPLIFIED_ROW_FIELDS), filters],
	options: [sort],

	async run(context, inputs) {
		const isFiltered = inputs.some(({ filters }) => filters.search || filters.status.length > 0);
		const none = isFiltered ? 'No task matches the filters' : 'There are no tasks yet';
		return await listEach(context, inputs, none, async ({ upTo, filters, options, output }) => {
			const { search, status } = filters;
			const filter = { ...(search && { search }), ...(options.sort && { ordering: options.sort }) };
			const tasks = await tasksOf(context.client, filter, status, upTo?.limit ?? Infinity);
			return tasks.map((task) => rowJson(task, output));
		});
	},
});

/** The first tasks of a list. Gcore filters by one status at a time, so several take a list each. */
async function tasksOf(
	client: GcoreClient,
	filter: TaskFilter,
	statuses: readonly string[],
	most: number,
): Promise<Task[]> {
	if (statuses.length === 0) return await firstRows(eachPage(client, filter, most), most);
	const lists = await Promise.all(
		statuses.map(
			async (status) => await firstRows(eachPage(client, { ...filter, status }, most), most),
		),
	);
	const [only] = lists;
	if (only && lists.length === 1) return only;
	// A task that moves on while the lists are read is in two of them; it has ended if either says so
	const all = lists.flat();
	const tasks = unique([all.filter((task) => !hasEnded(task)), all.filter(hasEnded)]);
	tasks.sort(inOrder(filter.ordering));
	return tasks.slice(0, most);
}

/** Puts several lists into one order, as Gcore would; tasks without a start count as the newest. */
function inOrder(ordering: string | undefined): (a: Task, b: Task) => number {
	const startOf = (task: Task) => timesOf(task).start ?? Number.MAX_VALUE;
	if (ordering === 'status') return (a, b) => compare(a.status, b.status);
	if (ordering === 'task_id') return (a, b) => compare(a.task_id, b.task_id);
	const sign = ordering === 'started_at' ? 1 : -1;
	return (a, b) => sign * (startOf(a) - startOf(b));
}

function compare(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}
