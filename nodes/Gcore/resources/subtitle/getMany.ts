import { Problem } from '../../../form/problem';
import { hostedVideoField } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import { attemptEach } from '../../operations/each';
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
		const { videos } = context.client;
		const lists = await attemptEach(context, inputs, async ({ videoId }) => {
			const { id } = await findVideo(context.client, videoId);
			const found = await videos.subtitles(id).catch((error: unknown) => {
				throw videoProblemOf(id, error);
			});
			return found.map((subtitles) => subtitleJson(id, subtitles));
		});
		if (lists.some((list) => Array.isArray(list) && list.length === 0)) {
			context.hint('The video has no subtitles');
		}
		return lists.map((list) => {
			if (list === undefined) return [];
			return list instanceof Problem ? [list] : list.map((json) => ({ json }));
		});
	},
});
