import type { INodeProperties } from 'n8n-workflow';

import type { ItemFields } from './itemFields';
import { readNumber } from './parameters';

const DEFAULT_SECONDS = 60;

/** The longest that makes sense for answers that take Gcore a moment. */
const LONGEST_SECONDS = 3600;

export const TIMEOUT_FIELD: INodeProperties = {
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_SECONDS,
	description: 'How long to wait for an answer to one request',
};

/**
 * The time-out of a request, in ms.
 *
 * @throws Problem where the option is no number of seconds that makes sense
 */
export function readTimeoutMs(fields: ItemFields): number {
	const { requestTimeout } = fields.group('options', 'Options');
	const range = { above: 0, upTo: LONGEST_SECONDS, fallback: DEFAULT_SECONDS };
	return readNumber(requestTimeout, TIMEOUT_FIELD.displayName, range) * 1000;
}
