/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at processes for a benchmark, not part of the package */
import { readFile, writeFile } from 'node:fs/promises';

/** The only child of a process. Linux only, as all here. */
export async function childOf(processId: number): Promise<number> {
	const children = await readFile(`/proc/${processId}/task/${processId}/children`, 'utf8');
	return Number(children.trim().split(' ')[0]);
}

/** Lets the peak of a process start from what it uses now. */
export async function forgetPeak(processId: number): Promise<void> {
	// 5 resets VmHWM: https://docs.kernel.org/filesystems/proc.html
	await writeFile(`/proc/${processId}/clear_refs`, '5');
}

/** The most physical memory that a process has used at once, in MB. */
export async function peakMb(processId: number): Promise<number> {
	const status = await readFile(`/proc/${processId}/status`, 'utf8');
	return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}
