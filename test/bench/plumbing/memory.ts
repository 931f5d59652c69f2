/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- looks into a process for a benchmark, not part of the package */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sleep } from 'n8n-workflow';

import { median, spread } from './report';
import type { Row } from './report';
import { gcore, httpRequest, noOperation } from './subjects';
import type { Subject } from './subjects';

/** How n8n's memory is measured. All of this works on Linux only. */

/** The batch that both measures of memory send. */
export const BATCH = { items: 10_000, queueLimit: Infinity };

/**
 * Within this time n8n has saved an execution that has responded to its webhook, and `liveHeap.cjs` has
 * noted its heap, as it does every 3 seconds.
 */
const SAVED_MS = 4000;

/** Waits until n8n has saved an execution, which is part of its peak. */
export async function untilSaved(): Promise<void> {
	await sleep(SAVED_MS);
}

/**
 * The peak with the Gcore node, the HTTP Request node and No Operation, in turn. No Operation shows
 * what n8n itself needs for the items.
 *
 * @param options.peakMb measures one run of a subject, in an n8n of its own, in MB
 * @param options.limitMb the most that the Gcore node may need beyond No Operation
 */
export async function peakRows(options: {
	label: string;
	runs: number;
	peakMb(subject: Subject): Promise<number>;
	limitMb?: number;
}): Promise<Row[]> {
	const { label, runs, peakMb, limitMb } = options;
	const [without, ours, theirs]: [number[], number[], number[]] = [[], [], []];
	for (let run = 0; run < runs; run++) {
		without.push(await peakMb(noOperation));
		ours.push(await peakMb(gcore()));
		theirs.push(await peakMb(httpRequest));
	}
	const increase = (peaks: number[]) => median(peaks) - median(without);
	return [
		{
			label: `10,000 items: ${label}`,
			gcore: spread(ours, ' MB'),
			httpRequest: spread(theirs, ' MB'),
		},
		{
			label: `more than with No Operation in its place, which is ${spread(without, ' MB')}`,
			gcore: spread([increase(ours)], ' MB'),
			httpRequest: spread([increase(theirs)], ' MB'),
			...(limitMb && { target: { text: `< ${limitMb} MB`, isMet: increase(ours) < limitMb } }),
		},
	];
}

/** The only child of a process. */
export async function childOf(processId: number): Promise<number> {
	const children = await readFile(`/proc/${processId}/task/${processId}/children`, 'utf8');
	return Number(children.trim().split(' ')[0]);
}

/** Resets the peak of a process's physical memory to its current value. */
export async function forgetSystemPeak(processId: number): Promise<void> {
	// 5 resets VmHWM: https://docs.kernel.org/filesystems/proc.html
	await writeFile(`/proc/${processId}/clear_refs`, '5');
}

/** The peak of a process's physical memory, in MB. */
export async function systemPeakMb(processId: number): Promise<number> {
	return await statusMb(processId, /^VmHWM:\s+(\d+) kB$/m);
}

/** A process's physical memory now, in MB. */
export async function systemNowMb(processId: number): Promise<number> {
	return await statusMb(processId, /^VmRSS:\s+(\d+) kB$/m);
}

async function statusMb(processId: number, line: RegExp): Promise<number> {
	const status = await readFile(`/proc/${processId}/status`, 'utf8');
	return (Number(line.exec(status)?.[1]) * 1024) / 1e6;
}

/** The notes of an n8n about the live objects on its heap. See `liveHeap.cjs`. */
export interface LiveHeap {
	/** The settings of the n8n that is to write them. */
	settings: Record<string, string>;
	/** The peak of a process from a time on, in MB. */
	peakMb(processId: number, since: number): Promise<number>;
	remove(): Promise<void>;
}

/** Makes a folder for the notes of an n8n. */
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
