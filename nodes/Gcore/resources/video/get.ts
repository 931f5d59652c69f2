import { hostedVideoField } from '../../../form/videoFields';
import { simplifyField } from '../../../form/taskFields';
import { videoJson } from '../../../shared/videos/video';
import { runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { findVideo } from './findVideo';

/** Fetches a hosted video. */
export const get = operation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get the status and the addresses of a hosted video',
		action: 'Get video',
	},

	fields: [hostedVideoField, simplifyField],

	async run(context, inputs) {
		return await runEach(context, inputs, async ({ videoId, simplify }) =>
			videoJson(await findVideo(context.client, videoId), simplify),
		);
	},
});
