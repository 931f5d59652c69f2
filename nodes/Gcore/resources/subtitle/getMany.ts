import { hostedVideoField } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import { listEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { findVideo } from '../video/findVideo';
import { subtitleJson } from './subtitleJson';

/** Lists the subtitles of a hosted video, with their texts. */
export const getMany = operation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List the subtitles of a hosted video, with their texts',
		action: 'Get many subtitles',
	},

	fields: [hostedVideoField],

	async run(context, inputs) {
		const { client } = context;
		return await listEach(context, inputs, 'The video has no subtitles', async ({ videoId }) => {
			const { id } = await findVideo(client, videoId);
			const found = await client.videos.subtitles(id).catch((error: unknown) => {
				throw videoProblemOf(id, error);
			});
			return found.map((subtitles) => subtitleJson(id, subtitles));
		});
	},
});
