import { videoNotDone, videoUnseen } from '../../../form/videoTexts';
import type { Wait } from '../../../form/waitFields';
import { GcoreError } from '../../../shared/api/errors';
import type { Video } from '../../../shared/api/videoTypes';
import { ROUND_EFFORT, waitForGroup } from '../../../shared/waitForGroup';
import type { OperationContext } from '../../operations/operation';

/**
 * Waits until a video is done. If time is up, the video may be passed on as it stands.
 *
 * @param isDone whether there is nothing more to wait for; true for a failed video too
 * @throws Problem if that takes too long, or if Gcore cannot be asked
 */
export async function awaitVideo(
	{ client, cancelSignal }: OperationContext,
	videoId: number,
	{ maxWaitMs, whenTimeIsUp }: Wait,
	isDone: (video: Video) => boolean,
): Promise<Video> {
	const id = String(videoId);
	const { videos } = client.spending(ROUND_EFFORT);
	const observations = await waitForGroup([{ id, deadline: Date.now() + maxWaitMs }], {
		source: { get: async (asked) => await videos.get(asked), hasEnded: isDone },
		cancelSignal,
	});
	const { state, latest, error } = observations.get(id) ?? {};
	if (cancelSignal?.aborted) throw new GcoreError('stopped');
	if (latest && isDone(latest)) return latest;
	if (error && state === 'failed') throw videoUnseen(videoId, error);
	// A video that was never seen exists, in an unknown state
	if (whenTimeIsUp === 'passOn') return latest ?? { id: videoId };
	throw videoNotDone(videoId, latest, error, maxWaitMs);
}
