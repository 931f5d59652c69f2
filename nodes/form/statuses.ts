/** The statuses of a task in words, alphabetical as n8n wants a dropdown. */
const STATUSES = [
	{ name: 'Cancelled', value: 'REVOKED' },
	{ name: 'Failed', value: 'FAILURE' },
	{ name: 'Queued', value: 'PENDING' },
	{ name: 'Received', value: 'RECEIVED' },
	{ name: 'Running', value: 'STARTED' },
	{ name: 'Succeeded', value: 'SUCCESS' },
	{ name: 'Waiting for Another Try', value: 'RETRY' },
] as const;

/** Every status that Gcore documents, for a dropdown. */
export const STATUS_OPTIONS = [...STATUSES];

/** A status in the middle of a sentence, such as `succeeded`; an unknown status stands for itself. */
export function statusWord(status: string): string {
	return STATUSES.find(({ value }) => value === status)?.name.toLowerCase() ?? status;
}
