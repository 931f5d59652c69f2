import {
	booleanField,
	choiceField,
	collectionField,
	dependentFields,
	numberField,
	textField,
} from '../../../form/field';
import { Problem } from '../../../form/problem';
import { simplifyField } from '../../../form/taskFields';
import { firstTasks } from '../../../shared/api/lists';
import { taskJson } from '../../../shared/tasks/task';
import { attemptEach } from '../../operations/each';
import { operation } from '../../operations/operation';

/** In characters; far above any text worth searching for. */
const TEXT_LIMIT = 1000;

const returnAll = booleanField({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = numberField(
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	{ above: 0, isWhole: true },
);

const filters = collectionField(
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
	},
	[
		textField(
			{
				displayName: 'Search Text',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. customer-42',
				description: 'Text to find in the task ID, the video URL or the client data',
			},
			TEXT_LIMIT,
		),
		textField(
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
			TEXT_LIMIT,
		),
	],
);

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

	fields: [dependentFields(returnAll, false, [limit]), filters, sort, simplifyField],

	async run(context, inputs) {
		const lists = await attemptEach(context, inputs, async ({ returnAll, filters, sort }) => {
			const { search, status } = filters;
			const filter = {
				...(status && { status }),
				...(search && { search }),
				...(sort && { ordering: sort }),
			};
			return await firstTasks(context.client, filter, returnAll?.limit ?? Infinity);
		});
		return inputs.map(({ simplify }, index) => {
			const list = lists[index];
			if (list === undefined) return [];
			if (list instanceof Problem) return [list];
			return list.map((task) => ({ json: taskJson(task, simplify) }));
		});
	},
});
