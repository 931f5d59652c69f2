import { DEFAULT_BASE_URL } from '../shared/api/credential';
import { GcoreError } from '../shared/api/errors';
import type { GcoreErrorKind } from '../shared/api/errors';
import type { Task } from '../shared/api/types';
import { languageName } from '../shared/languages';
import { failureReason, taskNameOf } from '../shared/tasks/task';
import { NO_REASON } from '../shared/videos/video';
import { Problem } from './problem';

/**
 * What a failed call was for, as far as the advice depends on it: to create a task, anything else in a
 * run, or something outside a run (a poll of the trigger, a list in the editor), where no item can be
 * run again.
 */
type Call = 'create' | 'other' | 'outsideRun';

const WEB_PAGE = 'A web page came back instead of an answer from the Gcore API';

/** What happened, as the start of a message, and what to do about it. */
const TEXTS: Readonly<Record<GcoreErrorKind, readonly [message: string, advice: string]>> = {
	aiDisabled: [
		'AI is not enabled for this Gcore account',
		'Ask Gcore support, or your manager at Gcore, to enable AI for the account of this API key.',
	],
	badRequest: ['Gcore refused the request', 'Correct the fields of this item and run it again.'],
	blocked: [
		'n8n does not let nodes send requests to this address',
		"n8n's protection against requests to internal addresses is on. Correct the Base URL of the Gcore API credential, or ask the administrator of n8n to add its host to N8N_SSRF_ALLOWED_HOSTNAMES. Nothing was sent.",
	],
	connectionFailed: [
		'Gcore could not be reached',
		'Check the Base URL of the Gcore API credential, and that n8n has access to the internet. Nothing was sent.',
	],
	connectionLost: ['The connection to Gcore was lost before it answered', 'Run this item again.'],
	forbidden: [
		'Gcore does not let this API key use AI tasks or video hosting',
		'Use a token with access to Streaming in the Gcore API credential.',
	],
	hostingDisabled: [
		'Video hosting is not enabled for this Gcore account',
		'Ask Gcore support, or your manager at Gcore, to enable video hosting for the account of this API key.',
	],
	notFound: [
		'Gcore found nothing at this address',
		'Check the Base URL of the Gcore API credential.',
	],
	notNow: ['Gcore cannot take the request just now', 'Wait a minute and run this item again.'],
	queueFull: [
		"Gcore's queue is full",
		"Usually at most 100 tasks wait at Gcore at once. Run this item again when some have ended, or set 'When the Queue Is Full' to Wait for Room.",
	],
	rateLimited: [
		'Gcore refused the request because too many came at once',
		'Wait a minute, or as long as Gcore asks, and run this item again.',
	],
	redirected: [
		'The Base URL sent the request on to another address',
		`Correct the Base URL of the Gcore API credential: it is usually ${DEFAULT_BASE_URL}.`,
	],
	serverError: ['Gcore had an internal problem', 'Wait a few minutes and run this item again.'],
	stopped: ['The execution was stopped', 'Run this item again.'],
	timedOut: [
		'Gcore did not answer in time',
		"Raise 'Request Timeout (Seconds)' under Options, or run this item again later.",
	],
	unauthorized: [
		'Gcore does not accept the API key',
		'Check the API Key in the Gcore API credential: it must be a permanent token that is still valid.',
	],
	unreadable: ['Gcore returned an answer that cannot be read', 'Run this item again.'],
	uploadRefused: ["Gcore's upload server refused the upload", 'Run this item again.'],
	webPage: [
		WEB_PAGE,
		'Wait a few minutes and run this item again. If it stays so, check the Base URL of the Gcore API credential.',
	],
	webPageRefusal: [
		WEB_PAGE,
		`Check the Base URL of the Gcore API credential: it is usually ${DEFAULT_BASE_URL}. If it is right, run this item again in a few minutes.`,
	],
};

/** Kinds whose text makes Gcore's own words redundant. */
const KINDS_WITHOUT_WORDS: ReadonlySet<GcoreErrorKind> = new Set([
	'aiDisabled',
	'hostingDisabled',
	'queueFull',
	'rateLimited',
	'unauthorized',
]);

/** What happened, in one line without a full stop: the kind, the status and Gcore's own words. */
export function describeError({ kind, status, words, retryAfterMs }: GcoreError): string {
	const code = status === undefined ? '' : ` (HTTP ${status})`;
	const details = words && !KINDS_WITHOUT_WORDS.has(kind) ? `: ${words}` : '';
	const wait =
		retryAfterMs === undefined ? '' : `. Gcore asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
	return `${TEXTS[kind][0]}${code}${details}${wait}`;
}

/** The problem to show for anything thrown; an unforeseen error is a defect. */
export function problemOf(error: unknown, call: Call = 'other'): Problem {
	if (error instanceof Problem) return error;
	if (error instanceof GcoreError) {
		return new Problem(describeError(error), adviceOn(error, call), detailsOf(error));
	}
	return new Problem(
		error instanceof Error ? error.message : String(error),
		'This should not happen: please report it, with the input of the node.',
	);
}

function adviceOn(error: GcoreError, call: Call): string {
	const advice = TEXTS[error.kind][1];
	if (call === 'create' && error.isPassingRefusal && error.kind !== 'connectionFailed') {
		return `${advice} No task was created for this item.`;
	}
	const isOutage = error.passes && error.kind !== 'connectionFailed';
	if (call !== 'outsideRun') return advice;
	return isOutage
		? 'Try again in a few minutes.'
		: advice
				.replace(/\band run it again\b/, 'and try again')
				.replace(/run this item again/i, 'try again');
}

function detailsOf({ status }: GcoreError): { status?: number } {
	return status === undefined ? {} : { status };
}

/** A task may exist, since the answer to the request for it was lost. */
export class LostAnswer extends Problem {}

/**
 * The answer to a request was lost, and Gcore does not say what became of the request.
 *
 * @param error the last one: a refusal after the loss says nothing about the request before it
 * @param searchText words for the text that finds the task in the list
 */
export function lostAnswer(error: GcoreError, searchText: string): LostAnswer {
	const isLater = !error.mayHaveRun;
	const cause = isLater
		? 'The answer to an earlier request for this item was lost, and its task is not in the list. '
		: '';
	const slow =
		error.kind === 'timedOut'
			? " If Gcore is just slow, raise 'Request Timeout (Seconds)' under Options."
			: '';
	return new LostAnswer(
		describeError(error),
		`${cause}Gcore may have created the task all the same: look for it first, with the operation Get Many and ${searchText} as 'Search Text', so that you do not make a second one.${slow}`,
		detailsOf(error),
	);
}

/** The problem of a call about one task, which Gcore may not have. */
export function taskProblemOf(taskId: string, error: unknown): Problem {
	if (!(error instanceof GcoreError) || error.kind !== 'notFound') return problemOf(error);
	return new Problem(
		`Gcore has no task ${taskId}`,
		'It does not exist for this API key, or it is older than a month: Gcore deletes results then. Check the ID, and the account of the Gcore API credential.',
		detailsOf(error),
	);
}

/** Where a task stands, such as `STARTED, 40 %`. */
export function describeProgress({ status, progress }: Task): string {
	return typeof progress === 'number' ? `${status}, ${progress} %` : status;
}

const CHECK_VIDEO = 'Check that the video is an MP4 file that anyone can download.';

const CHECK_PAIR =
	'If it is about the languages, choose another one for the subtitles, or ask Gcore support to add the pair.';

/** A task ended without success. */
export class TaskFailure extends Problem {}

/** Why a task that has ended has no subtitles; undefined if it succeeded or is in progress. */
export function taskFailure(task: Task): Problem | undefined {
	const { task_id, status, task_data } = task;
	if (status === 'REVOKED') {
		return new TaskFailure(
			`Task ${task_id} was cancelled`,
			'Create a new task if you still need its subtitles.',
		);
	}
	if (status !== 'FAILURE') return undefined;
	const { audio_language, subtitles_language } = task_data ?? {};
	const pair = subtitles_language ? ` (${describePair(audio_language, subtitles_language)})` : '';
	return new TaskFailure(
		`Task ${task_id} failed${pair}: ${failureReason(task) ?? NO_REASON}`,
		subtitles_language ? `${CHECK_PAIR} ${CHECK_VIDEO}` : CHECK_VIDEO,
	);
}

/** Two languages in words, such as `English to Uzbek`. */
export function describePair(audio: string | undefined, subtitles: string): string {
	return `${audio ? languageName(audio) : 'detected language'} to ${languageName(subtitles)}`;
}

/** Why a task that succeeded, and did not find silence, has no subtitles. */
export function withoutSubtitles(task: Task): Problem {
	const { task_id, result } = task;
	if (!result) {
		return new Problem(
			`Task ${task_id} succeeded, but Gcore returned no result with it`,
			'Run this again in a minute. If there is still no result, create the task again: Gcore keeps results for one month.',
		);
	}
	return new Problem(
		`Task ${task_id} succeeded, but its result has no subtitles and no text`,
		'Look at the raw task with Transcription Task > Get: it may not be a transcription, or something may be wrong at Gcore.',
	);
}

/** The problem of a task whose subtitles are asked for too early. */
export function notDone(
	task: Task,
	advice = "Turn on 'Wait for Completion', or run this again later.",
): Problem {
	return new Problem(`Task ${task.task_id} is not done yet: ${describeProgress(task)}`, advice);
}

/** A task of another kind, such as a content moderation. */
export function notATranscription(task: Task): Problem {
	return new Problem(
		`Task ${task.task_id} is a ${taskNameOf(task)} task, not a transcription`,
		'It has no subtitles. Use the task_id of a transcription, such as the one that Create returns.',
	);
}

/** A duration for a sentence. */
export function minutes(ms: number): string {
	const count = Math.round(ms / 6_000) / 10;
	return count === 1 ? '1 minute' : `${count} minutes`;
}
