import { findFinished } from '../../../nodes/GcoreTrigger/finished';
import { KEPT } from '../../../nodes/GcoreTrigger/finishedTasks';
import type { TriggerState } from '../../../nodes/GcoreTrigger/finishedTasks';
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
			thorough: state === undefined,
			isWanted: ({ status }) => ENDS.includes(status),
			withResult: false,
		});
		state = JSON.parse(JSON.stringify(found.state)) as TriggerState;
		return { ids: found.tasks.map(({ task_id }) => task_id), state };
	};
}

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
		// Once PENDING has been read it is that again
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

test('a task that the list shows too late is told, though it started long ago', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	const poll = triggerOf(gcore);
	gcore.past(HOUR, HOUR);
	await poll();
	gcore.now += 1000;
	const late = gcore.past(DAY, 1);
	expect((await poll()).ids).toEqual([late.id]);
	expect((await poll()).ids).toEqual([]);
});

test('a task that has been told stays told, though the list is out of date for a while', async () => {
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

test('the state is bounded, and more tasks than it holds are told all the same', async () => {
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

test('so are tasks that ended without a start, of which those without an end are then left out', async () => {
	const gcore = new ModelGcore({ pageSize: 100, queuedLast: true });
	for (let index = 0; index <= KEPT; index++) gcore.end(gcore.create(), 'REVOKED');
	const poll = triggerOf(gcore);
	expect((await poll()).state.unstarted).toBeNull();
	gcore.now += HOUR;
	for (const isTimeless of [true, false]) gcore.end(gcore.create({ isTimeless }), 'REVOKED');
	const told: string[] = [];
	for (let polls = 25; polls > 0; polls--) told.push(...(await poll()).ids);
	expect(told).toEqual([[...gcore.tasks.keys()].at(-1)]);
});
