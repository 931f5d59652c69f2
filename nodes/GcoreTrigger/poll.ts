import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { fieldsFrom } from '../Gcore/itemFields';
import { GcoreError } from '../shared/api/errors';
import { connect } from '../shared/api/connect';
import type { Task } from '../shared/api/types';
import { Problem } from '../shared/problem';
import { subtitleFiles } from '../shared/tasks/subtitleFiles';
import { taskJson } from '../shared/tasks/task';
import { fileInItem } from './fileInItem';
import { findFinished } from './finished';
import { isState } from './finishedTasks';
import type { TriggerState } from './finishedTasks';
import { memoryOf, oneAtATime } from './memory';
import type { TriggerMemory } from './memory';
import { findNewest } from './newest';
import { isLong, isPassing } from './outage';
import { readSettings } from './settings';
import type { TriggerSettings } from './settings';
import type { TaskSource } from './taskList';

/** What a poll works with. */
interface Poll {
	context: IPollFunctions;
	settings: TriggerSettings;
	source: TaskSource;
	/** What n8n saves for the trigger, when a poll tells of tasks and at an activation. */
	data: IDataObject;
	memory: TriggerMemory;
}

/**
 * One poll of the trigger.
 *
 * @returns an item for each task that has ended since the last one; null where there is none
 * @throws NodeApiError that says in its message what to do: at an activation n8n shows nothing else
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const outcome = await attempt(context).catch((error: unknown) => {
		if (error instanceof Problem) return error;
		throw error;
	});
	if (!(outcome instanceof Problem)) return outcome;
	const status = outcome instanceof GcoreError ? outcome.status : undefined;
	throw new NodeApiError(
		context.getNode(),
		{},
		{
			message: `${outcome.message}. ${adviceOn(outcome)}`,
			...(status !== undefined && { httpCode: String(status) }),
		},
	);
}

/** The advice of an error that passes is about an item to run again. */
function adviceOn(problem: Problem): string {
	const passes = isPassing(problem) && problem.kind !== 'connectionFailed';
	return passes ? 'Try again in a few minutes.' : problem.advice;
}

async function attempt(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(fieldsFrom((name) => context.getNodeParameter(name, null)));
	const source = await connect(context, settings.timeoutMs);
	if (context.getMode() === 'manual') {
		return [await itemsOf(settings, await findNewest(source, settings))];
	}
	const data = context.getWorkflowStaticData('node');
	const memory = memoryOf(`${context.getWorkflow().id} ${context.getNode().id}`);
	const work = { context, settings, source, data, memory };
	return await oneAtATime(
		memory,
		data,
		async (isCurrent) => await tellFinished(work, isCurrent).catch(bearOutage(work)),
	);
}

async function tellFinished(
	{ context, settings, source, data, memory }: Poll,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const now = Date.now();
	const { tasks, state, warnings } = await findFinished(source, savedState(context, data), {
		...settings,
		now,
		thorough: memory.data !== data,
	});
	const items = await itemsOf(settings, tasks);
	if (!isCurrent()) return null;
	data['state'] = state as unknown as IDataObject;
	memory.data = data;
	memory.lastGoodAt = now;
	for (const warning of warnings) context.logger.warn(`Gcore Trigger: ${warning}`);
	return items.length > 0 ? [items] : null;
}

/** @returns undefined where there is none, or one that another version of the package wrote */
function savedState({ logger }: IPollFunctions, { state }: IDataObject): TriggerState | undefined {
	if (isState(state)) return state;
	if (state !== undefined) {
		logger.warn('Gcore Trigger: its saved state is of another version, so it starts anew');
	}
	return undefined;
}

/** Lets the next poll catch up, where there was one to catch up with and it is not too long ago. */
function bearOutage({ context, data, memory }: Poll) {
	return (error: unknown): null => {
		const isBorne =
			isPassing(error) && isState(data['state']) && !isLong(memory.lastGoodAt, Date.now());
		if (!isBorne) throw error;
		context.logger.warn(`Gcore Trigger: ${error.message}. The next poll catches up.`);
		return null;
	};
}

async function itemsOf(
	{ includeResult, simplify, formats }: TriggerSettings,
	tasks: readonly Task[],
): Promise<INodeExecutionData[]> {
	const items = tasks.map(async (task) => {
		const json = taskJson(includeResult ? task : { ...task, result: null }, simplify);
		if (formats.length === 0 || task.status !== 'SUCCESS') return { json };
		return { json, binary: await subtitleFiles(task, { formats }, fileInItem) };
	});
	return await Promise.all(items);
}
