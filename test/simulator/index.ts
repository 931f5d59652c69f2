import { randomUUID } from 'node:crypto';

import express from 'express';
import type { Express } from 'express';

import { Faults } from './faults';
import type { Fault, UploadFault } from './faults';
import { SimulatedGcore } from './gcore';
import { HeldRequests } from './heldRequests';
import type { HostedVideo } from './hostedVideo';
import { listen } from './listen';
import { DEFAULTS } from './options';
import type { GcoreOptions } from './options';
import { respond } from './respond';
import type { Answer } from './shapes';
import type { Task } from './task';
import { Traffic } from './traffic';
import type { RecordedRequest } from './traffic';
import { UploadHost } from './uploadHost';
import type { UploadSession } from './uploadSession';

export { KEYS } from './account';
export { checksum } from './checksum';
export { GATEWAY_PAGE } from './faults';
export type { HostedVideo } from './hostedVideo';
export type { RecordedRequest } from './traffic';

/** A running simulator of Gcore: its AI tasks and its video hosting. */
export interface Simulator {
	/** Its base URL, such as `http://127.0.0.1:40123`. */
	url: string;
	/** Every request, in the order of arrival. */
	requests: RecordedRequest[];
	/** The tasks it holds, oldest first. */
	readonly tasks: readonly Task[];
	/** Adds any task that a test needs, without a request; by default just created, of usual duration. */
	add(task?: Partial<Task>): Task;
	/** Deletes a task, as Gcore does after a month. */
	delete(task: Task): void;
	/** The videos it hosts, oldest first. */
	readonly videos: readonly HostedVideo[];
	/** Adds any video that a test needs, without a request; by default uploaded a day ago. */
	addVideo(video?: Partial<HostedVideo>): HostedVideo;
	/** Deletes a video, as another user of the account may. */
	deleteVideo(video: HostedVideo): void;
	/** The host that takes the files of videos. */
	uploads: Uploads;
	/** What was wrong with requests, by Gcore's API description. */
	violations: string[];
	/** The most requests it had under way at once. */
	mostAtOnce(): number;
	/** How many requests it and the upload host hold back on purpose, because of a fault. */
	held(): number;
	/** Makes the next matching requests go wrong. */
	inject(fault: Fault): void;
	/** Forgets the faults that are still to come. */
	clearFaults(): void;
	/** How it behaves; a change counts from the next request on. */
	options: GcoreOptions;
	/** Forgets tasks, videos, uploads, requests, faults and changes of its options. */
	reset(): void;
	stop(): Promise<void>;
}

/** The upload host of a simulator. */
export interface Uploads {
	/** Its base URL, which the API names by host and port. */
	url: string;
	/** Every request, in the order of arrival, without its body. */
	requests: RecordedRequest[];
	/** The uploads that were opened, oldest first. */
	sessions: ReadonlyArray<Pick<UploadSession, 'id' | 'videoId' | 'length' | 'offset'>>;
	/** The most requests it had under way at once. */
	mostAtOnce(): number;
	/** Makes the next matching requests go wrong. */
	inject(fault: UploadFault): void;
}

/** The largest body that the API reads: subtitles of 5 MB, with room for their escapes. */
const LARGEST_BODY = '20mb';

/**
 * Starts a simulator on free ports of 127.0.0.1. It behaves as Gcore's documentation says, as far
 * as that goes, and takes the API keys in `KEYS`.
 */
export async function startSimulator(options: Partial<GcoreOptions> = {}): Promise<Simulator> {
	const gcore = new SimulatedGcore({ ...DEFAULTS, ...options });
	await gcore.init();
	const { hosting } = gcore;
	const faults = new Faults();
	const held = new HeldRequests();
	const traffic = new Traffic();
	const uploadHost = new UploadHost(gcore, held);
	const api = await listen(apiOf(gcore, traffic, faults, held));
	const uploads = await listen(uploadHost.app());
	hosting.tokens.host = uploads.host;
	return {
		url: `http://${api.host}`,
		requests: traffic.requests,
		get tasks() {
			hosting.catchUp();
			return gcore.tasks;
		},
		add(details = {}) {
			const id = randomUUID();
			const request = { task_name: 'transcription' as const, url: `https://example.com/${id}.mp4` };
			const { taskDurationMs: durationMs } = gcore.options;
			const task = { id, request, createdAt: Date.now(), durationMs, ...details };
			gcore.add(task);
			return task;
		},
		delete: (task) => gcore.delete(task),
		get videos() {
			hosting.catchUp();
			return hosting.videos;
		},
		addVideo: (details) => hosting.add(details),
		deleteVideo: (video) => hosting.delete(video),
		uploads: {
			url: `http://${uploads.host}`,
			requests: uploadHost.traffic.requests,
			sessions: uploadHost.sessions,
			mostAtOnce: () => uploadHost.traffic.mostAtOnce(),
			inject: (fault) => uploadHost.faults.inject(fault),
		},
		violations: gcore.violations,
		options: gcore.options,
		mostAtOnce: () => traffic.mostAtOnce(),
		held: () => held.count,
		inject: (fault) => faults.inject(fault),
		clearFaults() {
			faults.clear();
			uploadHost.faults.clear();
		},
		reset() {
			gcore.forget();
			uploadHost.forget();
			traffic.forget();
			faults.clear();
			held.forget();
			Object.assign(gcore.options, DEFAULTS, options);
		},
		async stop() {
			held.forget();
			await Promise.all([api.stop(), uploads.stop()]);
		},
	};
}

/** The server of the API, which does not listen yet. */
function apiOf(
	gcore: SimulatedGcore,
	traffic: Traffic,
	faults: Faults,
	held: HeldRequests,
): Express {
	const app = express();
	app.use(express.json({ limit: LARGEST_BODY }));
	app.use(async (request, response) => {
		const recorded = traffic.record(request, response);
		const { latencyMs } = gcore.options;
		if (latencyMs > 0) await held.holdFor(traffic.latency(latencyMs), response);
		const carryOut = async () => await ask(gcore, recorded);
		await respond(response, carryOut, faults.meet(recorded), held);
	});
	return app;
}

async function ask(
	gcore: SimulatedGcore,
	{ method, path, query, headers, body }: RecordedRequest,
): Promise<Answer> {
	return await gcore.answer({
		method,
		path,
		query: query as Record<string, string>,
		headers: headers as Record<string, string>,
		body,
	});
}
