import type { GcoreResult } from '../engine/engine';
import type { Task } from '../simulator/task';

/** What an item asks for. */
export interface Video {
	url: string;
	user?: string;
}

/** What is left after a run. */
export interface Aftermath {
	items: readonly Video[];
	result: GcoreResult;
	/** All tasks that the simulator holds. */
	tasks: readonly Task[];
	/** The IDs of the tasks that existed before the run. */
	existing: ReadonlySet<string>;
}

/** The words of an error whose item has no task. */
const NOT_CREATED = /No task was created|Nothing was sent|is not a full web address/i;

/** The words of an error whose item may have a task. */
export const MAY_EXIST = /may have created the task/;

/**
 * Compares items with tasks, if no error ended the node: each item has one task of its own or an error
 * that says what became of it, and each task belongs to an item or is reported by an error.
 *
 * @returns what is wrong; empty if the books balance
 */
export function audit({ items, result, tasks, existing }: Aftermath): string[] {
	const findings: string[] = [];
	const outputs = new Map(
		result.json.map((json, index) => [pairedItem(result, index) ?? index, json]),
	);
	if (result.error) findings.push(`the node ended: ${result.error.message}`);
	if (outputs.size !== items.length || result.json.length !== items.length) {
		findings.push(`${result.json.length} outputs for ${items.length} items`);
	}
	const byId = new Map(tasks.map((task) => [task.id, task]));
	const given = new Set<string>();
	const uncertain: string[] = [];
	for (const [index, item] of items.entries()) {
		const { task_id, reused, error, message } = outputs.get(index) ?? {};
		const task = byId.get(String(task_id));
		if (error !== undefined) {
			const isUncertain = MAY_EXIST.test(String(message));
			if (isUncertain) uncertain.push(keyOf(item));
			else if (!NOT_CREATED.test(`${String(error)} ${String(message)}`)) {
				findings.push(`item ${index} does not say what became of it: ${String(error)}`);
			}
		} else if (!task) findings.push(`item ${index} has no task: ${String(task_id)}`);
		else {
			if (given.has(task.id)) findings.push(`item ${index} has a task that another one has`);
			if (keyOfTask(task) !== keyOf(item))
				findings.push(`item ${index} has a task of another kind`);
			// The other way round is fine: a retry may find by reuse what an earlier try has lost
			if (existing.has(task.id) && !reused) findings.push(`item ${index} has a task of before`);
			given.add(task.id);
		}
	}
	for (const task of tasks) {
		if (existing.has(task.id) || given.has(task.id)) continue;
		const owner = uncertain.indexOf(keyOfTask(task));
		if (owner < 0) findings.push(`a task for ${keyOfTask(task)} is no item's`);
		else uncertain.splice(owner, 1);
	}
	return findings;
}

/** A key that equal requests share. */
export function keyOf({ url, user }: Video): string {
	return JSON.stringify([url, user ?? null]);
}

export function keyOfTask({ request }: Task): string {
	return JSON.stringify([request.url, request.client_user_id ?? null]);
}

/** The index of the item that an output is paired with. */
function pairedItem({ outputs }: GcoreResult, index: number): number | undefined {
	const paired = outputs[0]?.[index]?.pairedItem;
	return typeof paired === 'object' && 'item' in paired ? paired.item : undefined;
}
