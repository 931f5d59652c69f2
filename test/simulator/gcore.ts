/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server for tests, not part of the package */
import { randomUUID } from 'node:crypto';
import path from 'node:path';

import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context, Request } from 'openapi-backend';

import { isSupported, isUnfinished, rowOf, stateOf, taskOf } from './task';
import type { CreateTask, Task } from './task';

/** An answer of the API. */
export interface Answer {
	status: number;
	body: object;
}

/** API keys by what Gcore says to them. Any other key is a wrong one. */
export const KEYS = {
	valid: '1234$5f2a9c7be01d4436',
	/** Known, but without access to AI tasks. */
	forbidden: '1234$f0f0f0f0f0f0f0f0',
	/** Of an account that does not have AI. */
	noAi: '1234$a0a0a0a0a0a0a0a0',
};

export interface GcoreOptions {
	/** How many unfinished tasks there may be before the next create call is refused. */
	queueLimit: number;
	/** How long a task takes, in ms. */
	taskDurationMs: number;
	/** The most rows that a page of the list has, whatever is asked for. */
	pageSizeLimit: number;
	/** Whether the list gives tasks without a start last; else first. Gcore's way is not documented. */
	queuedLast: boolean;
}

/** Gcore's AI task API without HTTP: requests in, answers out, tasks in memory. */
export class SimulatedGcore {
	readonly tasks: Task[] = [];

	private readonly tasksById = new Map<string, Task>();

	/** Every task that takes a place in the queue, and some that no longer do. */
	private queue: Task[] = [];

	/** What was not as the OpenAPI description has it: empty as long as the client is right. */
	readonly violations: string[] = [];

	private readonly api = new OpenAPIBackend({
		definition: path.join(__dirname, 'openapi.yaml'),
		coerceTypes: true,
		ajvOpts: { strict: false },
		customizeAjv: (ajv) => addFormats(ajv),
		handlers: {
			createTask: ({ request }) => this.createTask(request.requestBody),
			listTasks: ({ request }) => this.listTasks(request.query),
			getTask: ({ request }) => this.getTask(String(request.params['task_id'])),
			cancelTask: ({ request }) => this.cancelTask(String(request.params['task_id'])),
			languageSupport: ({ request }) => this.languageSupport(request.query),
			validationFail: (context) => this.refuse(context),
			notFound: ({ request }) => this.unknown(request, 404, 'Not found'),
			methodNotAllowed: ({ request }) => this.unknown(request, 405, 'Method not allowed'),
			postResponseHandler: (context) => this.asDescribed(context),
		},
	});

	constructor(readonly options: GcoreOptions) {}

	/** Reads the description; throws where it is no valid OpenAPI. */
	async init(): Promise<void> {
		await this.api.init();
		// The router works them out anew for each request, which costs as much as all the rest
		const { router } = this.api;
		const operations = router.getOperations();
		router.getOperations = () => operations;
	}

	/** Answers one request, as Gcore would to the API key in its `Authorization` header. */
	async answer(request: Request): Promise<Answer> {
		const key = /^apikey (\S+)$/i.exec(String(request.headers['authorization']))?.[1];
		if (key === KEYS.forbidden) return failed(403, 'Permission denied');
		if (key === KEYS.noAi) return failed(422, 'Feature is disabled. Contact support to enable.');
		if (key !== KEYS.valid) return failed(401, 'Authorization failed');
		return (await this.api.handleRequest(request)) as Answer;
	}

	/** Takes a task in, whatever the queue holds. */
	add(task: Task): void {
		this.tasks.push(task);
		this.tasksById.set(task.id, task);
		this.queue.push(task);
	}

	/** Deletes a task, as Gcore does after a month. */
	delete(task: Task): void {
		this.tasks.splice(this.tasks.indexOf(task), 1);
		this.tasksById.delete(task.id);
		this.queue = this.queue.filter((other) => other !== task);
	}

	/** Loses all tasks. */
	forget(): void {
		this.tasks.length = this.queue.length = 0;
		this.tasksById.clear();
	}

	private createTask(request: CreateTask): Answer {
		const now = Date.now();
		const { queueLimit, taskDurationMs } = this.options;
		if (!this.hasRoom(now)) {
			return failed(400, `Queue limit reached (${queueLimit}), try later.`);
		}
		const task = { id: randomUUID(), request, createdAt: now, durationMs: taskDurationMs };
		this.add(task);
		return { status: 201, body: { task_id: task.id } };
	}

	/** Whether the queue takes one more. Only where it looks full are the ended tasks looked for in it. */
	private hasRoom(now: number): boolean {
		const { queueLimit } = this.options;
		if (this.queue.length >= queueLimit) {
			this.queue = this.queue.filter((task) => isUnfinished(task, now));
		}
		return this.queue.length < queueLimit;
	}

	private getTask(id: string): Answer {
		const task = this.tasksById.get(id.toLowerCase());
		return task ? { status: 200, body: taskOf(task, Date.now()) } : failed(404, 'Not found');
	}

	private listTasks({ page, limit, status, search, task_id, ordering }: Query): Answer {
		const rowsAPage = Math.min(Number(limit ?? 10), this.options.pageSizeLimit);
		const first = (Number(page ?? 1) - 1) * rowsAPage;
		const wanted = (value: string, filter: unknown) => filter === undefined || value === filter;
		const found = (row: Row) =>
			!search || JSON.stringify(row).includes(JSON.stringify(search).slice(1, -1));
		const now = Date.now();
		const rows = this.tasks
			.map((task) => rowOf(task, now))
			.filter((row) => wanted(row.status, status) && wanted(row.task_id, task_id))
			.filter(found)
			.sort(this.comparison(ordering as string | undefined));
		const end = first + rowsAPage;
		const next = end < rows.length ? `page=${Number(page ?? 1) + 1}` : null;
		const previous = first > 0 ? `page=${Number(page) - 1}` : null;
		return {
			status: 200,
			body: { count: rows.length, next, previous, results: rows.slice(first, end) },
		};
	}

	private cancelTask(id: string): Answer {
		const now = Date.now();
		const task = this.tasksById.get(id.toLowerCase());
		if (!task) return failed(404, 'Not found');
		if (!isUnfinished(task, now)) return failed(400, `Task is ${stateOf(task, now).status}`);
		task.cancelledAt = now;
		return { status: 200, body: { result: 'Task was revoked' } };
	}

	private languageSupport({ audio_language, subtitles_language }: Query): Answer {
		const [audio, subtitles] = [String(audio_language), subtitles_language as string | undefined];
		return { status: 200, body: { supported: isSupported(audio, subtitles) } };
	}

	/** Sorts up by a column; by the time of the start, newest first, unless told. */
	private comparison(ordering: string | undefined): (a: Row, b: Row) => number {
		const notStarted = this.options.queuedLast ? '0000' : '9999';
		const newestFirst = (row: Row) => row.processing_time.started_at ?? notStarted;
		const key = SORT_KEYS[ordering ?? ''] ?? newestFirst;
		const sign = ordering === undefined ? -1 : 1;
		// Not by localeCompare, which is slow: the keys are plain ASCII
		return (a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -sign : sign);
	}

	/** Gcore may have such a call, and nothing here should make it. */
	private unknown({ method, path: called }: Request, status: number, text: string): Answer {
		this.violations.push(`${method} ${called}: not in openapi.yaml`);
		return failed(status, text);
	}

	private refuse({ operation, request, validation }: Context): Answer {
		const problems = (validation.errors ?? []).map(
			({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
		);
		this.violations.push(`${operation.operationId}: ${problems.join('; ')}`);
		const missingUrl = operation.operationId === 'createTask' && !request.requestBody?.url;
		return failed(400, missingUrl ? '"url" is not specified' : problems.join('; '));
	}

	/** Counts it as a violation where the simulator itself gives an answer that its description does not have. */
	private asDescribed({ api, operation, response }: Context): Answer {
		const { status, body } = response as Answer;
		const { errors } = api.validateResponse(body, operation, status);
		if (errors) this.violations.push(`Answer: ${JSON.stringify({ body, errors })}`);
		return response as Answer;
	}
}

type Query = Record<string, unknown>;

function failed(status: number, text: string): Answer {
	return { status, body: { error: text } };
}

type Row = ReturnType<typeof rowOf>;

const SORT_KEYS: Record<string, (row: Row) => string> = {
	task_id: (row) => row.task_id,
	status: (row) => row.status,
	task_name: (row) => row.task_name,
	started_at: (row) => row.processing_time.started_at ?? '9999',
};
