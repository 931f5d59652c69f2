import { uploadProblemOf } from '../../../form/videoTexts';
import { GcoreError } from '../../../shared/api/errors';
import type { Video } from '../../../shared/api/videoTypes';
import { hostVideo, isUsable } from '../../../shared/videos/hosting';
import type { Hosting } from '../../../shared/videos/hosting';
import type { OperationContext } from '../../operations/operation';

/**
 * Makes a hosted video, and uploads its file if it has one.
 *
 * @param isOver whether the video is no longer wanted
 * @throws Problem, or GcoreError `stopped` if the video is no longer wanted
 */
export async function uploadVideo(
	context: OperationContext,
	hosting: Hosting,
	isOver: () => boolean,
): Promise<Video> {
	if (isOver()) throw new GcoreError('stopped');
	if (hosting.file) context.progress(`Gcore: uploading ${hosting.request.name}`);
	return await hostVideo({ ...context, isOver }, hosting).catch((error: unknown) => {
		const problem = uploadProblemOf(hosting.request.name, error);
		if (!isOver()) throw problem;
		const isUnbegun = error instanceof GcoreError && error.kind === 'stopped';
		// n8n drops what a stopped node returns, or reports only the problem that ended the node
		if (!isUnbegun) context.log(`Gcore: stopped. ${problem.sentence}`);
		throw new GcoreError('stopped');
	});
}

/** Whether this try can use an earlier try's video. If not, names that video: nothing else will. */
export async function servesRetry(
	{ client, hint, log }: OperationContext,
	id: number,
): Promise<boolean> {
	if (await isUsable(client, id)) return true;
	const left = `Video ${id} of an earlier try failed or is gone; another is made. If Gcore still has it, delete it with Video > Delete.`;
	hint(left);
	// n8n shows no hint if the node fails again
	log(`Gcore: ${left}`);
	return false;
}

/** Logs the videos of a run that a person stopped: n8n drops what the node returns. */
export function logVideos(context: OperationContext, ids: readonly number[]): void {
	if (!context.cancelSignal?.aborted || ids.length === 0) return;
	context.log(`Gcore: stopped. Videos made so far in Gcore video hosting: ${ids.join(', ')}`);
}

/** Says that videos of other items stay when a problem ends the node; undefined if there are none. */
export function videosStay(count: number): string | undefined {
	if (count === 0) return undefined;
	return count === 1
		? '1 more video stays in Gcore video hosting: its ID is in the error details.'
		: `${count} more videos stay in Gcore video hosting: their IDs are in the error details.`;
}
