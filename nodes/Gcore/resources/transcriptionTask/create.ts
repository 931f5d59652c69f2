import type { ValuesOf } from '../../../form/field';
import { Problem } from '../../../form/problem';
import { looksLikeMp4 } from '../../../form/videoUrl';
import { FILE_OPTIONS } from '../../../form/subtitleFields';
import { WAIT_OPTIONS, waitForCompletion, waitOf } from '../../../form/waitFields';
import type { CreateTaskRequest } from '../../../shared/api/types';
import { languageName } from '../../../shared/languages';
import { simplifyTask } from '../../../shared/tasks/task';
import { operation } from '../../operations/operation';
import type { OperationContext, Outcome } from '../../operations/operation';
import {
	alsoTranslateTo,
	audioLanguage,
	clientMetadata,
	CREATE_OPTIONS,
	formats,
	formatsAs,
	subtitlesLanguage,
	videoUrl,
} from './createFields';
import { isLost } from './jobs/job';
import type { Batch, Job, JobSettings } from './jobs/job';
import { Ledger } from './jobs/ledger';
import { refuseUnsupported, UnsupportedPair } from './jobs/refuse';
import { reuseExisting } from './jobs/reuse';
import { submitAll } from './jobs/submit';
import { renderSubtitles } from './jobs/subtitles';
import { waitForAll } from './jobs/wait';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const FIELDS = [
	videoUrl,
	audioLanguage,
	subtitlesLanguage,
	alsoTranslateTo,
	waitForCompletion,
	formats,
	formatsAs,
	clientMetadata,
] as const;

const OPTIONS = [...CREATE_OPTIONS, ...WAIT_OPTIONS, ...FILE_OPTIONS] as const;

type CreateInput = ValuesOf<typeof FIELDS> & { options: ValuesOf<typeof OPTIONS> };

/** What is done with the jobs, in this order; each step acts on the jobs that it concerns. */
const STEPS = [refuseUnsupported, reuseExisting, submitAll, waitForAll, renderSubtitles];

/**
 * Creates the tasks of all items, and returns their IDs at once: Gcore works on them for minutes. If
 * it is to wait, it waits for all of them as one group.
 */
export const create = operation({
	option: {
		name: 'Create',
		value: 'create',
		description: 'Start turning the speech in a video into subtitles',
		action: 'Create transcription task',
	},

	fields: FIELDS,
	options: OPTIONS,

	async run(context, inputs) {
		hintUnusualUrls(context, inputs);
		const batch: Batch = { context, ledger: new Ledger(context.retryMemory) };
		const jobs = inputs.flatMap((input, index) => jobsOf(input, index, batch.ledger));
		for (const step of STEPS) {
			await step(batch, jobs);
			if (context.stopOnProblem && jobs.some(({ problem }) => problem)) break;
		}
		logStop(batch);
		return outcomesOf(batch, jobs, inputs.length);
	},
});

/** A job for each language of subtitles, the main one first. */
function jobsOf(input: CreateInput, index: number, ledger: Ledger): Job[] {
	const settings = settingsOf(input);
	return requestsOf(input).map((request) => ({
		input: index,
		request,
		settings,
		record: ledger.recordFor(request),
	}));
}

function settingsOf(input: CreateInput): JobSettings {
	const { checkLanguagePair, whenQueueIsFull, reuseExistingTask } = input.options;
	return {
		checkPair: checkLanguagePair,
		maxWaitForRoomMs: (whenQueueIsFull?.maxWaitForRoom ?? 0) * MINUTE_MS,
		reuseWithinMs: reuseExistingTask && reuseExistingTask.reuseWithin * HOUR_MS,
		wait: waitOf(input),
		subtitles: input.formats.length > 0 ? input : undefined,
	};
}

function requestsOf(input: CreateInput): CreateTaskRequest[] {
	const { url, audioLanguage, subtitlesLanguage, clientMetadata } = input;
	const { clientUserId, clientEntityData } = clientMetadata;
	const main: CreateTaskRequest = {
		task_name: 'transcription',
		url,
		...(audioLanguage && { audio_language: audioLanguage }),
		...(subtitlesLanguage && { subtitles_language: subtitlesLanguage }),
		...(clientUserId !== undefined && { client_user_id: clientUserId }),
		...(clientEntityData !== undefined && { client_entity_data: clientEntityData }),
	};
	// The language of the main task's own subtitles, as far as it is known
	const done = subtitlesLanguage ?? audioLanguage;
	const others = input.alsoTranslateTo.filter((code) => code !== done);
	return [main, ...others.map((subtitles_language) => ({ ...main, subtitles_language }))];
}

/** What each input led to: an output item for each of its jobs that got as far as it should. */
function outcomesOf(batch: Batch, jobs: readonly Job[], inputCount: number): Outcome[][] {
	const outcomes = Array.from({ length: inputCount }, (): Outcome[] => []);
	const jobCounts = outcomes.map(() => 0);
	for (const { input } of jobs) jobCounts[input] = (jobCounts[input] ?? 0) + 1;
	for (const job of jobs) {
		const isOneOfSeveral = (jobCounts[job.input] ?? 0) > 1;
		const outcome = job.problem ? problemOfJob(job, job.problem, isOneOfSeveral) : outputOf(job);
		if (outcome) outcomes[job.input]?.push(outcome);
	}
	if (!batch.context.stopOnProblem) return outcomes;
	return outcomes.map((some) =>
		some.map((outcome) =>
			outcome instanceof Problem ? withLeftBehind(outcome, batch.ledger, jobs) : outcome,
		),
	);
}

/** If an item asks for several languages, a problem must name the language that it is about. */
function problemOfJob({ request }: Job, problem: Problem, isOneOfSeveral: boolean): Problem {
	if (!isOneOfSeveral || problem instanceof UnsupportedPair) return problem;
	const { subtitles_language } = request;
	const language = subtitles_language ? languageName(subtitles_language) : 'the spoken language';
	return new Problem(
		`${problem.message} (subtitles in ${language})`,
		problem.advice,
		problem.details,
	);
}

/** The task's ID and the request as sent, with the task and its subtitles if it was waited for. */
function outputOf({ request, record, settings, task, subtitles }: Job): Outcome | undefined {
	const { taskId, reused = false } = record;
	if (!taskId || (settings.wait && !task)) return undefined;
	const reportsReuse = settings.reuseWithinMs !== undefined || reused;
	const json = {
		...(subtitles?.json ?? (task && simplifyTask(task))),
		task_id: taskId,
		...request,
		...(reportsReuse && { reused }),
	};
	return subtitles?.binary ? { json, binary: subtitles.binary } : { json };
}

/** Adds what the batch leaves behind at Gcore to the problem that ended it. */
function withLeftBehind(problem: Problem, ledger: Ledger, jobs: readonly Job[]): Problem {
	const createdTaskIds = ledger.createdTaskIds();
	const created = createdTaskIds.length;
	const lost = jobs.filter((job) => isLost(job) && job.problem?.message !== problem.message).length;
	const sentences = [
		problem.advice,
		created === 1 && '1 task was created before it: its ID is in the error details.',
		created > 1 && `${created} tasks were created before it: their IDs are in the error details.`,
		lost > 0 &&
			`Answers that were lost for other items: ${lost}. Look for their tasks with the operation Get Many before you run these items again.`,
	];
	return new Problem(problem.message, sentences.filter(Boolean).join(' '), {
		...problem.details,
		createdTaskIds,
	});
}

/** n8n drops what a stopped node returns. */
function logStop({ context, ledger }: Batch): void {
	const taskIds = ledger.createdTaskIds();
	if (!context.cancelSignal?.aborted || taskIds.length === 0) return;
	context.log(`Gcore: stopped. Tasks created so far: ${taskIds.join(', ')}`);
}

function hintUnusualUrls({ hint }: OperationContext, inputs: readonly CreateInput[]): void {
	const count = inputs.filter(({ url }) => !looksLikeMp4(url)).length;
	if (count === 0) return;
	const which = count === 1 ? '1 video URL does' : `${count} video URLs do`;
	hint(
		`${which} not end in ".mp4". Gcore takes only MP4 files: if a task fails, look at its URL first.`,
	);
}
