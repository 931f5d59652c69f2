import type { INodeProperties } from 'n8n-workflow';

import { readSimplify, SIMPLIFY_FIELD } from '../Gcore/fields';
import { FORMAT_OPTIONS, readFormats } from '../Gcore/formats';
import type { ItemFields } from '../Gcore/itemFields';
import { jsonAsText, readBoolean, readText } from '../Gcore/parameters';
import { readTimeoutMs, TIMEOUT_FIELD } from '../Gcore/timeout';
import type { Task } from '../shared/api/types';
import { Problem } from '../shared/problem';
import type { SubtitleFormatId } from '../shared/subtitles';

/** What a person set the trigger to. */
export interface TriggerSettings {
	/** The statuses to tell of. */
	statuses: readonly string[];
	/** Whether a task is of the user and has the text that are looked for. */
	isMatch(task: Task): boolean;
	/** Whether a task that has ended is one to tell of. */
	isWanted(task: Task): boolean;
	/** Whether results are needed, for the item or for its files. */
	withResult: boolean;
	includeResult: boolean;
	simplify: boolean;
	/** Which files of subtitles to add. */
	formats: readonly SubtitleFormatId[];
	/** How long one request may take. */
	timeoutMs: number;
}

/** The ways in which a task ends, by its status. */
const ENDS = [
	{ name: 'Task Cancelled', value: 'REVOKED', action: 'On transcription task cancelled' },
	{ name: 'Task Failed', value: 'FAILURE', action: 'On transcription task failed' },
	{ name: 'Task Succeeded', value: 'SUCCESS', action: 'On transcription task succeeded' },
];

/** What the canvas shows under the node's name. */
export const SUBTITLE = `={{ (${JSON.stringify(ENDS)}).filter(({ value }) => ($parameter["triggerOn"] ?? []).includes(value)).map(({ name }) => name).join(", ") }}`;

/** In characters: the most that Gcore stores. */
const TEXT_LIMIT = 4096;

export const TRIGGER_FIELDS: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		options: ENDS,
		default: ['SUCCESS'],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Client User ID',
				name: 'clientUserId',
				type: 'string',
				default: '',
				placeholder: 'e.g. customer-42',
				description: 'Only tasks that were created with this Client User ID',
			},
			{
				displayName: 'Search Text',
				name: 'text',
				type: 'string',
				default: '',
				placeholder: 'e.g. webinar',
				description:
					'Only tasks with this text in the video URL or the client data, in capitals or not',
			},
		],
	},
	SIMPLIFY_FIELD,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Download Subtitles',
				name: 'downloadSubtitles',
				type: 'multiOptions',
				options: FORMAT_OPTIONS,
				default: ['srt'],
				description: 'The files to add to each task that succeeded, as binary fields',
			},
			{
				displayName: 'Include Result',
				name: 'includeResult',
				type: 'boolean',
				default: true,
				description:
					'Whether to fetch each task with its text or the reason of its failure, which takes a request a task',
			},
			TIMEOUT_FIELD,
		],
	},
];

/** @throws Problem that names the field */
export function readSettings(fields: ItemFields): TriggerSettings {
	const { clientUserId, text } = fields.group('filters', 'Filters');
	const { includeResult, downloadSubtitles } = fields.group('options', 'Options');
	const statuses = readStatuses(fields.value('triggerOn', 'Trigger On'));
	const isMatch = matcher(
		readText(clientUserId, 'Client User ID', TEXT_LIMIT),
		readText(text, 'Search Text', TEXT_LIMIT)?.toLowerCase() ?? '',
	);
	const given = readBoolean(includeResult, 'Include Result', true);
	const formats = isNone(downloadSubtitles)
		? []
		: readFormats(downloadSubtitles, 'Download Subtitles');
	return {
		statuses,
		isMatch,
		isWanted: (task) => statuses.includes(task.status) && isMatch(task),
		withResult: given || formats.length > 0,
		includeResult: given,
		simplify: readSimplify(fields),
		formats,
		timeoutMs: readTimeoutMs(fields),
	};
}

/** A dropdown gives a list; an expression may give text with commas too. */
function readStatuses(value: unknown): string[] {
	const given = String(value ?? 'SUCCESS')
		.toUpperCase()
		.split(',')
		.map((status) => status.trim());
	const statuses = given.filter(Boolean);
	if (statuses.length > 0 && statuses.every((status) => ENDS.some((end) => end.value === status)))
		return statuses;
	throw new Problem(
		'Trigger On is not usable',
		`Choose one or more of ${ENDS.map(({ value }) => value).join(', ')}.`,
	);
}

function isNone(value: unknown): boolean {
	return String(value ?? '').trim() === '';
}

function matcher(clientUserId: string | undefined, text: string) {
	return ({ task_data }: Task): boolean => {
		const { url, client_user_id, client_entity_data } = task_data ?? {};
		if (clientUserId !== undefined && String(client_user_id ?? '') !== clientUserId) return false;
		return [url, client_user_id, client_entity_data].some((field) =>
			String(jsonAsText(field) ?? '')
				.toLowerCase()
				.includes(text),
		);
	};
}
