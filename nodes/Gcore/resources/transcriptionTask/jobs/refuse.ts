import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../form/problem';
import { describePair } from '../../../../form/texts';
import type { CreateTaskRequest } from '../../../../shared/api/types';
import { mapPool, POOL_SIZE } from '../../../../shared/pool';
import type { OperationContext } from '../../../operations/operation';
import { isLost, needsTask } from './job';
import type { Batch, Job } from './job';
import { refuseInputs } from './refuseInputs';

/** A language pair that Gcore cannot translate; its message names the languages. */
export class UnsupportedPair extends Problem {}

interface Pair {
	audio_language: string;
	subtitles_language: string;
}

/**
 * Refuses the jobs whose languages Gcore cannot translate, before anything paid starts by mistake.
 * Gcore is asked once for each pair in a run, and for a pair that it supports once in an execution. If it
 * does not answer, a hint says so and the task is created; the next run asks again.
 *
 * @throws BadInputs if the first problem ends the node
 */
export async function refuseUnsupported(batch: Batch, jobs: readonly Job[]): Promise<void> {
	// A task whose answer was lost may exist: it is looked for, and not refused
	const checked = jobs.filter((job) => needsTask(job) && !isLost(job) && job.settings.checkPair);
	const answers = await askAbout(
		batch.context,
		checked.flatMap(({ request }) => pairOf(request) ?? []),
	);
	const problems = new Map<number, Problem>();
	for (const job of checked) {
		const pair = pairOf(job.request);
		if (!pair || answers[keyOf(pair)] !== false) continue;
		job.problem = unsupported(pair);
		if (!problems.has(job.inputIndex)) problems.set(job.inputIndex, job.problem);
	}
	refuseInputs(batch, problems);
}

/** @returns Gcore's answers by pair, those of earlier runs of the execution included */
async function askAbout(context: OperationContext, pairs: readonly Pair[]): Promise<IDataObject> {
	const supported = (context.memory['languagePairs'] ??= {}) as IDataObject;
	const answers = { ...supported };
	const byKey = new Map(pairs.map((pair) => [keyOf(pair), pair]));
	const unknown = [...byKey].filter(([key]) => !(key in answers));
	await mapPool(
		unknown,
		POOL_SIZE,
		async ([key, pair]) => {
			const answer = await context.client.isSupported(pair).catch(() => undefined);
			if (answer !== undefined) answers[key] = answer;
			// A refusal is asked for again: a person may retry the execution later
			if (answer) supported[key] = answer;
		},
		() => context.cancelSignal?.aborted === true,
	);
	hintUnanswered(
		context,
		unknown.flatMap(([key, pair]) => (key in answers ? [] : pair)),
	);
	return answers;
}

/** The two languages of a request; undefined if one is missing or both are the same. */
function pairOf({ audio_language, subtitles_language }: CreateTaskRequest): Pair | undefined {
	if (!audio_language || !subtitles_language || audio_language === subtitles_language) {
		return undefined;
	}
	return { audio_language, subtitles_language };
}

function keyOf({ audio_language, subtitles_language }: Pair): string {
	return `${audio_language} ${subtitles_language}`;
}

function unsupported({ audio_language, subtitles_language }: Pair): UnsupportedPair {
	return new UnsupportedPair(
		`Gcore cannot translate ${describePair(audio_language, subtitles_language)}`,
		'Choose another language, or ask Gcore support to add the pair.',
	);
}

function hintUnanswered({ hint }: OperationContext, pairs: readonly Pair[]): void {
	if (pairs.length === 0) return;
	const names = pairs.map((pair) => describePair(pair.audio_language, pair.subtitles_language));
	hint(
		`Gcore did not say whether it can translate ${names.join(', ')}. Such tasks are created all the same: if one fails, look at its languages first.`,
	);
}
