import type { INode } from 'n8n-workflow';

import { runGcore } from '../engine/engine';
import type { GcoreResult } from '../engine/engine';
import type { Simulator } from '../simulator';
import { audit } from './audit';
import type { Video } from './audit';

/** How many items a run has, and at which rates requests go wrong. */
export const ITEMS = 300;
export const RATES = [0.01, 0.1, 0.5];

/** The node's settings, apart from what each item says. */
export interface BatchSettings {
	options?: INode['parameters'];
	node?: Partial<INode>;
}

/** Runs Create over videos. All items get through, unless the node's settings say otherwise. */
export async function createFor(
	simulator: Simulator,
	items: readonly Video[],
	{ options = {}, node = { onError: 'continueRegularOutput' } }: BatchSettings = {},
): Promise<GcoreResult> {
	return await runGcore({
		simulator,
		parameters: {
			url: '={{ $json.url }}',
			clientMetadata: { clientUserId: '={{ $json.user }}' },
			options,
		},
		items: items.map((item) => ({ ...item })),
		settings: node,
	});
}

/** This many items, one in ten of which asks for the same as another. */
export function videos(count: number): Video[] {
	const different = Math.ceil(count * 0.9);
	return Array.from({ length: count }, (_, index) => ({
		url: `https://example.com/${index % different}.mp4`,
	}));
}

/** Creates tasks for videos while Gcore fails, and compares them with what Gcore has then. */
export async function createAndAudit(
	simulator: Simulator,
	items: readonly Video[],
	settings: BatchSettings = {},
) {
	const existing = new Set(simulator.tasks.map(({ id }) => id));
	const result = await createFor(simulator, items, settings);
	return { result, findings: audit({ items, result, tasks: simulator.tasks, existing }) };
}
