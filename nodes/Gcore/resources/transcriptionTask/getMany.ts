import { Problem } from '../../../shared/problem';
import { listTasks } from '../../../shared/tasks/list';
import type { TaskFilter } from '../../../shared/tasks/list';
import { taskJson } from '../../../shared/tasks/task';
import { readSimplify, SIMPLIFY_FIELD } from '../../fields';
import { attemptEach } from '../../attempts';
import type { Operation } from '../../operation';
import { definedOnly, readBoolean, readChoice, readNumber, readText } from '../../parameters';

interface GetManyInput {
	filter: TaskFilter;
	limit: number;
	simplify: boolean;
}

/** What Gcore can sort by, upwards; unsorted it gives the newest first. */
const ORDERINGS = ['', 'started_at', 'status', 'task_id'] as const;

/** In characters; far above any status or text worth searching for. */
const TEXT_LIMIT = 1000;

/** Lists tasks. Gcore's list has no results: the text of a task comes from Get. */
export const getMany: Operation<GetManyInput> = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List tasks, without their texts',
		action: 'Get many transcription tasks',
	},

	fields: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Search Text',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-42',
					description: 'Text to find in the task ID, the video URL or the client data',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Cancelled', value: 'REVOKED' },
						{ name: 'Failed', value: 'FAILURE' },
						{ name: 'Queued', value: 'PENDING' },
						{ name: 'Received', value: 'RECEIVED' },
						{ name: 'Running', value: 'STARTED' },
						{ name: 'Succeeded', value: 'SUCCESS' },
						{ name: 'Waiting for Another Try', value: 'RETRY' },
					],
					default: 'SUCCESS',
				},
			],
		},
		{
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
			description: 'The order of the tasks. Newest and oldest go by when Gcore started to work.',
		},
		SIMPLIFY_FIELD,
	],

	read(fields) {
		const { status, search } = fields.group('filters', 'Filters');
		const returnAll = readBoolean(fields.value('returnAll', 'Return All'), 'Return All', false);
		return {
			filter: definedOnly({
				status: readText(status, 'Status', TEXT_LIMIT),
				search: readText(search, 'Search Text', TEXT_LIMIT),
				ordering: readChoice(fields.value('sort', 'Sort'), 'Sort', ORDERINGS) || undefined,
			}),
			limit: returnAll ? Infinity : readLimit(fields.value('limit', 'Limit')),
			simplify: readSimplify(fields),
		};
	},

	async run(run, inputs) {
		const lists = await attemptEach(
			run,
			inputs,
			async ({ filter, limit }) => await listTasks(run.client, filter, limit),
		);
		return inputs.map(({ simplify }, index) => {
			const list = lists[index];
			if (list === undefined) return [];
			if (list instanceof Problem) return [list];
			return list.map((task) => ({ json: taskJson(task, simplify) }));
		});
	},
};

function readLimit(value: unknown): number {
	const limit = readNumber(value, 'Limit', { above: 0, fallback: 50 });
	if (Number.isInteger(limit)) return limit;
	throw new Problem('Limit is not usable', 'Give a whole number above 0, or turn on Return All.');
}
