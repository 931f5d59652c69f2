import type { IDataObject } from 'n8n-workflow';

import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { Problem } from '../../../shared/problem';
import { simplifyTask } from '../../../shared/tasks/task';
import type { LedgerEntry } from '../../ledger';
import type { Outcome, Run } from '../../operation';
import { awaitTasks } from '../../waiting';
import type { Wait } from '../../waiting';
import { sendOrders } from './sendOrders';
import type { Order } from './sendOrders';

/** What one item asks for. */
export interface TasksToCreate extends Omit<Order, 'request'> {
	/** A task for each language of subtitles, the main one first. */
	requests: CreateTaskRequest[];
	/** How to wait for them, if at all. */
	wait: Wait | undefined;
}

/**
 * Creates the tasks of all items, then waits for those that are to be waited for as one group.
 *
 * @param refusals what is wrong with a request that is not to be sent
 * @returns for each item what its tasks gave: the ID and the request as sent, with the task itself
 *   where it was waited for
 */
export async function createTasks(
	run: Run,
	inputs: readonly TasksToCreate[],
	refusals: ReadonlyMap<CreateTaskRequest, Problem>,
): Promise<Outcome[][]> {
	const jobs = inputs.flatMap(jobsOf);
	const outcomes = await runJobs(run, jobs, refusals);
	const byInput = inputs.map((): Outcome[] => []);
	for (const [index, { input, request, language }] of jobs.entries()) {
		const outcome = outcomes[index];
		// A refusal names its languages itself
		const isRefusal = refusals.has(request);
		if (outcome) byInput[input]?.push(isRefusal ? outcome : withLanguage(outcome, language));
	}
	return byInput;
}

/** One task to create. */
interface Job extends Order {
	/** Whose it is, as an index into the inputs. */
	input: number;
	wait: Wait | undefined;
	/** The language of the subtitles, where the item asks for several and a problem must name one. */
	language: string | undefined;
}

function jobsOf({ requests, ...settings }: TasksToCreate, input: number): Job[] {
	return requests.map((request) => ({
		...settings,
		input,
		request,
		language: requests.length > 1 ? subtitlesLanguageName(request) : undefined,
	}));
}

function subtitlesLanguageName({ subtitles_language }: CreateTaskRequest): string {
	return subtitles_language ? languageName(subtitles_language) : 'the spoken language';
}

/** The output of a task that was created: its ID and the request as sent. */
interface Submitted {
	json: IDataObject & { task_id: string };
}

/** Of the problems of one item it must be told which of its tasks they are about. */
function withLanguage(outcome: Outcome, language: string | undefined): Outcome {
	if (language === undefined || !(outcome instanceof Problem)) return outcome;
	return new Problem(`${outcome.message} (subtitles in ${language})`, outcome.advice);
}

/** @returns what each job gave, in their order; undefined where the run ended before its turn */
async function runJobs(
	run: Run,
	jobs: readonly Job[],
	refusals: ReadonlyMap<CreateTaskRequest, Problem>,
): Promise<Array<Outcome | undefined>> {
	const submitted = await submit(run, jobs, refusals);
	const isOver = run.stopOnProblem && submitted.some((result) => result instanceof Problem);
	const outcomes = isOver ? submitted : await awaitSubmitted(run, jobs, submitted);
	if (run.cancelSignal?.aborted && run.createdTaskIds.length > 0) {
		// n8n drops what a stopped node gives
		run.log(`Gcore: stopped. Tasks created so far: ${run.createdTaskIds.join(', ')}`);
	}
	return outcomes;
}

async function submit(
	run: Run,
	jobs: readonly Job[],
	refusals: ReadonlyMap<CreateTaskRequest, Problem>,
): Promise<Array<Submitted | Problem | undefined>> {
	const allowed = jobs.filter(({ request }) => !refusals.has(request));
	const sent = new Map<Job, LedgerEntry | Problem | undefined>();
	if (allowed.length === jobs.length || !run.stopOnProblem) {
		const entries = await sendOrders(run, allowed);
		for (const [index, job] of allowed.entries()) sent.set(job, entries[index]);
	}
	return jobs.map((job) => {
		const end = refusals.get(job.request) ?? sent.get(job);
		return end === undefined || end instanceof Problem ? end : outputOf(job, end);
	});
}

function outputOf(
	{ request, reuseWithinMs }: Job,
	{ taskId = '', reused }: LedgerEntry,
): Submitted {
	const tellsReuse = reuseWithinMs !== undefined || reused;
	return {
		json: { task_id: taskId, ...request, ...(tellsReuse && { reused: reused ?? false }) },
	};
}

/** Waits for the tasks of the jobs that want it, and adds to their output what became of them. */
async function awaitSubmitted(
	run: Run,
	jobs: readonly Job[],
	submitted: ReadonlyArray<Submitted | Problem | undefined>,
): Promise<Array<Outcome | undefined>> {
	const outcomes: Array<Outcome | undefined> = [...submitted];
	const waiting = jobs.flatMap(({ wait }, index) => {
		const output = submitted[index];
		if (!wait || output === undefined || output instanceof Problem) return [];
		return [{ index, output, taskId: output.json.task_id, wait }];
	});
	const ends = await awaitTasks(run, waiting);
	for (const [position, { index, output }] of waiting.entries()) {
		const end = ends[position];
		const isTask = end !== undefined && !(end instanceof Problem);
		outcomes[index] = isTask ? { json: { ...simplifyTask(end), ...output.json } } : end;
	}
	return outcomes;
}
