import { field } from '../../../form/field';
import { hostedVideoField, readId } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import { Problem } from '../../../form/problem';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError, GcoreError } from '../../../shared/api/errors';
import { doneInRun, runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { findVideo } from '../video/findVideo';

const subtitleId = field(
	{
		displayName: 'Subtitle ID',
		name: 'subtitleId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 5678',
		description: 'The subtitle_id that Add or Get Many returned',
	},
	readId,
);

/** Deletes subtitles of a hosted video. */
export const deleteSubtitle = operation({
	option: {
		name: 'Delete',
		value: 'delete',
		description: 'Delete subtitles of a hosted video',
		action: 'Delete subtitle',
	},

	fields: [hostedVideoField, subtitleId],

	async run(context, inputs) {
		const done = doneInRun<number>(context, inputs);
		return await runEach(context, inputs, async ({ videoId, subtitleId }, index) => {
			const id = done[index] ?? (await findVideo(context.client, videoId)).id;
			if (!(index in done)) await deleteById(context.client, id, subtitleId);
			done[index] = id;
			return { subtitle_id: subtitleId, video_id: id, deleted: true };
		});
	},
});

async function deleteById({ videos }: GcoreClient, videoId: number, id: number): Promise<void> {
	const error = await videos.deleteSubtitles(videoId, id).then(() => undefined, asGcoreError);
	if (!error) return;
	if (error.kind === 'notFound') {
		throw new Problem(
			`Video ${videoId} has no subtitles ${id}`,
			'Look at its subtitles with the operation Get Many.',
		);
	}
	// A request whose answer was lost may have deleted them
	const left = error.mayHaveRun ? await videos.subtitles(videoId).catch(asGcoreError) : error;
	const isGone = !(left instanceof GcoreError) && left.every((other) => other.id !== id);
	if (!isGone) throw videoProblemOf(videoId, error);
}
