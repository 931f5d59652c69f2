import type { Task } from '../api/types';
import { languageOf } from '../tasks/task';
import { layout } from './layout/layout';
import type { Layout } from './layout/layout';
import { merge } from './layout/merge';
import type { Track } from './layout/merge';
import { offset } from './layout/offset';
import { presetFor } from './layout/rules';
import type { PresetId, Rules } from './layout/rules';
import { cuesOf } from './result';

/** The cues of a task and their language. */
type Spoken = Omit<Track, 'rules'>;

/** How cues are changed before they are written; not at all if nothing is set. */
export interface CueChanges {
	/** The limits of a cue; undefined to leave cues as Gcore has cut them. */
	layout?: PresetId | Rules | undefined;
	/** By how many seconds all cues move. */
	offset: number;
	/** The task with a translation to put under each cue. */
	second?: Task | undefined;
}

/**
 * The cues of a task: laid out, merged with a translation and moved, as asked for.
 *
 * @returns undefined if nothing is to be changed: Gcore's own files are then the best
 */
export function changedCues(task: Task, changes: CueChanges): Layout | undefined {
	const { layout: rules, offset: seconds, second } = changes;
	if (!rules && !second && seconds === 0) return undefined;
	// Cues that the offset drops are not laid out. A cue that it cuts is laid out at its old times first,
	// so that only the words spoken after the cut remain
	const trackOf = (one: Task): Spoken => ({
		cues: cuesOf(one.result).filter((cue) => offset([cue], seconds).length > 0),
		language: languageOf(one),
	});
	return second
		? bilingual(trackOf(task), trackOf(second), seconds, rules)
		: monolingual(trackOf(task), seconds, rules);
}

function monolingual(
	{ cues, language }: Spoken,
	seconds: number,
	rules: CueChanges['layout'],
): Layout {
	if (!rules) return { cues: offset(cues, seconds), tooFast: 0, tooLong: 0 };
	const own = rulesFor(rules, language);
	const laidOut = layout(cues, language, own);
	const moved = offset(laidOut.cues, seconds);
	// A second layout changes only the cue that was cut: it stays in the gap behind it
	return seconds < 0 ? layout(moved, language, own) : { ...laidOut, cues: moved };
}

/** Two languages always need lines of a known length: those of streaming services unless others are set. */
function bilingual(
	first: Spoken,
	second: Spoken,
	seconds: number,
	rules: CueChanges['layout'] = 'streaming',
): Layout {
	const ruled = (one: Spoken): Track => ({ ...one, rules: rulesFor(rules, one.language) });
	return merge(ruled(first), ruled(second), seconds);
}

function rulesFor(rules: PresetId | Rules, language: string | null): Rules {
	return typeof rules === 'string' ? presetFor(rules, language) : rules;
}
