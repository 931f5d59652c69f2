import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { errorOutsideRun } from '../form/nodeApiError';
import { describeError } from '../form/texts';
import { fieldValues } from '../form/values';
import { asGcoreError, GcoreError } from '../shared/api/errors';
import { connect } from '../shared/api/connect';
import type { GcoreClient } from '../shared/api/client';
import type { Task } from '../shared/api/types';
import type { Video } from '../shared/api/videoTypes';
import { changedCues } from '../shared/subtitles/changedCues';
import { isTranscript } from '../shared/subtitles/result';
import { withoutVideoExtension } from '../shared/subtitles/fileName';
import { subtitleFiles } from '../shared/subtitles/files';
import { hasEnded, taskJson } from '../shared/tasks/task';
import { videoOfTask } from '../shared/videos/videoOfTask';
import { fileInItem } from './fileInItem';
import { findFinished } from './findFinished';
import type { TaskSource, Warning } from './findFinished';
import { isLongOutage, oneAtATime } from './pollGuard';
import { findSamples, noSample } from './samples';
import { readSettings } from './settings';
import type { TriggerSettings } from './settings';
import { isState } from './state';
import type { TriggerState } from './state';
import { latestState, memoryOf, remember } from './triggerMemory';
import type { TriggerMemory } from './triggerMemory';

/** How long a request may be refused for the moment, in ms: a poll time comes back after a minute. */
export const PATIENCE_MS = 20_000;

/** What a poll works with. */
interface Poll {
	context: IPollFunctions;
	settings: TriggerSettings;
	client: GcoreClient;
	/** What n8n saves for the trigger, when a poll emits tasks and at an activation. */
	data: IDataObject;
	memory: TriggerMemory;
}

/**
 * One poll of the trigger.
 *
 * @returns an item for each task that has ended since the last one; null if there is none
 * @throws NodeApiError that says in its message what to do: at an activation n8n shows nothing else
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	return await attempt(context).catch((error: unknown) => {
		throw errorOutsideRun(context.getNode(), error);
	});
}

async function attempt(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(fieldValues((name) => context.getNodeParameter(name, null)));
	const usual = await connect(context, settings.timeoutMs);
	const client = usual.spending({ patienceMs: PATIENCE_MS });
	if (context.getMode() === 'manual') {
		const { source, videos } = sourceOf(client, settings);
		const samples = await itemsOf(settings, await findSamples(source, settings), videos);
		if (samples.length === 0) throw noSample();
		return [samples];
	}
	const data = context.getWorkflowStaticData('node');
	const memory = memoryOf(`${context.getWorkflow().id} ${context.getNode().id}`);
	const work = { context, settings, client, data, memory };
	return await oneAtATime(memory, data, async (isCurrent) => {
		return await emitFinished(work, isCurrent).catch((error: unknown) => tolerate(work, error));
	});
}

async function emitFinished(
	{ context, settings, client, data, memory }: Poll,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const now = Date.now();
	const { source, videos, refusals } = sourceOf(client, settings);
	const saved = savedState(context, data);
	const latest = latestState(memory, saved);
	const {
		tasks,
		state,
		warnings,
		outage = refusals[0],
	} = await findFinished(source, latest ?? saved, { ...settings, now, mayBeOld: !latest });
	const items = await itemsOf(settings, tasks, videos);
	if (!isCurrent()) return null;
	data['state'] = state as unknown as IDataObject;
	for (const warning of warnings) context.logger.warn(`Gcore Trigger: ${describeWarning(warning)}`);
	const emits = items.length > 0;
	remember(memory, state, { saved, emits });
	if (outage && !emits) throw outage;
	delete memory.failingSince;
	return emits ? [items] : null;
}

/** @returns undefined if there is none, or one that another version of the package wrote */
function savedState({ logger }: IPollFunctions, { state }: IDataObject): TriggerState | undefined {
	if (isState(state)) return state;
	if (state !== undefined) {
		logger.warn('Gcore Trigger: its saved state is of another version, so it starts anew');
	}
	return undefined;
}

/**
 * Lets the next poll catch up after an error that may pass, if there is a state to catch up from and
 * the outage is not too long.
 */
function tolerate({ context, data, memory }: Poll, error: unknown): null {
	const passes = error instanceof GcoreError && error.passes;
	if (!passes || !isState(data['state']) || isLongOutage(memory)) throw error;
	context.logger.warn(`Gcore Trigger: ${describeError(error)}. The next poll catches up.`);
	return null;
}

function describeWarning({ taskId, error, isFinal }: Warning): string {
	const why = error ? describeError(error) : 'it succeeded, but has no result';
	const next = isFinal ? 'It will not be fetched again.' : 'The next polls ask for it again.';
	return `Task ${taskId} cannot be fetched: ${why}. ${next}`;
}

/** The hosted videos that tasks read, by task ID; undefined if a task reads none. */
type Videos = ReadonlyMap<string, Video | undefined>;

/**
 * Where tasks come from. If only those for hosted videos are wanted, a task whose video cannot be
 * determined counts as not fetched: a later poll asks again.
 */
function sourceOf(client: GcoreClient, { onlyHosted, isMatch }: TriggerSettings) {
	const videos = new Map<string, Video | undefined>();
	/** A key may be valid for tasks, but not for video hosting. */
	const refusals: GcoreError[] = [];
	const source: TaskSource = {
		listTasks: async (query) => await client.listTasks(query),
		async getTask(taskId) {
			const task = await client.getTask(taskId);
			if (!onlyHosted || !hasEnded(task) || !isMatch(task)) return task;
			const video = await videoOfTask(client, task).catch(asGcoreError);
			if (video instanceof GcoreError) {
				if (video.cure === 'credential') refusals.push(video);
				throw video;
			}
			videos.set(taskId, video);
			return task;
		},
	};
	return { source, videos, refusals };
}

async function itemsOf(
	{ includeResult, simplify, formats, changes }: TriggerSettings,
	tasks: readonly Task[],
	videos: Videos,
): Promise<INodeExecutionData[]> {
	const items = tasks.map(async (task) => {
		const video = videos.get(task.task_id);
		// Keeps a task that was given up: it may be for a hosted video
		if (videos.has(task.task_id) && !video) return [];
		const json = taskJson(
			includeResult ? task : { ...task, result: null },
			simplify ? 'simplified' : 'raw',
		);
		if (video) json['video_id'] = video.id;
		const hasFiles = formats.length > 0 && task.status === 'SUCCESS' && isTranscript(task.result);
		if (!hasFiles) return [{ json }];
		const fileName = withoutVideoExtension(video?.name ?? '');
		const changed = changedCues(task, changes);
		if (changes.layout) {
			json['cues_too_fast'] = changed?.tooFast;
			json['cues_too_long'] = changed?.tooLong;
		}
		const wanted = { formats, fileName, cues: changed?.cues };
		return [{ json, binary: await subtitleFiles(task, wanted, fileInItem) }];
	});
	return (await Promise.all(items)).flat();
}
