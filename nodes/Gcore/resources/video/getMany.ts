import { choiceField, textField } from '../../../form/field';
import { filtersField, SEARCH_LIMIT, upTo } from '../../../form/listFields';
import { simplifyField } from '../../../form/taskFields';
import { eachVideoPage, firstRows } from '../../../shared/api/lists';
import { videoJson } from '../../../shared/videos/video';
import { listEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { ownerField } from './uploadFields';

const filters = filtersField([
	ownerField('Only videos that were uploaded with this Client User ID, a whole number'),
	textField(
		{
			displayName: 'Search Text',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. webinar',
			description: 'Text to find in the name of the video, or its ID',
		},
		SEARCH_LIMIT,
	),
	choiceField({
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Any', value: '' },
			{ name: 'Empty', value: 'empty' },
			{ name: 'Failed', value: 'error' },
			{ name: 'Pending', value: 'pending' },
			{ name: 'Ready', value: 'ready' },
			{ name: 'Viewable', value: 'viewable' },
		],
		default: '',
	}),
]);

function queryOf({ search, status, clientUserId }: ReturnType<typeof filters.read>) {
	return {
		...(search && { search }),
		...(status && { status }),
		...(clientUserId !== undefined && { client_user_id: clientUserId }),
	};
}

/** Lists hosted videos, newest first. */
export const getMany = operation({
	option: {
		name: 'Get Many',
		value: 'getMany',
		description: 'List hosted videos, newest first',
		action: 'Get many videos',
	},

	fields: [upTo, simplifyField, filters],

	async run(context, inputs) {
		const isFiltered = inputs.some(({ filters }) => Object.keys(queryOf(filters)).length > 0);
		const none = isFiltered ? 'No video matches the filters' : 'There are no videos yet';
		return await listEach(context, inputs, none, async ({ upTo, filters, simplify }) => {
			const most = upTo?.limit ?? Infinity;
			const pages = eachVideoPage(context.client, queryOf(filters), most);
			const videos = await firstRows(pages, most);
			return videos.map((video) => videoJson(video, simplify));
		});
	},
});
