import type { IDataObject } from 'n8n-workflow';

/** What this process knows of a trigger, beside what n8n saves for it. */
export interface TriggerMemory {
	/** The saved data that the last successful poll worked on: n8n loads it anew for each activation. */
	data?: IDataObject;
	/**
	 * When polls of an activation began to fail, in ms since the epoch; undefined if the last succeeded.
	 */
	failing?: { data: IDataObject; since: number };
	/** The poll under way that started last. */
	current?: { data: IDataObject };
}

const MEMORIES = new Map<string, TriggerMemory>();

/** The memory of a trigger, by an ID of its own. */
export function memoryOf(triggerId: string): TriggerMemory {
	const memory = MEMORIES.get(triggerId) ?? {};
	MEMORIES.set(triggerId, memory);
	return memory;
}

/** How long temporary failures of polls may last before a person should know, in ms. */
export const OUTAGE_TOLERATED_MS = 60 * 60_000;

/** Whether polls have failed for so long that a person should know. Called for each poll that fails. */
export function isLongOutage(memory: TriggerMemory, data: IDataObject): boolean {
	if (memory.failing?.data !== data) memory.failing = { data, since: Date.now() };
	return Date.now() - memory.failing.since >= OUTAGE_TOLERATED_MS;
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
