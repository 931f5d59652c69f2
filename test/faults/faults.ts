import { GATEWAY_PAGE } from '../simulator';
import type { Fault } from '../simulator/faults';

const TOO_MANY = { does: 'answer', status: 429, body: { message: 'Too many requests' } } as const;
const INTERNAL = { does: 'answer', status: 500, body: { error: 'Internal error' } } as const;
const GATEWAY = { does: 'answer', status: 502, body: GATEWAY_PAGE } as const;
const GARBAGE = { does: 'answer', status: 201, body: 'Created, I think' } as const;
const NO_TASK_ID = { does: 'answer', status: 201, body: { status: 'created' } } as const;

/** Faults that create nothing, and say so. */
export const REFUSED = {
	'429': TOO_MANY,
	'429 with Retry-After': { ...TOO_MANY, headers: { 'Retry-After': '2' } },
} satisfies Record<string, Fault>;

/** Faults that hide whether a task was created: none was. */
export const LOST_BEFORE = {
	'a reset before processing': { does: 'reset' },
	'500 before processing': INTERNAL,
	'a gateway page before processing': GATEWAY,
	'silence before processing': { does: 'silence' },
} satisfies Record<string, Fault>;

/** Faults that hide whether a task was created: it was. */
export const LOST_AFTER = {
	'a reset after processing': { does: 'reset', processed: true },
	'500 after processing': { ...INTERNAL, processed: true },
	'a gateway page after processing': { ...GATEWAY, processed: true },
	'garbage after processing': { ...GARBAGE, processed: true },
	'no task_id after processing': { ...NO_TASK_ID, processed: true },
	'an empty body after processing': { ...GARBAGE, body: '', processed: true },
	'silence after processing': { does: 'silence', processed: true },
} satisfies Record<string, Fault>;

export const FAULTS: Readonly<Record<string, Fault>> = {
	...REFUSED,
	...LOST_BEFORE,
	...LOST_AFTER,
};
