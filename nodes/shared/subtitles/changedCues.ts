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
	const laidOut = second ? bilingual(task, second, rules) : monolingual(task, rules);
	return { ...laidOut, cues: offset(laidOut.cues, seconds) };
}

function monolingual(task: Task, rules: CueChanges['layout']): Layout {
	const cues = cuesOf(task.result);
	if (!rules) return { cues, tooFast: 0, tooLong: 0 };
	const language = languageOf(task);
	return layout(cues, language, rulesFor(rules, language));
}

/** Two languages always need lines of a known length: those of streaming services unless others are set. */
function bilingual(task: Task, second: Task, rules: CueChanges['layout'] = 'streaming'): Layout {
	const trackOf = (one: Task): Track => {
		const language = languageOf(one);
		return { cues: cuesOf(one.result), language, rules: rulesFor(rules, language) };
	};
	return merge(trackOf(task), trackOf(second));
}

function rulesFor(rules: PresetId | Rules, language: string | null): Rules {
	return typeof rules === 'string' ? presetFor(rules, language) : rules;
}
