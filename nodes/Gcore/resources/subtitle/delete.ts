import { field } from '../../../form/field';
import { hostedVideoField, readId } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import { Problem } from '../../../form/problem';
import { asGcoreError } from '../../../shared/api/errors';
import { runEach } from '../../operations/each';
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

	async run({ client, ...context }, inputs) {
		return await runEach({ client, ...context }, inputs, async ({ videoId, subtitleId }) => {
			const { id } = await findVideo(client, videoId);
			const error = await client.videos
				.deleteSubtitles(id, subtitleId)
				.then(() => undefined, asGcoreError);
			if (error?.kind === 'notFound') {
				throw new Problem(
					`Video ${id} has no subtitles ${subtitleId}`,
					'Look at its subtitles with the operation Get Many.',
				);
			}
			if (error) throw videoProblemOf(id, error);
			return { subtitle_id: subtitleId, video_id: id, deleted: true };
		});
	},
});
