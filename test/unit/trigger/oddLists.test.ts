import { FAILURES_A_POLL, findFinished } from '../../../nodes/GcoreTrigger/findFinished';
import type { TaskSource } from '../../../nodes/GcoreTrigger/findFinished';
import { MOST_REQUESTS } from '../../../nodes/GcoreTrigger/readLists';
import { KEPT } from '../../../nodes/GcoreTrigger/state';
import type { TriggerState } from '../../../nodes/GcoreTrigger/state';
import { GcoreError } from '../../../nodes/shared/api/errors';
import { ModelGcore } from './model';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

const ENDS = ['SUCCESS', 'FAILURE', 'REVOKED'];

/** Polls with the state that the last poll left. */
function triggerOf(gcore: ModelGcore) {
	let state: TriggerState | undefined;
	return async () => {
		const found = await findFinished(gcore, state, {
			now: gcore.now,
			mayBeOld: state === undefined,
			statuses: ENDS,
			isMatch: () => true,
			withResult: false,
			onlyHosted: false,
		});
		state = JSON.parse(JSON.stringify(found.state)) as TriggerState;
		return { ids: found.tasks.map(({ task_id }) => task_id), state };
	};
}

test('a list that never ends, each row new, fails the poll', async () => {
	const gcore = new ModelGcore({ pageSize: 3, queuedLast: false });
	let pages = 0;
	gcore.listTasks = async () => {
		const rows = [{ task_id: String(++pages), status: 'SUCCESS' as const }];
		return {
			rows: rows as never,
			more: true,
			count: Infinity,
			ids: rows.map(({ task_id }) => task_id),
		};
	};
	await expect(triggerOf(gcore)()).rejects.toThrow('its list does not end');
	expect(pages).toBe(MOST_REQUESTS);
});

test('a task that a shift of the pages hides is found when they are read again', async () => {
	const gcore = new ModelGcore({ pageSize: 3, queuedLast: false });
	const poll = triggerOf(gcore);
	gcore.past(DAY, DAY);
	await poll();
	gcore.now += 20 * HOUR;
	const ended = Array.from({ length: 9 }, (_, index) => gcore.past((index + 1) * HOUR, 1).id);
	const newest = gcore.create({ status: 'STARTED', startedAt: gcore.now });
	let requests = 0;
	gcore.onRequest = () => {
		if (++requests === 2) gcore.tasks.delete(newest.id);
	};
	expect([...(await poll()).ids].sort()).toEqual(ended.sort());
});

test('a task that goes back a status while the statuses are read is seen all the same', async () => {
	const gcore = new ModelGcore({ pageSize: 10, queuedLast: false });
	const poll = triggerOf(gcore);
	// So many that the first poll does not read down to the old one
	for (let index = 0; index < KEPT + 10; index++) gcore.past(HOUR, HOUR);
	for (let index = 0; index < 30; index++) gcore.past(2 * DAY, 2 * DAY);
	const old = gcore.create({ status: 'PENDING', startedAt: gcore.now - DAY });
	const { listTasks } = gcore;
	gcore.listTasks = async (query) => {
		// Once PENDING has been read, the task returns to it
		if (query.status === 'STARTED') old.status = 'PENDING';
		if (query.status === 'PENDING' && old.status !== 'seen') old.status = 'STARTED';
		const page = await listTasks.call(gcore, query);
		if (query.status === 'RETRY') gcore.listTasks = listTasks;
		return page;
	};
	await poll();
	gcore.now += 1000;
	gcore.end(old, 'SUCCESS');
	expect((await poll()).ids).toEqual([old.id]);
});

test('a task that the list shows too late is reported, though it started long ago', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const poll = triggerOf(gcore);
	gcore.past(HOUR, HOUR);
	await poll();
	gcore.now += 1000;
	const late = gcore.past(DAY, 1);
	expect((await poll()).ids).toEqual([late.id]);
	expect((await poll()).ids).toEqual([]);
});

test('a task is not reported again, though the list is out of date for a while', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const poll = triggerOf(gcore);
	await poll();
	const task = gcore.past(1, 1);
	expect((await poll()).ids).toEqual([task.id]);
	task.status = 'STARTED';
	expect((await poll()).ids).toEqual([]);
	task.status = 'SUCCESS';
	expect((await poll()).ids).toEqual([]);
});

test('the state is bounded, and more tasks than it holds are reported all the same', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const poll = triggerOf(gcore);
	await poll();
	const ended = Array.from({ length: KEPT + 500 }, (_, index) => gcore.past(index + 1, index).id);
	const { ids, state } = await poll();
	expect([...ids].sort()).toEqual(ended.sort());
	expect(Object.keys(state.done)).toHaveLength(KEPT);
	expect((await poll()).ids).toEqual([]);
	const next = gcore.past(-1, -1);
	gcore.now += 2;
	expect((await poll()).ids).toEqual([next.id]);
});

test.each([true, false])(
	'a task that ended without a start is found among thousands of them, if it shows its end (queued last: %p)',
	async (queuedLast) => {
		const gcore = new ModelGcore({ pageSize: 100, queuedLast });
		for (let index = 0; index <= KEPT; index++) gcore.end(gcore.create(), 'REVOKED');
		const poll = triggerOf(gcore);
		await poll();
		gcore.now += HOUR;
		for (const isTimeless of [true, false]) gcore.end(gcore.create({ isTimeless }), 'REVOKED');
		expect((await poll()).ids).toEqual([[...gcore.tasks.keys()].at(-1)]);
		expect((await poll()).ids).toEqual([]);
	},
);

test('a task that took the place of a deleted one is found within an hour, on any page', async () => {
	const gcore = new ModelGcore({ pageSize: 10, queuedLast: true });
	const past = Array.from({ length: 55 }, (_, index) =>
		gcore.past(DAY + index * HOUR, DAY, 'REVOKED'),
	);
	const poll = triggerOf(gcore);
	await poll();
	gcore.now += 60_000;
	gcore.tasks.delete(past[20]?.id ?? '');
	const unstarted = gcore.create();
	gcore.end(unstarted, 'REVOKED');
	expect((await poll()).ids).toEqual([]);
	gcore.now += HOUR;
	expect((await poll()).ids).toEqual([unstarted.id]);
});

test('a status that is newly looked for starts without its history', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	let statuses = ['SUCCESS'];
	let state: TriggerState | undefined;
	const poll = async () => {
		const { now } = gcore;
		const search = {
			now,
			mayBeOld: false,
			statuses,
			isMatch: () => true,
			withResult: false,
			onlyHosted: false,
		};
		const found = await findFinished(gcore, state, search);
		state = found.state;
		return found.tasks.map(({ task_id }) => task_id);
	};
	await poll();
	gcore.now += 60_000;
	gcore.past(30_000, 1, 'FAILURE');
	await poll();
	gcore.now += 60_000;
	statuses = ['SUCCESS', 'FAILURE'];
	const after = gcore.past(30_000, 1, 'FAILURE');
	expect(await poll()).toEqual([after.id]);
});

test('a task without any time is reported if a poll saw it in the queue', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const poll = triggerOf(gcore);
	await poll();
	const task = gcore.create({ status: 'PENDING', isTimeless: true });
	expect((await poll()).ids).toEqual([]);
	gcore.end(task, 'REVOKED');
	expect((await poll()).ids).toEqual([task.id]);
	expect((await poll()).ids).toEqual([]);
});

test('tasks that cannot be fetched are kept for a day of an outage, and given up after it', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const out = new GcoreError('serverError', { status: 500 });
	const source: TaskSource = {
		listTasks: async (query) => await gcore.listTasks(query),
		getTask: async () => await Promise.reject(out),
	};
	let state: TriggerState | undefined;
	const search = { statuses: ENDS, isMatch: () => true, withResult: true, onlyHosted: false };
	const poll = async () => {
		gcore.now += 60_000;
		const mayBeOld = state === undefined;
		const found = await findFinished(source, state, {
			...search,
			now: gcore.now,
			mayBeOld,
		});
		state = found.state;
		return found;
	};
	await poll();
	const ids = Array.from({ length: FAILURES_A_POLL }, () => {
		const task = gcore.create();
		gcore.end(task, 'SUCCESS');
		return task.id;
	});
	const first = await poll();
	expect(first).toMatchObject({ tasks: [], outage: out });
	expect(first.warnings).toHaveLength(FAILURES_A_POLL);
	for (let polls = 24 * 60 - 2; polls > 0; polls--) {
		expect(await poll()).toMatchObject({ tasks: [], warnings: [], outage: out });
	}
	const last = [await poll(), await poll(), await poll()];
	expect(last.flatMap(({ tasks }) => tasks.map(({ task_id }) => task_id)).sort()).toEqual(
		ids.sort(),
	);
});

test('a list with tasks of other kinds is not read beyond its end', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	for (let index = 0; index < 150; index++) gcore.past(DAY + index, DAY, 'REVOKED');
	const pages: number[] = [];
	const source: TaskSource = {
		async listTasks(query) {
			if (query.status === 'REVOKED') pages.push(query.page);
			const page = await gcore.listTasks(query);
			return { ...page, rows: page.rows.filter((_, index) => index % 3 === 0) };
		},
		getTask: async (taskId) => await gcore.getTask(taskId),
	};
	const search = { statuses: ENDS, isMatch: () => true, withResult: false, onlyHosted: false };
	const mayBeOld = true;
	let { state } = await findFinished(source, undefined, {
		...search,
		now: gcore.now,
		mayBeOld,
	});
	gcore.now += 60_000;
	gcore.end(gcore.create(), 'REVOKED');
	({ state } = await findFinished(source, state, {
		...search,
		now: gcore.now,
		mayBeOld,
	}));
	expect(state.counts['REVOKED']).toBe(151);
	expect(Math.max(...pages)).toBe(2);
});
