import type { IDataObject } from 'n8n-workflow';

import type { CreateTaskRequest } from '../shared/api/types';
import { mapPool, POOL_SIZE } from '../shared/pool';
import { Problem } from '../shared/problem';
import { languagePair } from '../shared/tasks/task';
import type { Run } from './operation';

type Pair = { audio_language: string; subtitles_language: string };

/**
 * Finds the requests that Gcore cannot translate, before anything paid starts by mistake. Gcore is
 * asked once for each pair of languages in an execution; where it gives no answer, a hint says so
 * and the request is let through.
 *
 * @returns what is wrong with a request, for those with something wrong
 */
export async function unsupportedPairs(
	run: Run,
	requests: readonly CreateTaskRequest[],
): Promise<ReadonlyMap<CreateTaskRequest, Problem>> {
	const known = (run.memory['languagePairs'] ??= {}) as IDataObject;
	const pairs = new Map(requests.flatMap(pairOf).map((pair) => [keyOf(pair), pair]));
	const unasked = [...pairs.values()].filter((pair) => !(keyOf(pair) in known));
	const answers = await mapPool(
		unasked,
		POOL_SIZE,
		async (pair) => await run.client.isSupported(pair).catch(() => null),
		() => run.cancelSignal?.aborted === true,
	);
	for (const [index, pair] of unasked.entries()) known[keyOf(pair)] = answers[index] ?? null;
	hintUnanswered(
		run,
		unasked.filter((pair) => known[keyOf(pair)] === null),
	);

	return new Map(
		requests.flatMap((request) =>
			pairOf(request)
				.filter((pair) => known[keyOf(pair)] === false)
				.map((pair) => [request, unsupported(pair)] as const),
		),
	);
}

/** The two languages of a request, where both are set and differ: else there is nothing to ask. */
function pairOf({ audio_language, subtitles_language }: CreateTaskRequest): Pair[] {
	if (!audio_language || !subtitles_language || audio_language === subtitles_language) return [];
	return [{ audio_language, subtitles_language }];
}

function keyOf({ audio_language, subtitles_language }: Pair): string {
	return `${audio_language} ${subtitles_language}`;
}

function unsupported({ audio_language, subtitles_language }: Pair): Problem {
	return new Problem(
		`Gcore cannot translate ${languagePair(audio_language, subtitles_language)}`,
		'Choose another Subtitles Language, or ask Gcore support to add the pair. No task was created for it.',
	);
}

function hintUnanswered({ hint }: Run, pairs: readonly Pair[]): void {
	if (pairs.length === 0) return;
	const names = pairs.map((pair) => languagePair(pair.audio_language, pair.subtitles_language));
	hint(
		`Gcore did not say whether it can translate ${names.join(', ')}. Such tasks are not held back: if one fails, look at its languages first.`,
	);
}
