import type { GcoreResult } from '../engine/engine';
import type { HostedVideo } from '../simulator';
import type { Task } from '../simulator/task';
import { MAY_EXIST } from './audit';

/** What is left after a run over files, in which no error ends the node. */
interface Aftermath {
	/** The files of the items; no two are alike. */
	files: ReadonlyArray<{ name: string; checksum: number }>;
	result: GcoreResult;
	/** All tasks and videos that the simulator holds: there were none before. */
	tasks: readonly Task[];
	videos: readonly HostedVideo[];
}

/** The words of an error that Gcore may hold a video of unknown ID. */
const VIDEO_MAY_EXIST = /may have made an empty video/;

/**
 * Compares items with videos and tasks: each item has one task of its own, which reads the item's file,
 * or an error; each task and each video is an item's, or an error names it.
 *
 * @returns what is wrong; empty if the books balance
 */
export function auditFiles({ files, result, tasks, videos }: Aftermath): string[] {
	const findings: string[] = [];
	if (result.error) findings.push(`the node ended: ${result.error.message}`);
	if (result.json.length !== files.length) findings.push(`${result.json.length} outputs`);
	const known = new Set<unknown>();
	for (const [index, { name, checksum }] of files.entries()) {
		const { task_id, error, message } = result.json[index] ?? {};
		const told = `${String(error)} ${String(message)}`;
		const own = videos.filter((video) => video.name === name);
		const task = tasks.find(({ id }) => id === task_id);
		const read = own.find(({ slug }) => task?.request.url.includes(`_${slug}/`));
		if (error === undefined && !task) findings.push(`item ${index} has neither task nor error`);
		if (task && read?.checksum !== checksum)
			findings.push(`the task of item ${index} reads no copy`);
		if (task && known.has(task)) findings.push(`item ${index} has the task of another`);
		if (own.filter((video) => video.checksum !== undefined).length > 1)
			findings.push(`${name} was uploaded twice`);
		known.add(task).add(read);
		for (const video of own) {
			const isTold = new RegExp(`\\b${video.id}\\b`).test(told);
			if (isTold || (video.checksum === undefined && VIDEO_MAY_EXIST.test(told))) known.add(video);
			const reader = tasks.find(({ request }) => request.url.includes(`_${video.slug}/`));
			if (MAY_EXIST.test(told) && reader) known.add(reader).add(video);
		}
	}
	const unknown = [...tasks, ...videos].filter((held) => !known.has(held));
	return [...findings, ...unknown.map((held) => `nobody knows of ${JSON.stringify(held)}`)];
}
