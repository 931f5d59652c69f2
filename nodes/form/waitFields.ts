import { booleanField, choiceField, fieldsShownWhen, numberField } from './field';
import type { ValuesOf } from './field';

/** Whether to wait. The fields that depend on it stand below it, or among the Options. */
export const waitForCompletion = booleanField({
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to hold the workflow until Gcore has finished, which takes minutes. The editor shows no progress in the meantime.',
});

/**
 * The Options of an operation that can wait.
 *
 * @param subject what to wait for
 * @param name the same as in a label
 */
const waitOptions = (subject: string, name: string) =>
	fieldsShownWhen({ '/waitForCompletion': [true] }, [
		numberField(
			{
				displayName: 'Max Wait (Minutes)',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: `The longest time to wait. Gcore goes on processing the ${subject}.`,
			},
			{ above: 0 },
		),
		choiceField({
			displayName: 'When Time Is Up',
			name: 'whenTimeIsUp',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: `Report a problem that names the ${subject} ID, so that you can fetch the ${subject} later`,
				},
				{
					name: `Pass the ${name} On`,
					value: 'passOn',
					description: `Hand the ${subject} to the next node as it stands`,
				},
			],
			default: 'fail',
		}),
	]);

/** Those of an operation that waits for its tasks. */
export const WAIT_OPTIONS = waitOptions('task', 'Task');

/** Those of an operation that waits for its video. */
export const VIDEO_WAIT_OPTIONS = waitOptions('video', 'Video');

/** The values of the fields of a wait. */
export interface WaitValues {
	waitForCompletion: boolean;
	options: ValuesOf<typeof WAIT_OPTIONS>;
}

/** How an item wants to wait. */
export interface Wait {
	maxWaitMs: number;
	whenTimeIsUp: 'fail' | 'passOn';
}

/** @returns how an item wants to wait, undefined if it does not */
export function waitOf({ waitForCompletion, options }: WaitValues): Wait | undefined {
	if (!waitForCompletion) return undefined;
	return { maxWaitMs: options.maxWait * 60_000, whenTimeIsUp: options.whenTimeIsUp };
}
