import {
	booleanField,
	choicesField,
	fieldsShownWhen,
	IS_SET,
	jsonAsText,
	propertiesOf,
	readFields,
	textField,
} from '../form/field';
import type { FieldValues, ValuesOf } from '../form/field';
import { FORMAT_OPTIONS } from '../form/subtitleFields';
import { LAYOUT_OPTIONS } from '../form/layoutFields';
import { filtersField } from '../form/listFields';
import { optionsField } from '../form/options';
import { clientUserIdField, simplifyField } from '../form/taskFields';
import { CLIENT_ENTITY_DATA_LIMIT } from '../shared/api/types';
import type { Task } from '../shared/api/types';
import { mayReadHosted } from '../shared/videos/videoOfTask';
import type { CueChanges } from '../shared/subtitles/changedCues';
import type { SubtitleFormatId } from '../shared/subtitles/formats';
import type { TasksWanted } from './findFinished';

/** The ways in which a task ends, by its status. */
const ENDS = [
	{ name: 'Task Cancelled', value: 'REVOKED', action: 'On transcription task cancelled' },
	{ name: 'Task Failed', value: 'FAILURE', action: 'On transcription task failed' },
	{ name: 'Task Succeeded', value: 'SUCCESS', action: 'On transcription task succeeded' },
] as const;

/** What the canvas shows under the node's name. */
export const CANVAS_LINE = `={{ (${JSON.stringify(ENDS)}).filter(({ value }) => ($parameter["triggerOn"] ?? []).includes(value)).map(({ name }) => name).join(", ") }}`;

const FIELDS = [
	choicesField({
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		options: ENDS,
		default: ['SUCCESS'],
	}),
	filtersField([
		clientUserIdField('Only tasks that were created with this Client User ID'),
		booleanField(
			{
				displayName: 'Only Hosted Videos',
				name: 'onlyHosted',
				type: 'boolean',
				default: true,
				description:
					'Whether to report only tasks for videos in Gcore video hosting, such as automatic transcriptions, with their video_id',
			},
			false,
		),
		textField(
			{
				displayName: 'Search Text',
				name: 'text',
				type: 'string',
				default: '',
				placeholder: 'e.g. webinar',
				description:
					'Only tasks with this text in the video URL or the client data, in capitals or not',
			},
			CLIENT_ENTITY_DATA_LIMIT,
		),
	]),
	simplifyField,
	optionsField([
		choicesField(
			{
				displayName: 'Download Subtitles',
				name: 'downloadSubtitles',
				type: 'multiOptions',
				options: FORMAT_OPTIONS,
				default: ['srt'],
				description: 'The files to add to each task that succeeded, as binary fields',
			},
			[],
		),
		...fieldsShownWhen({ downloadSubtitles: [IS_SET] }, LAYOUT_OPTIONS),
		booleanField({
			displayName: 'Include Result',
			name: 'includeResult',
			type: 'boolean',
			default: true,
			description:
				'Whether to fetch each task with its text or the reason of its failure, which takes one request for each task',
		}),
	]),
] as const;

/** The trigger's form. */
export const TRIGGER_PROPERTIES = propertiesOf(FIELDS);

/** The trigger's settings. */
export interface TriggerSettings extends TasksWanted {
	includeResult: boolean;
	simplify: boolean;
	/** Which files of subtitles to add. */
	formats: readonly SubtitleFormatId[];
	/** How their cues are changed. */
	changes: CueChanges;
	/** How long one request may take. */
	timeoutMs: number;
}

type Filters = ValuesOf<typeof FIELDS>['filters'];

/** @throws Problem that names the field */
export function readSettings(values: FieldValues): TriggerSettings {
	const { triggerOn, filters, simplify, options } = readFields(FIELDS, values);
	const { includeResult, downloadSubtitles, requestTimeout } = options;
	return {
		statuses: triggerOn,
		isMatch: matcher(filters),
		onlyHosted: filters.onlyHosted,
		withResult: includeResult || downloadSubtitles.length > 0,
		includeResult,
		simplify,
		formats: downloadSubtitles,
		changes: { layout: options.layout, offset: options.timeOffset },
		timeoutMs: requestTimeout * 1000,
	};
}

function matcher({ clientUserId, onlyHosted, text = '' }: Filters) {
	const wanted = text.toLowerCase();
	return (task: Task): boolean => {
		if (onlyHosted && !mayReadHosted(task)) return false;
		const { task_data } = task;
		const { url, client_user_id, client_entity_data } = task_data ?? {};
		if (clientUserId !== undefined && String(client_user_id ?? '') !== clientUserId) return false;
		return [url, client_user_id, client_entity_data].some((value) =>
			String(jsonAsText(value) ?? '')
				.toLowerCase()
				.includes(wanted),
		);
	};
}
