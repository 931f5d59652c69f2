import type { INodeProperties } from 'n8n-workflow';

import type { ItemFields } from '../../itemFields';
import { readBoolean, readChoice, readNumber } from '../../parameters';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const DEFAULT_ROOM_MINUTES = 30;
const DEFAULT_REUSE_HOURS = 24;

/** Gcore keeps results for a month. */
const LONGEST_REUSE_HOURS = 31 * 24;

/** What to do when as many tasks wait at Gcore as may. */
export const ROOM_FIELDS: INodeProperties[] = [
	{
		displayName: 'Max Wait for Room (Minutes)',
		name: 'maxWaitForRoom',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_ROOM_MINUTES,
		description:
			"The longest time to wait while Gcore's queue stays full. Each task that is created starts the clock anew. Only when waiting for room.",
	},
	{
		displayName: 'When the Queue Is Full',
		name: 'whenQueueIsFull',
		type: 'options',
		options: [
			{
				name: 'Wait for Room',
				value: 'wait',
				description: 'Go on as soon as one of the tasks in the queue has ended',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'Give an error for each video for which there is no room',
			},
		],
		default: 'wait',
		description: 'What to do when as many tasks wait at Gcore as it allows, usually 100',
	},
];

/** Whether to look for a task that is there already. */
export const REUSE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Reuse Existing Task',
		name: 'reuseExistingTask',
		type: 'boolean',
		default: false,
		description:
			'Whether to give a task that exists for the same video, languages and client data, in progress or successful, instead of a new one. Makes it safe to run a workflow again that was interrupted.',
	},
	{
		displayName: 'Reuse Within (Hours)',
		name: 'reuseWithin',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_REUSE_HOURS },
		default: DEFAULT_REUSE_HOURS,
		description:
			'How long ago a task may have started to be reused. Only with Reuse Existing Task.',
	},
];

/**
 * How long to wait for room in Gcore's queue, in ms; 0 where a full queue is a problem at once.
 *
 * @throws Problem that names the field
 */
export function readMaxWaitForRoom(fields: ItemFields): number {
	const { whenQueueIsFull, maxWaitForRoom } = fields.group('options', 'Options');
	const then = readChoice(whenQueueIsFull, 'When the Queue Is Full', ['wait', 'fail']);
	if (then === 'fail') return 0;
	const range = { above: 0, fallback: DEFAULT_ROOM_MINUTES };
	return readNumber(maxWaitForRoom, 'Max Wait for Room (Minutes)', range) * MINUTE_MS;
}

/**
 * How old a task may be that is given instead of a new one, in ms; undefined where none is.
 *
 * @throws Problem that names the field
 */
export function readReuseWithin(fields: ItemFields): number | undefined {
	const { reuseExistingTask, reuseWithin } = fields.group('options', 'Options');
	if (!readBoolean(reuseExistingTask, 'Reuse Existing Task', false)) return undefined;
	const range = { above: 0, upTo: LONGEST_REUSE_HOURS, fallback: DEFAULT_REUSE_HOURS };
	return readNumber(reuseWithin, 'Reuse Within (Hours)', range) * HOUR_MS;
}
