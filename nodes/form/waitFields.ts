import { booleanField, choiceField, dependentFields, numberField } from './field';
import type { ValuesOf } from './field';

const waitForCompletion = booleanField({
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to hold the workflow until Gcore has finished the task, which takes minutes',
});

const maxWait = numberField(
	{
		displayName: 'Max Wait (Minutes)',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'The longest time to wait. The task goes on at Gcore all the same.',
	},
	{ above: 0 },
);

const whenTimeIsUp = choiceField({
	displayName: 'When Time Is Up',
	name: 'whenTimeIsUp',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Report a problem with the task ID, to pick the task up later',
		},
		{
			name: 'Pass the Task On',
			value: 'passOn',
			description: 'Hand the task to the next node as it stands',
		},
	],
	default: 'fail',
});

const WAIT_SETTINGS = [maxWait, whenTimeIsUp] as const;

/** The fields of every operation that can wait for its tasks; reads undefined if it is not to wait. */
export const waitField = dependentFields(waitForCompletion, true, WAIT_SETTINGS);

/** How an item wants to wait. */
export type Wait = ValuesOf<typeof WAIT_SETTINGS>;
