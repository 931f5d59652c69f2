/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- looks into a process for a benchmark, not part of the package */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The settings of an n8n that notes what is live on its heap, and where it does. */
export interface LiveHeap {
	settings: Record<string, string>;
	/** The most that was live on the heap of a process from a time on, in MB. */
	peakMb(processId: number, since: number): Promise<number>;
	remove(): Promise<void>;
}

/** Makes a folder for the notes of an n8n that is to be started with the settings. */
export async function watchLiveHeap(): Promise<LiveHeap> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-heap-'));
	return {
		settings: {
			NODE_OPTIONS: `--require ${join(__dirname, 'liveHeap.cjs')}`,
			LIVE_HEAP_FOLDER: folder,
		},
		async peakMb(processId, since) {
			const notes = (await readFile(join(folder, String(processId)), 'utf8')).trim().split('\n');
			const bytes = notes
				.map((line) => line.split(' ').map(Number))
				.flatMap(([at = 0, used = 0]) => (at >= since ? used : []));
			return Math.max(...bytes) / 1e6;
		},
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}
