import type { CreateTaskRequest, Task } from '../../../shared/api/types';
import { groupBy } from '../../../shared/groupBy';
import { Problem } from '../../../shared/problem';
import { knownTasks } from '../../../shared/tasks/known';
import { requestKey } from '../../../shared/tasks/match';
import { submitTasks } from '../../../shared/tasks/submit';
import { CLOCK_DIFFERENCE_MS, hasEnded, timesOf } from '../../../shared/tasks/task';
import { Ledger } from '../../ledger';
import type { LedgerEntry } from '../../ledger';
import type { Run } from '../../operation';

/** One task that is wanted. */
export interface Order {
	request: CreateTaskRequest;
	/** How long to wait for room in Gcore's queue, in ms; 0 where a full queue is a problem at once. */
	maxWaitForRoomMs: number;
	/** How old a task may be that is taken instead of a new one, in ms; undefined where none is. */
	reuseWithinMs: number | undefined;
}

/** An order with what the ledger has of it, while it has no task. */
interface OpenOrder extends Order {
	entry: LedgerEntry;
}

/**
 * Sees to it that each order has a task: one of an earlier try of this run, one that exists where
 * that is wanted, or a new one.
 *
 * @returns for each its entry in the ledger with the task's ID, or what went wrong; undefined where
 *   the run ended before its turn
 */
export async function sendOrders(
	run: Run,
	orders: readonly Order[],
): Promise<Array<LedgerEntry | Problem | undefined>> {
	const ledger = new Ledger(run.retryMemory);
	const entries = orders.map(({ request }) => ledger.entryFor(request));
	run.createdTaskIds = ledger.createdTaskIds();
	const open = orders.flatMap((order, index): OpenOrder[] => {
		const entry = entries[index];
		return !entry || entry.taskId ? [] : [{ ...order, entry }];
	});
	const problems = new Map<LedgerEntry, Problem>();
	// An execution that n8n runs again by hand has its old ledger, and newer tasks to reuse
	const mayReuse = open.some(({ reuseWithinMs }) => reuseWithinMs !== undefined);
	if (open.length > 0 && (!ledger.known || mayReuse)) await lookAround(run, ledger, open, problems);
	const unsent = open.filter(({ entry }) => !entry.taskId && !problems.has(entry));
	if (problems.size === 0 || !run.stopOnProblem) await send(run, ledger, unsent, problems);
	return entries.map((entry) => problems.get(entry) ?? (entry.taskId ? entry : undefined));
}

/** Reads which tasks are there, before the first request, and reuses those that it may. */
async function lookAround(
	{ client }: Run,
	ledger: Ledger,
	open: readonly OpenOrder[],
	problems: Map<LedgerEntry, Problem>,
): Promise<void> {
	const now = Date.now();
	const ages = open.map(({ reuseWithinMs = 0 }) => reuseWithinMs);
	const since = now - ages.reduce((a, b) => Math.max(a, b), CLOCK_DIFFERENCE_MS);
	const urls = open.map(({ request }) => request.url);
	const reusing = open.filter(({ reuseWithinMs }) => reuseWithinMs !== undefined);
	const tasks = await knownTasks(client, urls, since).catch((error: unknown) => {
		// Without reuse it serves only to find lost answers: without it they are told as lost
		for (const { entry } of reusing) {
			if (entry.lostAt === undefined) problems.set(entry, cannotReuse(error));
		}
	});
	if (!tasks) return;
	ledger.noteKnown(tasks.map(({ task_id }) => task_id));
	const own = new Set(ledger.taskIds());
	const others = tasks.filter(({ task_id }) => !own.has(task_id));
	reuse(reusing, others, now);
}

function cannotReuse(error: unknown): Problem {
	const why = error instanceof Error ? error.message : String(error);
	return new Problem(
		`The tasks that may be reused cannot be listed: ${why}`,
		'Nothing was sent for this item. Run it again later, or turn off Reuse Existing Task.',
	);
}

/** Gives each order a task of its own that is there for the same request, done ones first. */
function reuse(orders: readonly OpenOrder[], tasks: readonly Task[], now: number): void {
	const usable = tasks.filter((task) => !hasEnded(task) || task.status === 'SUCCESS');
	usable.sort((a, b) => Number(hasEnded(b)) - Number(hasEnded(a)));
	const byRequest = groupBy(usable, (task) => requestKey(task.task_data ?? {}));
	for (const { request, entry, reuseWithinMs = 0 } of orders) {
		const same = byRequest.get(requestKey(request)) ?? [];
		const index = same.findIndex((task) => (timesOf(task).start ?? now) >= now - reuseWithinMs);
		const [task] = index < 0 ? [] : same.splice(index, 1);
		if (task) Object.assign(entry, { taskId: task.task_id, reused: true });
	}
}

async function send(
	run: Run,
	ledger: Ledger,
	orders: readonly OpenOrder[],
	problems: Map<LedgerEntry, Problem>,
): Promise<void> {
	const submissions = orders.map(({ request, maxWaitForRoomMs, entry }) => ({
		request,
		maxWaitMs: maxWaitForRoomMs,
		lostAt: entry.lostAt,
	}));
	const ends = await submitTasks(submissions, {
		client: run.client,
		stopOnProblem: run.stopOnProblem,
		cancelSignal: run.cancelSignal,
		taken: new Set([...(ledger.known ?? []), ...ledger.taskIds()]),
		takenIsComplete: ledger.known !== undefined,
		onTask(index, taskId) {
			const entry = orders[index]?.entry;
			if (entry) entry.taskId = taskId;
			run.createdTaskIds.push(taskId);
		},
		onLost(index, lostAt) {
			const entry = orders[index]?.entry;
			if (entry) entry.lostAt = lostAt;
		},
		onQueueFull: () => run.progress(queueFullText(run.createdTaskIds.length)),
	});
	for (const [index, { entry }] of orders.entries()) {
		const end = ends[index];
		if (end instanceof Problem) problems.set(entry, end);
	}
	run.lostAnswers = orders.filter(
		({ entry }) => !entry.taskId && entry.lostAt !== undefined,
	).length;
}

function queueFullText(created: number): string {
	return `Gcore: its queue is full. ${created} tasks created so far`;
}
