/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server for tests, not part of the package */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import type { Request, Response } from 'express';

import { Faults } from './faults';
import type { Fault } from './faults';
import { SimulatedGcore } from './gcore';
import type { GcoreOptions } from './gcore';
import { HeldRequests } from './heldRequests';
import { apiYear } from './shapes';
import type { Task } from './task';

export { GATEWAY_PAGE } from './faults';
export { KEYS } from './gcore';

/** One request as it arrived. */
export interface RecordedRequest {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: unknown;
	/** When it arrived, in ms since the epoch. */
	at: number;
}

/** A running simulator of Gcore's AI task API. */
export interface Simulator {
	/** Its base URL, such as `http://127.0.0.1:40123`. */
	url: string;
	/** Every request, in the order of arrival. */
	requests: RecordedRequest[];
	/** The tasks it holds, oldest first. */
	tasks: readonly Task[];
	/** Adds a task as it pleases a test, past the API; created now, of the usual duration, unless given. */
	add(task?: Partial<Task>): Task;
	/** Deletes a task, as Gcore does after a month. */
	delete(task: Task): void;
	/** What was wrong with requests, by Gcore's API description. */
	violations: string[];
	/** The most requests it had under way at once. */
	mostAtOnce(): number;
	/** How many requests it holds back on purpose, because of a fault. */
	held(): number;
	/** Makes the next matching requests go wrong. */
	inject(fault: Fault): void;
	/** Forgets the faults that are still to come. */
	clearFaults(): void;
	/** How it behaves; a change counts from the next request on. */
	options: GcoreOptions;
	/** Forgets tasks, requests, faults and changes of its options. */
	reset(): void;
	stop(): Promise<void>;
}

const DEFAULTS: GcoreOptions = {
	api: apiYear(),
	requestsPerSecond: Infinity,
	queueLimit: 100,
	latencyMs: 0,
	taskDurationMs: 5000,
	pageSizeLimit: 100,
	queuedLast: false,
};

/**
 * Starts a simulator on a free port of 127.0.0.1. It behaves as Gcore's documentation says, as far
 * as that goes, and takes the API keys in `KEYS`.
 */
export async function startSimulator(options: Partial<GcoreOptions> = {}): Promise<Simulator> {
	const gcore = new SimulatedGcore({ ...DEFAULTS, ...options });
	await gcore.init();
	const faults = new Faults();
	const held = new HeldRequests();
	const requests: RecordedRequest[] = [];
	let underWay = 0;
	let mostAtOnce = 0;

	const app = express();
	app.use(express.json());
	app.use(async (request, response) => {
		mostAtOnce = Math.max(mostAtOnce, ++underWay);
		response.once('close', () => (underWay -= 1));
		const recorded = record(request);
		requests.push(recorded);
		const { latencyMs } = gcore.options;
		if (latencyMs > 0) await held.holdFor(latencyMs * shareOf(requests.length), response);
		await respond(recorded, response, gcore, faults.meet(recorded), held);
	});

	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	// Else a busy machine may send a request just when the connection is closed as idle
	server.keepAliveTimeout = 0;
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		tasks: gcore.tasks,
		add(details = {}) {
			const id = randomUUID();
			const request = { task_name: 'transcription' as const, url: `https://example.com/${id}.mp4` };
			const { taskDurationMs: durationMs } = gcore.options;
			const task = { id, request, createdAt: Date.now(), durationMs, ...details };
			gcore.add(task);
			return task;
		},
		delete: (task) => gcore.delete(task),
		violations: gcore.violations,
		options: gcore.options,
		mostAtOnce: () => mostAtOnce,
		held: () => held.count,
		inject: (fault) => faults.inject(fault),
		clearFaults: () => faults.clear(),
		reset() {
			mostAtOnce = requests.length = 0;
			gcore.forget();
			faults.clear();
			held.forget();
			Object.assign(gcore.options, DEFAULTS, options);
		},
		async stop() {
			held.forget();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** A share from a tenth to all, another one for each number, and the same in every run. */
function shareOf(index: number): number {
	return 0.1 + 0.9 * ((index * GOLDEN_RATIO) % 1);
}

/** Its multiples are spread evenly. */
const GOLDEN_RATIO = 0.618;

function record({ method, path, query, headers, body }: Request): RecordedRequest {
	return { method, path, query, headers, body: body as unknown, at: Date.now() };
}

async function respond(
	request: RecordedRequest,
	response: Response,
	gcore: SimulatedGcore,
	fault: Fault | undefined,
	held: HeldRequests,
): Promise<void> {
	if (fault === undefined || fault.does === 'delay') {
		if (fault && !fault.processed) await held.holdFor(fault.ms, response);
		const { status, body } = await ask(gcore, request);
		if (fault?.processed) await held.holdFor(fault.ms, response);
		response.status(status).json(body);
		return;
	}
	if (fault.processed) await ask(gcore, request);
	if (fault.does === 'silence') held.hold(response);
	if (fault.does === 'reset') response.socket?.resetAndDestroy();
	if (fault.does === 'answer') {
		response
			.status(fault.status)
			.set(fault.headers ?? {})
			.send(fault.body ?? '');
	}
}

async function ask(gcore: SimulatedGcore, { method, path, query, headers, body }: RecordedRequest) {
	return await gcore.answer({
		method,
		path,
		query: query as Record<string, string>,
		headers: headers as Record<string, string>,
		body,
	});
}
