/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server for tests, not part of the package */
import { randomUUID } from 'node:crypto';
import path from 'node:path';

import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Context, Request } from 'openapi-backend';

import { KEYS } from './account';
import type { GcoreOptions } from './options';
import { failed, SHAPES } from './shapes';
import type { Answer, ApiYear, Shape } from './shapes';
import { isSupported, isUnfinished, rowOf, startOf, stateOf, taskOf } from './task';
import type { CreateTask, Task } from './task';
import { refusedVideo, SimulatedVideos } from './videos';

export type { GcoreOptions } from './options';

/** Gcore's API without HTTP: requests in, answers out, tasks and videos in memory. */
export class SimulatedGcore {
	readonly tasks: Task[] = [];

	readonly hosting: SimulatedVideos;

	private readonly tasksById = new Map<string, Task>();

	/** Every task that takes a place in the queue, and some that no longer do. */
	private queue: Task[] = [];

	/** Violations of the OpenAPI description; empty as long as the client is right. */
	readonly violations: string[] = [];

	private readonly backends = new Map<ApiYear, Promise<OpenAPIBackend>>();

	/** When the requests that were admitted in the last second arrived, in ms since the epoch. */
	private admitted: number[] = [];

	constructor(readonly options: GcoreOptions) {
		this.hosting = new SimulatedVideos(this);
	}

	/** Reads the description. */
	async init(): Promise<void> {
		await this.backend();
	}

	/** Answers one request, as Gcore would to the API key in its `Authorization` header. */
	async answer(request: Request): Promise<Answer> {
		if (!this.admits()) return failed(429, 'Too many requests');
		const key = /^apikey (\S+)$/i.exec(String(request.headers['authorization']))?.[1] ?? '';
		if (key === KEYS.forbidden) return failed(403, 'Permission denied');
		if (key === lacking(request.path)) {
			return failed(422, 'Feature is disabled. Contact support to enable.');
		}
		if (!Object.values<string>(KEYS).includes(key)) return failed(401, 'Authorization failed');
		this.hosting.catchUp();
		const backend = await this.backend();
		return (await backend.handleRequest(request)) as Answer;
	}

	/** Whether the rate limit has room for one more request, which it then counts. */
	private admits(): boolean {
		const { requestsPerSecond } = this.options;
		if (requestsPerSecond === Infinity) return true;
		const now = Date.now();
		this.admitted = this.admitted.filter((at) => at > now - 1000);
		if (this.admitted.length >= requestsPerSecond) return false;
		this.admitted.push(now);
		return true;
	}

	private get shape(): Shape {
		return SHAPES[this.options.api];
	}

	/** Checks requests and answers against the description in use, and passes them to the handlers. */
	private async backend(): Promise<OpenAPIBackend> {
		const { api } = this.options;
		const backend = this.backends.get(api) ?? this.newBackend();
		this.backends.set(api, backend);
		return await backend;
	}

	private async newBackend(): Promise<OpenAPIBackend> {
		const backend = new OpenAPIBackend({
			definition: path.join(__dirname, this.shape.definition),
			// It checks its schemas when they are first needed; a test checks the descriptions
			quick: true,
			coerceTypes: true,
			ajvOpts: { strict: false, code: { optimize: false } },
			customizeAjv: (ajv) => addFormats(ajv),
			handlers: {
				createTask: ({ request }) => this.createTask(request.requestBody),
				listTasks: ({ request }) => this.listTasks(request.query),
				getTask: ({ request }) => this.getTask(String(request.params['task_id'])),
				cancelTask: ({ request }) => this.cancelTask(String(request.params['task_id'])),
				languageSupport: ({ request }) => this.languageSupport(request.query),
				...this.hosting.handlers,
				validationFail: (context) => this.refuse(context),
				notFound: ({ request }) => this.unknown(request, 404, 'Not found'),
				methodNotAllowed: ({ request }) => this.unknown(request, 405, 'Method not allowed'),
				postResponseHandler: (context) => this.asDescribed(context),
			},
		});
		await backend.init();
		// The router works them out anew for each request, which costs as much as all the rest
		const { router } = backend;
		const operations = router.getOperations();
		router.getOperations = () => operations;
		return backend;
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

	/** Loses all tasks and videos, and what it knows of earlier requests. */
	forget(): void {
		this.hosting.forget();
		this.tasks.length = this.queue.length = this.admitted.length = 0;
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

	/** Whether the queue takes one more. It drops ended tasks only when it looks full. */
	private hasRoom(now: number): boolean {
		const { queueLimit } = this.options;
		if (this.queue.length >= queueLimit) {
			this.queue = this.queue.filter((task) => isUnfinished(task, now, this.shape));
		}
		return this.queue.length < queueLimit;
	}

	private getTask(id: string): Answer {
		const task = this.tasksById.get(id.toLowerCase());
		if (!task) return this.shape.unknownTask;
		return { status: 200, body: taskOf(task, Date.now(), this.shape) };
	}

	private listTasks({ page, limit, ...filters }: Query): Answer {
		const rowsAPage = Math.min(Number(limit ?? 10), this.options.pageSizeLimit);
		const first = (Number(page ?? 1) - 1) * rowsAPage;
		const end = first + rowsAPage;
		const now = Date.now();
		const tasks = this.tasks
			.filter((task) => this.isWanted(task, now, filters))
			.sort(this.comparison(now, filters['ordering'] as SortKey | undefined));
		const next = end < tasks.length ? `page=${Number(page ?? 1) + 1}` : null;
		const previous = first > 0 ? `page=${Number(page) - 1}` : null;
		const results = tasks.slice(first, end).map((task) => rowOf(task, now, this.shape));
		return { status: 200, body: { count: tasks.length, next, previous, results } };
	}

	private isWanted(
		task: Task,
		now: number,
		{ status, task_id, task_name, search }: Query,
	): boolean {
		const isOneOf = (value: string, filter: unknown) => filter === undefined || value === filter;
		const row = () => JSON.stringify(rowOf(task, now, this.shape));
		return (
			isOneOf(task.id, task_id) &&
			isOneOf(task.request.task_name, task_name) &&
			isOneOf(stateOf(task, now, this.shape).status, status) &&
			(!search || row().includes(JSON.stringify(search).slice(1, -1)))
		);
	}

	private cancelTask(id: string): Answer {
		const now = Date.now();
		const task = this.tasksById.get(id.toLowerCase());
		if (!task) return this.shape.nothingToCancel;
		const { status } = stateOf(task, now, this.shape);
		if (!isUnfinished(task, now, this.shape)) return this.shape.tooLateToCancel(status);
		task.cancelledAt = now;
		return { status: this.shape.cancelled, body: { result: 'Task was revoked' } };
	}

	private languageSupport({ audio_language, subtitles_language }: Query): Answer {
		const [audio, subtitles] = [String(audio_language), subtitles_language as string | undefined];
		return { status: 200, body: { supported: isSupported(audio, subtitles) } };
	}

	/** Sorts by a column, ascending; by default by the start, newest first. */
	private comparison(now: number, ordering: SortKey | undefined): (a: Task, b: Task) => number {
		const notStarted = this.options.queuedLast ? -Infinity : Infinity;
		const keys: Record<SortKey, (task: Task) => string | number> = {
			task_id: ({ id }) => id,
			status: (task) => stateOf(task, now, this.shape).status,
			task_name: ({ request }) => request.task_name,
			started_at: (task) => startOf(task, now) ?? Infinity,
		};
		const key = ordering ? keys[ordering] : (task: Task) => startOf(task, now) ?? notStarted;
		const sign = ordering ? 1 : -1;
		// Not by localeCompare, which is slow: the keys are plain ASCII
		return (a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -sign : sign);
	}

	/** A call that Gcore may have, but that nothing here should make. */
	private unknown({ method, path: called }: Request, status: number, text: string): Answer {
		this.violations.push(`${method} ${called}: not in openapi.yaml`);
		return failed(status, text);
	}

	private refuse({ operation, request, validation }: Context): Answer {
		const errors = validation.errors ?? [];
		const problems = errors.map(
			({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
		);
		this.violations.push(`${operation.operationId}: ${problems.join('; ')}`);
		if (operation.operationId === 'createVideo') return refusedVideo(errors);
		if (operation.operationId !== 'createTask') return failed(400, problems.join('; '));
		const body = (request.requestBody ?? {}) as Record<string, unknown>;
		if (!body['url']) return failed(400, '"url" is not specified');
		const field = errors[0]?.instancePath.split('/').at(-1) ?? '';
		return field.endsWith('_language')
			? this.shape.unknownLanguage(field, String(body[field]))
			: failed(400, problems.join('; '));
	}

	/** Records a violation if the simulator's own answer is not in its description. */
	private asDescribed({ api, operation, response }: Context): Answer {
		const { status, body } = response as Answer;
		const { errors } = api.validateResponse(body, operation, status);
		const isKnown = !operation || String(status) in (operation.responses ?? {});
		if (errors || !isKnown) {
			this.violations.push(`Answer: ${JSON.stringify({ status, body, errors })}`);
		}
		return response as Answer;
	}
}

type Query = Record<string, unknown>;

type SortKey = 'task_id' | 'status' | 'task_name' | 'started_at';

/** The key of an account without the product at this path. */
function lacking(path: string): string {
	return path.startsWith('/streaming/videos') ? KEYS.noHosting : KEYS.noAi;
}
