import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../shared/problem';
import { listTasks } from '../../../shared/tasks/list';
import type { TaskFilter } from '../../../shared/tasks/list';
import { simplifyTask } from '../../../shared/tasks/task';
import { SIMPLIFY_FIELD } from '../../fields';
import { attemptEach } from '../../operation';
import type { Operation } from '../../operation';
import { definedOnly } from '../../parameters';

interface GetManyInput {
	filter: TaskFilter;
	limit: number;
	simplify: boolean;
}

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
				{ name: 'Newest First', value: '-started_at' },
				{ name: 'Oldest First', value: 'started_at' },
				{ name: 'Status', value: 'status' },
				{ name: 'Task ID', value: 'task_id' },
			],
			default: '-started_at',
			description: 'The order of the tasks. Newest and oldest go by when Gcore started to work.',
		},
		SIMPLIFY_FIELD,
	],

	read(context, itemIndex) {
		const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
		const text = (name: string) => String(parameter(name) ?? '').trim() || undefined;
		return {
			filter: definedOnly({
				status: text('filters.status'),
				search: text('filters.search'),
				ordering: text('sort'),
			}),
			limit: parameter('returnAll') === true ? Infinity : readLimit(parameter('limit')),
			simplify: context.getNodeParameter('simplify', itemIndex, true) === true,
		};
	},

	async run(run, inputs) {
		const lists = await attemptEach(run, inputs, async ({ filter, limit }) => ({
			tasks: await listTasks(run.client, filter, limit),
		}));
		return inputs.map(({ simplify }, index) => {
			const list = lists[index];
			if (list === undefined) return [];
			if (list instanceof Problem) return [list];
			return list.tasks.map((task) => ({
				json: simplify ? simplifyTask(task) : ({ ...task } as unknown as IDataObject),
			}));
		});
	},
};

function readLimit(value: unknown): number {
	const limit = Number(value);
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw new Problem('Limit is not usable', 'Give a whole number above 0, or turn on Return All.');
}
