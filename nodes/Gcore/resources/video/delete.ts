import { hostedVideoField } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError } from '../../../shared/api/errors';
import { doneInRun, runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { findVideo, isGone } from './findVideo';

/** Deletes a hosted video, its renditions and its subtitles. */
export const deleteVideo = operation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Delete a hosted video with its subtitles, for good',
		action: 'Delete video',
	},

	fields: [hostedVideoField],

	async run(context, inputs) {
		const done = doneInRun<number>(context, inputs);
		return await runEach(context, inputs, async ({ videoId }, index) => {
			const id = done[index] ?? (await findVideo(context.client, videoId)).id;
			if (!(index in done)) await deleteById(context.client, id);
			done[index] = id;
			return { video_id: id, deleted: true };
		});
	},
});

async function deleteById(client: GcoreClient, id: number): Promise<void> {
	const error = await client.videos.delete(id).then(() => undefined, asGcoreError);
	if (!error) return;
	// A request whose answer was lost may have deleted it
	if (error.mayHaveRun && (await isGone(client, id))) return;
	throw videoProblemOf(id, error);
}
