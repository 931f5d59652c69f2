import { FAILED_POLLS, FAILURES_A_POLL } from '../../nodes/GcoreTrigger/findFinished';
import { PATIENCE_MS } from '../../nodes/GcoreTrigger/poll';
import { POOL_SIZE } from '../../nodes/shared/pool';
import { PolledWorkflow } from './poll';
import { setStage } from './stage';
import { GATEWAY_PAGE, KEYS } from '../simulator';
import type { CreateTask, Task } from '../simulator/task';

const simulator = setStage();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ALL = { triggerOn: ['SUCCESS', 'FAILURE', 'REVOKED'] };

const pass = (ms: number) => void jest.advanceTimersByTime(ms);

afterEach(() => {
	jest.restoreAllMocks();
});

const workflow = (parameters = {}, credential = {}) =>
	new PolledWorkflow(simulator(), parameters, credential);

const running = (details: Partial<Task> = {}) =>
	simulator().add({ durationMs: 30 * MINUTE, ...details });

/** A task that ended so long ago, after ten minutes of work. */
const past = (endedAgo: number, details: Partial<Task> = {}) =>
	simulator().add({
		createdAt: Date.now() - endedAgo - 10 * MINUTE,
		durationMs: 10 * MINUTE,
		...details,
	});

const request = (name: string, details: Partial<CreateTask> = {}): CreateTask => ({
	task_name: 'transcription',
	url: `https://example.com/${name}.mp4`,
	...details,
});

/** Ends a task that is running. */
const finish = (task: Task) => {
	task.durationMs = Date.now() - task.createdAt;
};

const cancel = (task: Task) => {
	task.cancelledAt = Date.now();
};

const listed = () => simulator().requests.filter(({ path }) => path.endsWith('/tasks'));
const asked = () => simulator().requests.filter(({ path }) => !path.endsWith('/tasks'));
const forgetRequests = () => {
	simulator().requests.length = 0;
};

describe('what it reports', () => {
	test('a task that succeeded, with its result, once', async () => {
		const [trigger, task] = [workflow(), running({ request: request('a') })];
		await trigger.activate();
		expect(await trigger.poll()).toBeNull();
		finish(task);
		expect(await trigger.poll()).toEqual([
			{
				json: expect.objectContaining({
					task_id: task.id,
					status: 'SUCCESS',
					url: 'https://example.com/a.mp4',
					text: expect.stringContaining('Come on'),
				}),
			},
		]);
		expect(await trigger.poll()).toBeNull();
	});

	test('nothing of the past, and nothing that ends in another way', async () => {
		const trigger = workflow();
		for (let index = 0; index < 150; index++) past(index * MINUTE);
		const tasks = [running({ request: request('failure') }), running()];
		await trigger.activate();
		finish(tasks[0] as Task);
		cancel(tasks[1] as Task);
		for (let polls = 3; polls > 0; polls--) expect(await trigger.poll()).toBeNull();
	});

	test('every way to end, in the order of completion, those without times last', async () => {
		const trigger = workflow(ALL);
		const names = ['timeless', 'last', 'failure', 'cancelled', 'first'];
		const tasks = names.map((name) => running({ request: request(name) }));
		const [timeless, last, failed, cancelled, first] = tasks as [Task, Task, Task, Task, Task];
		await trigger.activate();
		for (const task of [first, failed, cancelled, last, timeless]) {
			pass(MINUTE);
			if (task === cancelled) cancel(task);
			else finish(task);
		}
		timeless.shown = { times: { started_at: null, completed_at: null } };
		const items = await trigger.poll();
		const ids = [first, failed, cancelled, last, timeless].map(({ id }) => id);
		expect(items?.map(({ json }) => json['task_id'])).toEqual(ids);
		expect(items?.[1]?.json).toMatchObject({ failure_reason: expect.stringContaining('file') });
	});

	test('tasks of a user, with a text', async () => {
		const trigger = workflow({ filters: { clientUserId: 'u1', text: 'WEBINAR' } });
		const both = { client_user_id: 'u1', client_entity_data: '{"kind":"Webinar"}' };
		const tasks = [
			request('a', both),
			request('webinar', { client_user_id: 'u1' }),
			request('webinar'),
			request('b', { client_user_id: 'u1' }),
			request('c', { ...both, client_user_id: 'u10' }),
		].map((request) => running({ request }));
		await trigger.activate();
		tasks.forEach(finish);
		await trigger.poll();
		expect([...trigger.taskIds].sort()).toEqual([tasks[0]?.id, tasks[1]?.id].sort());
		expect(asked()).toHaveLength(2);
	});

	test('the raw answer, or the row of the list without a request a task', async () => {
		const raw = workflow({ simplify: false });
		const lean = workflow({ options: { includeResult: false } });
		const task = running();
		for (const trigger of [raw, lean]) await trigger.activate();
		finish(task);
		expect((await raw.poll())?.[0]?.json).toMatchObject({ result: { languages: ['eng'] } });
		forgetRequests();
		expect((await lean.poll())?.[0]?.json).toMatchObject({ task_id: task.id, text: null });
		expect(asked()).toEqual([]);
	});

	test('subtitles as files, of tasks that have some', async () => {
		const trigger = workflow({
			...ALL,
			options: { downloadSubtitles: ['srt', 'cues'], includeResult: false },
		});
		const [good, bad] = [running({ request: request('good') }), running()];
		await trigger.activate();
		finish(good);
		pass(1000);
		cancel(bad);
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['srt', 'cues'], []]);
		expect(items[0]?.binary?.['srt']).toMatchObject({ fileName: 'good.eng.srt' });
		const srt = Buffer.from(items[0]?.binary?.['srt']?.data ?? '', 'base64').toString();
		expect(srt).toContain('Where are we going?');
	});
});

describe('no task is missed or reported twice', () => {
	test.each([true, false])('with queued tasks last: %p', async (queuedLast) => {
		Object.assign(simulator().options, { queuedLast, pageSizeLimit: 10 });
		const trigger = workflow(ALL);
		for (let index = 0; index < 35; index++) past((index + 1) * HOUR);
		for (let index = 0; index < 25; index++) cancel(running());
		const old = running({ createdAt: Date.now() - DAY, durationMs: 2 * DAY });
		const queued = running();
		await trigger.activate();
		// Newer tasks push the old one far down
		const newer = Array.from({ length: 30 }, () => running());
		pass(10 * MINUTE);
		expect(await trigger.poll()).toBeNull();
		const fleeting = running();
		for (const task of [fleeting, queued]) cancel(task);
		old.shown = { status: 'PENDING' };
		expect(await trigger.poll()).not.toContain(old.id);
		delete old.shown;
		for (const task of [old, ...newer]) finish(task);
		for (let polls = 6; polls > 0; polls--) {
			pass(MINUTE);
			await trigger.poll();
		}
		const ended = [old, queued, fleeting, ...newer].map(({ id }) => id);
		expect([...trigger.taskIds].sort()).toEqual(ended.sort());
	});

	test('n8n was down, and what it had saved was days old', async () => {
		const trigger = workflow(ALL);
		for (let index = 0; index < 120; index++) past((index + 1) * HOUR);
		const seen = running({ durationMs: 10 * DAY });
		await trigger.activate();
		// These polls report nothing, so n8n saves nothing
		for (let days = 3; days > 0; days--) {
			pass(DAY);
			expect(await trigger.poll()).toBeNull();
		}
		const missed = Array.from({ length: 250 }, (_, index) => past(index * 1000));
		cancel(seen);
		const fleeting = running();
		cancel(fleeting);
		await trigger.restart();
		const ended = [seen, fleeting, ...missed].map(({ id }) => id);
		expect([...trigger.taskIds].sort()).toEqual(ended.sort());
		expect(trigger.executions).toHaveLength(1);
		expect(await trigger.poll()).toBeNull();
		await trigger.restart();
		expect(trigger.executions).toHaveLength(1);
	});

	test('switched off and on with other settings, it goes on from where it stopped', async () => {
		const trigger = workflow();
		const [before, between, after] = [running(), running(), running()] as [Task, Task, Task];
		await trigger.activate();
		finish(before);
		cancel(between);
		await trigger.poll();
		trigger.parameters = ALL;
		await trigger.activate();
		cancel(after);
		await trigger.poll();
		expect(trigger.taskIds).toEqual([before.id, after.id]);
	});

	test('tasks that the old settings passed over for days are not reported with new settings', async () => {
		const trigger = workflow();
		const long = { durationMs: 10 * DAY };
		const tasks = [running(long), running(long), running(long)] as [Task, Task, Task];
		await trigger.activate();
		for (const task of tasks.slice(0, 2)) {
			cancel(task);
			pass(DAY);
			expect(await trigger.poll()).toBeNull();
		}
		trigger.parameters = ALL;
		await trigger.activate();
		cancel(tasks[2]);
		await trigger.poll();
		expect(trigger.taskIds).toEqual([tasks[2].id]);
	});

	test('every poll loads what n8n has saved, as with its durable scheduler', async () => {
		const trigger = workflow({ options: { includeResult: true } });
		const [first, gone, second] = [running(), running(), running()] as [Task, Task, Task];
		await trigger.activate();
		const minute = async () => {
			pass(MINUTE);
			forgetRequests();
			await trigger.pollAnew();
			expect(listed().length).toBeLessThanOrEqual(5);
		};
		await minute();
		finish(first);
		simulator().delete(gone);
		for (let polls = 20; polls > 0; polls--) await minute();
		expect(asked()).toEqual([]);
		finish(second);
		await minute();
		expect(trigger.taskIds).toEqual([first.id, second.id]);

		simulator().inject({ does: 'answer', status: 503, times: Infinity });
		await trigger.pollAnew();
		pass(61 * MINUTE);
		await expect(trigger.pollAnew()).rejects.toThrow(/HTTP 503/);
	});

	test('n8n goes back to an older state, since it did not start the execution', async () => {
		const [trigger, task] = [workflow(), running()];
		await trigger.activate();
		const { saved } = trigger;
		pass(MINUTE);
		finish(task);
		await trigger.poll();
		trigger.saved = saved;
		await trigger.activate();
		expect(trigger.taskIds).toEqual([task.id, task.id]);
	});

	test('a poll that starts while the last one is not done', async () => {
		const [trigger, task] = [workflow(), running()];
		await trigger.activate();
		finish(task);
		simulator().inject({ does: 'delay', ms: 200 });
		const results = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(results.map((items) => items?.length)).toEqual([1, undefined]);
	});

	test('an activation while a poll of the last one is not done', async () => {
		const [trigger, task] = [workflow(), running()];
		await trigger.activate();
		finish(task);
		simulator().inject({ does: 'delay', ms: 500 });
		await Promise.all([trigger.poll(), trigger.activate()]);
		expect(trigger.taskIds).toEqual([task.id]);
	});

	test.each([404, 500])('a task that answers %p is asked for again', async (status) => {
		const [trigger, good, bad] = [workflow(), running(), running()];
		await trigger.activate();
		for (const task of [good, bad]) finish(task);
		const on = ({ path }: { path: string }) => path.endsWith(bad.id);
		// In two polls; an internal error is asked about three times in each
		const times = status === 500 ? 6 : 2;
		simulator().inject({ does: 'answer', status, body: { error: 'no' }, times, on });
		const warn = jest.spyOn(trigger.logger, 'warn');
		await trigger.poll();
		expect(trigger.taskIds).toEqual([good.id]);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining(bad.id));
		await trigger.activate();
		await trigger.poll();
		expect(trigger.taskIds).toEqual([good.id, bad.id]);
	});

	test('a success without its result is fetched again, and becomes no empty file', async () => {
		const [trigger, task] = [workflow({ options: { downloadSubtitles: ['srt'] } }), running()];
		await trigger.activate();
		await trigger.poll();
		finish(task);
		task.shown = { result: null };
		const warn = jest.spyOn(trigger.logger, 'warn');
		expect(await trigger.poll()).toBeNull();
		expect(warn).toHaveBeenCalledWith(expect.stringMatching(/it succeeded, but has no result/));
		delete task.shown;
		const items = await trigger.poll();
		expect(items?.[0]?.binary?.['srt']?.fileSize).not.toBe('0 B');
		simulator().violations.length = 0;
	});

	test('a finished task that cannot be fetched is logged twice, and then reported without its result', async () => {
		const [trigger, good, bad] = [workflow(), running(), running()];
		await trigger.activate();
		await trigger.poll();
		for (const task of [good, bad]) finish(task);
		const on = ({ path }: { path: string }) => path.endsWith(bad.id);
		simulator().inject({ does: 'answer', status: 500, body: { error: 'no' }, times: Infinity, on });
		const warn = jest.spyOn(trigger.logger, 'warn');
		for (let polls = 0; polls < 35; polls++) {
			pass(MINUTE);
			await trigger.poll();
		}
		expect(trigger.taskIds).toEqual([good.id, bad.id]);
		expect(trigger.executions[1]?.[0]?.json).toMatchObject({ status: 'SUCCESS', text: null });
		expect(warn).toHaveBeenCalledTimes(2);
	}, 120_000);

	test('a task that is gone before it ends is given up', async () => {
		const [trigger, task] = [workflow(), running({ createdAt: Date.now() - 10 * MINUTE })];
		await trigger.activate();
		simulator().delete(task);
		forgetRequests();
		for (let polls = 20; polls > 0; polls--) await trigger.poll();
		expect(asked()).toHaveLength(11);
		expect(trigger.taskIds).not.toContain(task.id);
	});

	test('starts anew from the state of another version', async () => {
		const trigger = workflow();
		past(MINUTE);
		await trigger.activate();
		trigger.saved = { 'node:Gcore Trigger': { state: { version: 2 } } };
		const warn = jest.spyOn(trigger.logger, 'warn');
		await trigger.activate();
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('another version'));
		const task = running();
		await trigger.poll();
		finish(task);
		await trigger.poll();
		expect(trigger.taskIds).toEqual([task.id]);
	});
});

describe('what it costs', () => {
	/** A day of 3,000 tasks that ended in all ways, 150 of them in the queue, and 20 older ones that run. */
	const fill = () => {
		for (let index = 0; index < 3000; index++) {
			const task = past(HOUR + index * 28_000);
			if (index % 20 === 0) task.cancelledAt = task.createdAt + 1000;
			if (index % 200 === 0) task.shown = { times: { completed_at: null } };
		}
		return Array.from({ length: 20 }, (_, index) =>
			running({ createdAt: Date.now() - 2 * DAY + index, durationMs: 4 * DAY }),
		);
	};

	test.each([true, false])('of 3,000 past tasks, with queued ones last: %p', async (queuedLast) => {
		simulator().options.queuedLast = queuedLast;
		const trigger = workflow(ALL);
		const tasks = fill();
		await trigger.activate();
		for (const [index, task] of tasks.entries()) {
			pass(MINUTE);
			if (index % 3 === 0) finish(task);
			if (index % 3 === 1) task.shown = { status: 'PENDING' };
			running();
			forgetRequests();
			const items = (await trigger.poll()) ?? [];
			expect(listed().length).toBeLessThanOrEqual(5);
			expect(asked()).toHaveLength(items.length);
		}
		expect(trigger.taskIds).toHaveLength(7);
		expect(JSON.stringify(trigger.saved).length).toBeLessThan(100_000);
	});

	test.each(['STARTED', 'PENDING', 'RETRY'] as const)(
		'of an old task that is %s',
		async (status) => {
			const trigger = workflow();
			running({ createdAt: Date.now() - DAY, durationMs: 2 * DAY, shown: { status } });
			// On a page of its own, neither among the newest nor the last
			for (let index = 0; index < 150; index++) past(index * MINUTE);
			for (let index = 0; index < 150; index++) past(3 * DAY + index * MINUTE);
			await trigger.activate();
			forgetRequests();
			expect(await trigger.poll()).toBeNull();
			expect(listed().length).toBeLessThanOrEqual(5);
			expect(asked()).toEqual([]);
		},
	);

	test('of 3,000 past tasks that ended in the last minute', async () => {
		const trigger = workflow(ALL);
		for (let index = 0; index < 3000; index++) past(index * 20);
		const task = running();
		await trigger.activate();
		forgetRequests();
		finish(task);
		expect(await trigger.poll()).toHaveLength(1);
		expect(listed().length).toBeLessThanOrEqual(5);
		expect(await trigger.poll()).toBeNull();
		expect(JSON.stringify(trigger.saved).length).toBeLessThan(200_000);
	});
});

describe('a test run in the editor', () => {
	test('shows the newest few tasks, and changes nothing', async () => {
		const trigger = workflow(ALL);
		await trigger.activate();
		const tasks = Array.from({ length: 8 }, (_, index) => past(index * HOUR));
		const before = JSON.stringify(trigger.data);
		const { items } = await trigger.test();
		const newest = tasks.slice(0, 5).map(({ id }) => id);
		expect(items.map(({ json }) => json['task_id'])).toEqual(newest.reverse());
		expect(items[0]?.json).toMatchObject({ text: expect.stringContaining('Come on') });
		expect(JSON.stringify(trigger.data)).toBe(before);
	});

	test('looks for tasks that match as far as five pages', async () => {
		simulator().options.pageSizeLimit = 10;
		const old = (age: number) => past(age * HOUR, { request: request('wanted') });
		const near = old(49);
		old(60);
		for (let index = 1; index < 60; index++) if (index !== 49) past(index * HOUR);
		const { items } = await workflow({ filters: { text: 'wanted' } }).test();
		expect(items.map(({ json }) => json['task_id'])).toEqual([near.id]);
	});

	test('says what to do if there is none', async () => {
		running();
		past(HOUR, { request: request('failure') });
		const { error } = await workflow().test();
		expect(error?.message).toMatch(/^No finished task yet.* Create a task with the Gcore node/);
	});
});

describe('when Gcore does not answer, or refuses', () => {
	test.each([
		[
			KEYS.forbidden,
			'Gcore does not let this API key use AI tasks or video hosting',
			'Use a token with access',
		],
		[KEYS.noAi, 'AI is not enabled for this Gcore account', 'Ask Gcore support'],
		['wrong', 'Gcore does not accept the API key', 'Check the API Key'],
	])('the key %p stops the activation, with the cure', async (apiKey, what, cure) => {
		const trigger = workflow({}, { apiKey });
		await expect(trigger.activate()).rejects.toThrow(new RegExp(`^${what}.*${cure}`));
		expect(trigger.saved).toEqual({});
	});

	test('a Gcore that is down stops the first activation', async () => {
		simulator().inject({ does: 'answer', status: 503, times: 1000 });
		await expect(workflow().activate()).rejects.toThrow(/HTTP 503.*Try again in a few minutes/);
	});

	const refused = [401, 403, 422].map((status) => [status, { does: 'answer', status }] as const);

	test.each(refused)('a later poll fails if Gcore answers %p', async (_, fault) => {
		const trigger = workflow();
		await trigger.activate();
		const before = JSON.stringify(trigger.data);
		simulator().inject({ ...fault, times: 1000 });
		await expect(trigger.poll()).rejects.toMatchObject({ httpCode: String(fault.status) });
		expect(JSON.stringify(trigger.data)).toBe(before);
	});

	test.each([
		['429', { does: 'answer', status: 429 }],
		['500', { does: 'answer', status: 500 }],
		['a web page', { does: 'answer', status: 502, body: GATEWAY_PAGE }],
		['no connection', { does: 'reset' }],
		['no JSON', { does: 'answer', status: 200, body: 'hm' }],
	] as const)('%s is tolerated for an hour, and then reported', async (_, fault) => {
		const [trigger, task] = [workflow(), running()];
		await trigger.activate();
		await trigger.poll();
		finish(task);
		const before = JSON.stringify(trigger.data);
		const warn = jest.spyOn(trigger.logger, 'warn');
		simulator().inject({ ...fault, times: 100_000 });
		// However long ago the last successful poll was
		pass(3 * 60 * MINUTE);
		expect(await trigger.poll()).toBeNull();
		expect(warn).toHaveBeenCalledTimes(1);
		pass(61 * MINUTE);
		await expect(trigger.poll()).rejects.toThrow(/Try again in a few minutes/);
		expect(JSON.stringify(trigger.data)).toBe(before);
		simulator().clearFaults();
		await trigger.poll();
		expect(trigger.taskIds).toEqual([task.id]);
	});

	test('a poll waits out refusals for some seconds, and the next one goes on', async () => {
		const [trigger, task] = [workflow(), running()];
		await trigger.activate();
		await trigger.poll();
		finish(task);
		simulator().inject({ does: 'answer', status: 429, times: Infinity });
		const startedAt = Date.now();
		expect(await trigger.poll()).toBeNull();
		const tookMs = Date.now() - startedAt;
		expect(tookMs).toBeGreaterThan(PATIENCE_MS / 2);
		expect(tookMs).toBeLessThan(PATIENCE_MS + 1000);
		simulator().clearFaults();
		await trigger.poll();
		expect(trigger.taskIds).toEqual([task.id]);
	});

	test('a poll asks for no more tasks once ten in a row have failed', async () => {
		const [trigger, tasks] = [workflow(), Array.from({ length: 200 }, () => running())];
		await trigger.activate();
		await trigger.poll();
		for (const task of tasks) finish(task);
		const on = ({ path }: { path: string }) => path.startsWith('/streaming/ai/tasks/');
		simulator().inject({ does: 'answer', status: 500, times: Infinity, on });
		forgetRequests();
		expect(await trigger.poll()).toBeNull();
		// Some were under way when the tenth failed, and each is asked for three times
		const askedFor = new Set(
			simulator()
				.requests.filter(on)
				.map(({ path }) => path),
		);
		expect(askedFor.size).toBeGreaterThanOrEqual(FAILURES_A_POLL);
		expect(askedFor.size).toBeLessThanOrEqual(FAILURES_A_POLL + POOL_SIZE);
		simulator().clearFaults();
		await trigger.poll();
		expect(new Set(trigger.taskIds)).toEqual(new Set(tasks.map(({ id }) => id)));
	});

	test.each([
		[{ triggerOn: [] }, /^'Trigger On' is empty/],
		[{ triggerOn: '={{ "SUCCESS, DONE" }}' }, /^'Trigger On' has no "DONE"/],
		[{ filters: { text: '={{ [1] }}' } }, /^'Search Text' is not text/],
		[{ options: { downloadSubtitles: '={{ "pdf" }}' } }, /^'Download Subtitles' has no "pdf"/],
	])('%p is reported at the activation', async (parameters, message) => {
		await expect(workflow(parameters).activate()).rejects.toThrow(message);
		expect(simulator().requests).toEqual([]);
	});
});

describe('a finished task that Gcore does not hand out', () => {
	const isAbout = (ids: readonly string[]) => (request: { path: string }) =>
		ids.some((id) => request.path.endsWith(`/${id}`));

	test.each([400, 403, 410, 412, 422, 451, 500])(
		'but answers with %p does not hold up the others, and is given up in the end',
		async (status) => {
			const [trigger, bad, good] = [workflow(), running(), running()];
			await trigger.activate();
			await trigger.poll();
			simulator().inject({ does: 'answer', status, times: Infinity, on: isAbout([bad.id]) });
			finish(bad);
			finish(good);
			await trigger.poll();
			expect(trigger.taskIds).toEqual([good.id]);
			for (let polls = 0; polls <= FAILED_POLLS; polls++) {
				// An answer shows that Gcore is not out of order, nor is the key
				finish(running());
				await trigger.poll();
			}
			expect(trigger.taskIds).toContain(bad.id);
		},
	);

	test('does not hold up the others, however many there are', async () => {
		const trigger = workflow();
		const bad = Array.from({ length: 80 }, () => running());
		const good = Array.from({ length: 5 }, () => running());
		await trigger.activate();
		await trigger.poll();
		for (const task of [...bad, ...good]) finish(task);
		const on = isAbout(bad.map(({ id }) => id));
		simulator().inject({ does: 'answer', status: 500, times: Infinity, on });
		for (let polls = 3; polls > 0; polls--) await trigger.poll();
		expect(new Set(trigger.taskIds)).toEqual(new Set(good.map(({ id }) => id)));
	});
});
