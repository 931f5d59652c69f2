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
	/** What a cue has to keep to; undefined to leave cues as Gcore has cut them. */
	layout?: PresetId | Rules | undefined;
	/** By how many seconds all cues move. */
	offset: number;
	/** The task with a translation to put under each cue. */
	second?: Task | undefined;
}

/**
 * The cues of a task, laid out, with a translation and moved, as far as that is wanted.
 *
 * @returns undefined if nothing is to be changed: Gcore's own files are then the best
 */
export function changedCues(task: Task, changes: CueChanges): Layout | undefined {
	const { layout: rules, offset: seconds, second } = changes;
	if (!rules && !second && seconds === 0) return undefined;
	// What the offset drops does not count as too fast or too long; the rest is laid out at its old times,
	// so that of a cue that is cut only the words stay that are spoken after the cut
	const trackOf = (one: Task): Spoken => ({
		cues: cuesOf(one.result).filter((cue) => offset([cue], seconds).length > 0),
		language: languageOf(one),
	});
	const laidOut = second
		? bilingual(trackOf(task), trackOf(second), rules)
		: monolingual(trackOf(task), rules);
	return { ...laidOut, cues: offset(laidOut.cues, seconds) };
}

function monolingual({ cues, language }: Spoken, rules: CueChanges['layout']): Layout {
	if (!rules) return { cues: [...cues], tooFast: 0, tooLong: 0 };
	return layout(cues, language, rulesFor(rules, language));
}

/** Two languages always need lines of a known length: those of streaming services unless others are set. */
function bilingual(
	first: Spoken,
	second: Spoken,
	rules: CueChanges['layout'] = 'streaming',
): Layout {
	const ruled = (one: Spoken): Track => ({ ...one, rules: rulesFor(rules, one.language) });
	return merge(ruled(first), ruled(second));
}

function rulesFor(rules: PresetId | Rules, language: string | null): Rules {
	return typeof rules === 'string' ? presetFor(rules, language) : rules;
}
