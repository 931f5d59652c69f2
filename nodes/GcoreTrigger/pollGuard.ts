import type { IDataObject } from 'n8n-workflow';

import type { TriggerMemory } from './triggerMemory';

/** How long temporary failures of polls may last before a person should know, in ms. */
export const OUTAGE_TOLERATED_MS = 60 * 60_000;

/** Whether polls have failed for so long that a person should know. Called for each poll that fails. */
export function isLongOutage(memory: TriggerMemory): boolean {
	memory.failingSince ??= Date.now();
	return Date.now() - memory.failingSince >= OUTAGE_TOLERATED_MS;
}

/**
 * Lets one poll of a trigger work at a time. n8n starts the next poll even if the last is not done.
 *
 * A poll that starts while another of the same activation is under way does nothing: the next poll finds
 * the same tasks. A poll of a newer activation works on saved data of its own, so the older poll gives up
 * what it found.
 *
 * @param work is passed a function that returns whether it may still change the saved data and emit
 *   tasks; between asking and doing so nothing may be awaited
 * @returns null if the poll was skipped
 */
export async function oneAtATime<Result>(
	memory: TriggerMemory,
	data: IDataObject,
	work: (isCurrent: () => boolean) => Promise<Result>,
): Promise<Result | null> {
	if (memory.current?.data === data) return null;
	const current = { data };
	memory.current = current;
	const isCurrent = () => memory.current === current;
	try {
		return await work(isCurrent);
	} finally {
		if (isCurrent()) delete memory.current;
	}
}
