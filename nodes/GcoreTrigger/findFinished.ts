import type { GcoreClient } from '../shared/api/client';
import { asGcoreError, GcoreError } from '../shared/api/errors';
import type { Task } from '../shared/api/types';
import { mapPool, POOL_SIZE } from '../shared/pool';
import { isTranscript } from '../shared/subtitles/result';
import { hasEnded, timesOf } from '../shared/tasks/task';
import { readLists } from './readLists';
import { isNew, nextState, SWEEP_EVERY_MS } from './state';
import type { TriggerState } from './state';

/** How many polls in a row may not find a task before the trigger gives it up. */
export const NOT_FOUND_POLLS = 10;

/** How many polls in a row may fail to fetch a task before it is reported without its result. */
export const FAILED_POLLS = 30;

/** After this many failures without an answer, a poll asks for no more tasks: Gcore is out of order. */
export const FAILURES_A_POLL = 10;

/** The share of a failed poll that a poll in an outage counts: a day of outage gives no task up. */
const OUTAGE_POLL = FAILED_POLLS / (24 * 60);

/** The calls that the trigger makes. */
export type TaskSource = Pick<GcoreClient, 'listTasks' | 'getTask'>;

/** Which tasks are wanted, and how. */
export interface TasksWanted {
	/** The final statuses to report. */
	statuses: readonly string[];
	/** Whether the filters let a task through, as far as its row shows. */
	isMatch(task: Task): boolean;
	/** Whether tasks are wanted with their results, which lists do not have. */
	withResult: boolean;
	/** Whether only tasks for hosted videos are wanted: each is fetched, to find its video. */
	onlyHosted: boolean;
}

/** What a poll looks for. */
export interface Search extends TasksWanted {
	/** When it began, in ms since the epoch. */
	now: number;
	/** Whether the state may be old: no poll since n8n started has left it. */
	mayBeOld: boolean;
}

/** What a poll found. */
export interface Found {
	/** The tasks that have ended, in the order of completion. */
	tasks: Task[];
	/** To be saved with them. */
	state: TriggerState;
	/** Tasks that could not be fetched this time; a later poll may still fetch them. */
	warnings: Warning[];
	/** Why no task could be fetched, if the cause is not single tasks. */
	outage: GcoreError | undefined;
}

/** A task that could not be fetched. */
export interface Warning {
	taskId: string;
	/** Why; undefined if it came without the result that it should have. */
	error: GcoreError | undefined;
	/** Whether no later poll asks for it. */
	isFinal: boolean;
}

/**
 * Finds the tasks that ended since a state was left, each once.
 *
 * @param state undefined in the very first poll, which finds nothing: what ended before is history
 * @throws GcoreError if the lists cannot be read; nothing is lost by that
 */
export async function findFinished(
	source: TaskSource,
	state: TriggerState | undefined,
	{ now, mayBeOld, statuses, isMatch, withResult, onlyHosted }: Search,
): Promise<Found> {
	const isSweep = mayBeOld || !state || now - state.sweptAt >= SWEEP_EVERY_MS;
	const lists = await readLists(source, { state, statuses, isSweep, now });
	const isWanted = (task: Task) =>
		hasEnded(task) && statuses.includes(task.status) && isMatch(task);
	const ended = [...lists.rows.values()].filter((row) => isWanted(row) && isNew(row, state));
	const unseen = Object.keys(state?.open ?? {}).filter((taskId) => !lists.rows.has(taskId));
	const candidates = [...ended.map(({ task_id }) => task_id), ...unseen];
	const asked = withResult || onlyHosted ? candidates : unseen;
	const { answers, outage } = await askForEach(source, inOrderOfFailures(asked, state));

	const { tasks, askAgain, warnings } = judge(answers, lists.rows, {
		state,
		withResult,
		weight: outage ? OUTAGE_POLL : 1,
	});
	const reported = candidates
		.filter((taskId) => !askAgain.has(taskId))
		.flatMap((taskId) => tasks.get(taskId) ?? [])
		.filter(isWanted);
	return {
		tasks: inOrderOfCompletion(reported),
		state: nextState(state, {
			polledAt: now,
			statuses,
			tasks: tasks.values(),
			askAgain,
			readDownTo: lists.readDownTo,
			counts: lists.counts,
			sweptAt: isSweep ? now : state.sweptAt,
		}),
		warnings,
		outage,
	};
}

/** What became of each task: undefined if its turn did not come. */
type Answers = ReadonlyArray<readonly [taskId: string, answer: Task | GcoreError | undefined]>;

/** Tasks that have failed before come last, so that they cannot keep others from their turn. */
function inOrderOfFailures(taskIds: readonly string[], state: TriggerState | undefined): string[] {
	const failedPolls = (taskId: string) => state?.open[taskId] ?? 0;
	return [...taskIds].sort((a, b) => failedPolls(a) - failedPolls(b));
}

/** Puts fetched tasks in place of their rows, and decides which tasks later polls ask for again. */
function judge(
	answers: Answers,
	rows: ReadonlyMap<string, Task>,
	{
		state,
		withResult,
		weight,
	}: { state: TriggerState | undefined; withResult: boolean; weight: number },
) {
	const tasks = new Map(rows);
	const askAgain = new Map<string, number>();
	const warnings: Warning[] = [];
	for (const [taskId, answer] of answers) {
		const before = state?.open[taskId] ?? 0;
		if (answer === undefined) {
			askAgain.set(taskId, before);
			continue;
		}
		const error = answer instanceof GcoreError ? answer : undefined;
		if (!(answer instanceof GcoreError)) {
			tasks.set(taskId, answer);
			if (!withResult || !lacksResult(answer)) continue;
		}
		const failedPolls = before + weight;
		const tolerated = error?.kind === 'notFound' ? NOT_FOUND_POLLS : FAILED_POLLS;
		const isFinal = failedPolls > tolerated;
		if (!isFinal) askAgain.set(taskId, failedPolls);
		if (isFinal || before === 0) warnings.push({ taskId, error, isFinal });
	}
	return { tasks, askAgain, warnings };
}

/** A result that is not there yet would make empty files. */
function lacksResult({ status, result }: Task): boolean {
	return status === 'SUCCESS' && !isTranscript(result);
}

/** The order in which tasks ended; those for which Gcore has no time come last. */
export function inOrderOfCompletion(tasks: readonly Task[]): Task[] {
	const endOf = (task: Task) => timesOf(task).end ?? Number.MAX_VALUE;
	return [...tasks].sort((a, b) => endOf(a) - endOf(b));
}

/**
 * Asks for tasks by their IDs. A task that cannot be fetched does not hold up the others: the lists were
 * read with the same key a moment ago, so even a refusal is about the task.
 *
 * @returns the task or the error for each, and the first error if many failed and none was answered
 */
async function askForEach(
	source: TaskSource,
	taskIds: readonly string[],
): Promise<{ answers: Answers; outage: GcoreError | undefined }> {
	let answered = 0;
	const failures: GcoreError[] = [];
	const isOutOfOrder = () => answered === 0 && failures.length >= FAILURES_A_POLL;
	const answers = await mapPool(
		taskIds,
		POOL_SIZE,
		async (taskId) => {
			const answer = await source.getTask(taskId).catch(asGcoreError);
			if (answer instanceof GcoreError && answer.kind !== 'notFound') failures.push(answer);
			else answered += 1;
			return answer;
		},
		isOutOfOrder,
	);
	return {
		answers: taskIds.map((taskId, index) => [taskId, answers[index]] as const),
		outage: isOutOfOrder() ? failures[0] : undefined,
	};
}
