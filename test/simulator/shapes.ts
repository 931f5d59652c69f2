/* eslint-disable @n8n/community-nodes/no-restricted-globals -- for tests, not part of the package */
import type { Status } from './task';

/** Gcore's API descriptions that the simulator plays, by their year: that of July 2026, and the one before it. */
export type ApiYear = '2025' | '2026';

/** An answer of the API. */
export interface Answer {
	status: number;
	/** Null if there is none. */
	body: object | null;
	headers?: Record<string, string>;
}

/** The answer to a call for something that is not there, since July 2026. */
export const NOT_FOUND: Answer = {
	status: 404,
	body: { status: 404, error: 'Not Found. Entity you are looking for was not found, sorry.' },
};

/** The answer to a call that deleted something. */
export const NO_CONTENT: Answer = { status: 204, body: null };

/** What differs between the descriptions. */
export interface Shape {
	/** The file of its OpenAPI description, beside this one. */
	definition: string;
	/** Whether a task has its `task_name` beside its `task_data` too. */
	hasNameOnTop: boolean;
	/** The status of an answer to a cancel call that stopped its task. */
	cancelled: number;
	/** The answer to a cancel call for a task that has ended. */
	tooLateToCancel(status: Status): Answer;
	/** The answer to a cancel call for an unknown task. */
	nothingToCancel: Answer;
	/** The answer to a get call for an unknown task. */
	unknownTask: Answer;
	/** The answer to a create call with an unknown language in this field. */
	unknownLanguage(field: string, code: string): Answer;
	/** Why a task for this URL fails; undefined if its file type is supported. */
	unsupportedFile(url: string): string | undefined;
	/** Writes a time that has three decimals. */
	time(text: string): string;
}

export function failed(status: number, text: string): Answer {
	return { status, body: { error: text } };
}

export const SHAPES: Readonly<Record<ApiYear, Shape>> = {
	'2025': {
		definition: 'openapi-2025.yaml',
		hasNameOnTop: true,
		cancelled: 200,
		tooLateToCancel: (status) => failed(400, `Task is ${status}`),
		nothingToCancel: failed(404, 'Not found'),
		unknownTask: failed(404, 'Not found'),
		unknownLanguage: (field, code) => failed(400, `${field} must not be "${code}"`),
		unsupportedFile: () => undefined,
		time: (text) => text,
	},
	'2026': {
		definition: 'openapi.yaml',
		hasNameOnTop: false,
		cancelled: 202,
		tooLateToCancel: (status) =>
			failed(412, `Cannot cancel task because it is already in status ${status}.`),
		nothingToCancel: failed(404, 'Task not found'),
		unknownTask: NOT_FOUND,
		unknownLanguage: (field, code) => failed(422, `${field} "${code}" is not supported`),
		unsupportedFile: (url) => (/\.zip$/i.test(url) ? `Unsupported file type: ${url}` : undefined),
		// Two decimals or three: the documentation has both
		time: (text) => text.replace(/(\.\d\d)0(?=Z?$)/, '$1'),
	},
};

/**
 * The year that the environment variable GCORE_API names, so that one suite runs with each; 2026
 * unless given.
 */
export function apiYear(): ApiYear {
	const { GCORE_API: year = '2026' } = process.env;
	if (!(year in SHAPES)) throw new Error(`GCORE_API is ${year}; it can be 2025 or 2026`);
	return year as ApiYear;
}
