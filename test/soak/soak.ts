/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
import { join } from 'node:path';

import express from 'express';
import { linearRegression, median } from 'simple-statistics';
import { sleep } from 'n8n-workflow';

import { childOf, systemNowMb, watchLiveHeap } from '../bench/plumbing/memory';
import { onStage } from '../bench/plumbing/stage';
import type { Stage } from '../bench/plumbing/stage';
import { startTrigger, triggerWorkflow } from '../e2e/triggerWorkflow';
import { node } from '../e2e/workflowParts';
import { listen } from '../simulator/listen';

const HOUR_MS = 3_600_000;

/** How long it lasts by the machine's clock, in ms. */
const SOAK_MS = Number(process.env['SOAK_MS']);
const TASKS = Math.round((10_000 * SOAK_MS) / HOUR_MS);

/** The time at the end without new tasks, by the machine's clock: longer than any task or fault. */
const LAST_MS = 90_000;

const ADD_EVERY_MS = 1000;
const SAMPLE_EVERY_MS = 15_000;

/** By the simulated clock. */
const LONGEST_TASK_MS = 6 * HOUR_MS;

/** The share of requests that fail, and how. */
const FAILING = 0.03;
const FAULTS = [
	{ does: 'answer', status: 500 },
	{ does: 'answer', status: 503, headers: { 'Retry-After': '1' } },
	{ does: 'answer', status: 429, headers: { 'Retry-After': '1' } },
	{ does: 'reset' },
] as const;

/** After this many tasks, Gcore is down for some seconds by the machine's clock, hours by the other. */
const OUTAGE_EVERY = 1000;
const OUTAGE_MS = 20_000;

interface Sample {
	minutes: number;
	residentMb: number;
	heapMb: number;
	/** The trigger's state, as n8n saves it. */
	stateKb: number;
}

/** How often each task was reported, by its ID. */
const told = new Map<string, number>();

async function soak(): Promise<void> {
	const app = express().use(express.json({ limit: '10mb' }));
	app.post('/', ({ body }, response) => {
		const { task_id: id } = body as { task_id: string };
		told.set(id, (told.get(id) ?? 0) + 1);
		response.end();
	});
	const collector = await listen(app);
	const heap = await watchLiveHeap();
	const clock = `--require ${join(__dirname, 'fastClock.cjs')}`;
	const { FAST_CLOCK_FROM = '', FAST_CLOCK_SPEED = '' } = process.env;
	const settings = {
		...heap.settings,
		NODE_OPTIONS: `${clock} ${heap.settings['NODE_OPTIONS']}`,
		// n8n's clock runs for two weeks, and its sessions end after one
		N8N_USER_MANAGEMENT_JWT_DURATION_HOURS: '1000',
		FAST_CLOCK_FROM,
		FAST_CLOCK_SPEED,
	};
	try {
		await onStage(async (stage) => await run(stage, `http://${collector.host}/`, heap), {
			settings,
		});
	} finally {
		await collector.stop();
		await heap.remove();
	}
}

async function run(
	stage: Stage,
	url: string,
	heap: Awaited<ReturnType<typeof watchLiveHeap>>,
): Promise<void> {
	const tell = node('Tell', 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { task_id: $json.task_id } }}',
		options: {},
	});
	const workflow = triggerWorkflow({ triggerOn: ['SUCCESS', 'FAILURE', 'REVOKED'] }, tell);
	const workflowId = await startTrigger(stage, workflow);
	const stateKb = async () =>
		JSON.stringify(await stage.client.staticData(workflowId)).length / 1000;
	await sleep(Number(process.env['FAST_CLOCK_FROM']) - Date.now());
	const processId = await childOf(stage.host.guardId());

	const samples: Sample[] = [];
	let lastSample = Date.now();
	const startedMs = performance.now();
	const sampling = setInterval(() => {
		void Promise.all([systemNowMb(processId), heap.peakMb(processId, lastSample), stateKb()]).then(
			([residentMb, heapMb, stateKb]) => {
				const minutes = (performance.now() - startedMs) / 60_000;
				samples.push({ minutes, residentMb, heapMb, stateKb });
				console.error(JSON.stringify({ ...samples.at(-1), told: told.size }));
			},
		);
		lastSample = Date.now();
	}, SAMPLE_EVERY_MS);
	await addTasks(stage);
	await sleep(LAST_MS);
	clearInterval(sampling);
	report(stage, samples);
}

/** Adds tasks, all of which end, at a steady pace while requests fail at random and in outages. */
async function addTasks({ simulator }: Stage): Promise<void> {
	for (const fault of FAULTS) {
		simulator.inject({
			...fault,
			times: Infinity,
			on: () => Math.random() < FAILING / FAULTS.length,
		});
	}
	let outageUntil = 0;
	simulator.inject({
		does: 'answer',
		status: 503,
		times: Infinity,
		on: () => performance.now() < outageUntil,
	});
	const startedMs = performance.now();
	const lasts = SOAK_MS - LAST_MS;
	for (let added = 0; added < TASKS;) {
		const due = Math.min(Math.ceil((TASKS * (performance.now() - startedMs)) / lasts), TASKS);
		for (; added < due; added++) {
			if (added % OUTAGE_EVERY === OUTAGE_EVERY / 2) outageUntil = performance.now() + OUTAGE_MS;
			const url = `https://example.com/${added % 10 === 0 ? 'failure' : added}.mp4`;
			const durationMs = Math.ceil(Math.random() * LONGEST_TASK_MS);
			const task = simulator.add({ durationMs, request: { task_name: 'transcription', url } });
			if (added % 25 === 0) task.cancelledAt = task.createdAt;
		}
		simulator.requests.length = 0; // else they would fill this process's memory
		await sleep(ADD_EVERY_MS);
	}
}

function report({ simulator, host }: Stage, samples: readonly Sample[]): void {
	const missed = simulator.tasks.filter(({ id }) => !told.has(id)).length;
	const twice = [...told.values()].filter((count) => count > 1).length;
	// n8n warms up first
	const settled = samples.slice(Math.floor(samples.length / 4));
	const slope = (key: 'residentMb' | 'heapMb') =>
		(60 * linearRegression(settled.map((sample) => [sample.minutes, sample[key]])).m).toFixed(1);
	const middle = (key: 'residentMb' | 'heapMb') =>
		median(settled.map((sample) => sample[key])).toFixed(0);
	console.log(`
${simulator.tasks.length} tasks, told: ${told.size}, missed: ${missed}, told twice: ${twice}
n8n's physical memory: ${middle('residentMb')} MB, slope ${slope('residentMb')} MB an hour
the trigger's state, as n8n saves it: at most ${Math.max(...samples.map(({ stateKb }) => stateKb)).toFixed(0)} kB
n8n's live heap: ${middle('heapMb')} MB, slope ${slope('heapMb')} MB an hour
${host.log().match(/Gcore Trigger: [^\n]*/g)?.length ?? 0} failed polls in the last lines of n8n's log`);
	if (missed + twice > 0) process.exitCode = 1;
}

soak().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
