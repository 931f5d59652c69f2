import { booleanField, choiceField, numberField, shownWhen } from './field';
import type { Field, ValuesOf } from './field';

/** Whether to wait. The fields that depend on it stand below it, or among the Options. */
export const waitForCompletion = booleanField({
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to hold the workflow until Gcore has finished, which takes minutes. The editor shows no progress in the meantime.',
});

/** Shows a field among the Options only if there is a wait. */
function whileWaiting<Name extends string, Value>(field: Field<Name, Value>): Field<Name, Value> {
	const condition = { '/waitForCompletion': [true] };
	return {
		...field,
		properties: field.properties.map((property) => shownWhen(property, condition)),
	};
}

/** The Options of every operation that can wait for its tasks. */
export const WAIT_OPTIONS = [
	whileWaiting(
		numberField(
			{
				displayName: 'Max Wait (Minutes)',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'The longest time to wait. The task goes on at Gcore all the same.',
			},
			{ above: 0 },
		),
	),
	whileWaiting(
		choiceField({
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
		}),
	),
] as const;

/** How an item wants to wait. */
export type Wait = ValuesOf<typeof WAIT_OPTIONS>;

/** @returns how an item wants to wait, undefined if it does not */
export function waitOf(values: { waitForCompletion: boolean; options: Wait }): Wait | undefined {
	return values.waitForCompletion ? values.options : undefined;
}
