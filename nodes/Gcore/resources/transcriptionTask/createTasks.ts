import type { IDataObject } from 'n8n-workflow';

import { GcoreError } from '../../../shared/api/errors';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { Problem } from '../../../shared/problem';
import { simplifyTask } from '../../../shared/tasks/task';
import { attemptEach } from '../../attempts';
import type { Outcome, Run } from '../../operation';
import { awaitTasks } from '../../waiting';
import type { Wait } from '../../waiting';

/** What one item asks for. */
export interface TasksToCreate {
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
interface Job {
	/** Whose it is, as an index into the inputs. */
	input: number;
	request: CreateTaskRequest;
	wait: Wait | undefined;
	/** The language of the subtitles, where the item asks for several and a problem must name one. */
	language: string | undefined;
}

function jobsOf({ requests, wait }: TasksToCreate, input: number): Job[] {
	return requests.map((request) => ({
		input,
		request,
		wait,
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
	const submitted = await attemptEach(run, jobs, async ({ request }) => {
		const refusal = refusals.get(request);
		if (refusal) throw refusal;
		return await submit(run, request);
	});
	if (run.stopOnProblem && submitted.some((result) => result instanceof Problem)) return submitted;
	return await awaitSubmitted(run, jobs, submitted);
}

async function submit(run: Run, request: CreateTaskRequest): Promise<Submitted> {
	const task_id = await run.client.createTask(request).catch(warnOfLostAnswer);
	run.createdTaskIds.push(task_id);
	return { json: { task_id, ...request } };
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

/** A POST whose answer was lost may have made its task, and a second one would cost a second time. */
function warnOfLostAnswer(error: unknown): never {
	if (!(error instanceof GcoreError) || !error.answerLost) throw error;
	throw new Problem(
		error.message,
		`${error.advice} Gcore may have created the task all the same: look for it first, with the operation Get Many and this URL as Search Text, so that you do not make a second one.`,
	);
}
