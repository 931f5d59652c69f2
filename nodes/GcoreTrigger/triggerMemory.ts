import type { IDataObject } from 'n8n-workflow';

import type { TriggerState } from './state';

/** What the running n8n knows of a trigger, beside what it saves. */
export interface TriggerMemory {
	/** What the last successful poll left. */
	state?: TriggerState;
	/** When the oldest poll began whose state n8n may load in place of it, in ms since the epoch. */
	savedSince?: number;
	/** When polls began to fail, in ms since the epoch; undefined if the last succeeded. */
	failingSince?: number;
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

/**
 * What quiet polls have left since n8n saved a state. n8n saves a state only when a poll emits tasks and at
 * an activation, and loads it again for the next activation, or for each poll.
 *
 * @returns undefined if no poll since n8n started has left the saved state, or if n8n has gone back to an
 *   older state because it did not take the tasks
 */
export function latestState(
	{ state, savedSince = 0 }: TriggerMemory,
	saved: TriggerState | undefined,
): TriggerState | undefined {
	if (!state || !saved) return undefined;
	return saved.polledAt >= savedSince && saved.polledAt <= state.polledAt ? state : undefined;
}

/** Keeps what a successful poll leaves. */
export function remember(
	memory: TriggerMemory,
	state: TriggerState,
	{ saved, emits }: { saved: TriggerState | undefined; emits: boolean },
): void {
	if (emits) memory.savedSince = state.polledAt;
	else if (!latestState(memory, saved)) memory.savedSince = (saved ?? state).polledAt;
	memory.state = state;
}
