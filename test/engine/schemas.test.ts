import Ajv from 'ajv';
import type { IDataObject, INode } from 'n8n-workflow';

import { OPERATIONS, readSchema, schemaNames } from '../schemas';
import type { OutputSchema } from '../schemas';
import type { HostedVideo, RecordedRequest } from '../simulator';
import type { Task } from '../simulator/task';
import { binaryOf } from './binary';
import { runGcore } from './engine';
import type { GcoreRun } from './engine';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const ajv = new Ajv({ strict: false, allErrors: true });

const FORMATS = ['vtt', 'srt', 'txt', 'cues', 'ass', 'ttml', 'transcript', 'timedTranscript'];

const LAYOUT = { options: { layout: 'streaming' } };

const CLIENT_DATA = { client_user_id: 'customer-42', client_entity_data: 'mine' };

const FULL_REQUEST = {
	task_name: 'transcription' as const,
	url: VIDEO,
	audio_language: 'eng',
	subtitles_language: 'ger',
	...CLIENT_DATA,
};

const HOUR_MS = 3_600_000;

const ENDED = { durationMs: 1, createdAt: 0 };

/** What Gcore's documentation promises may be missing: all but these. */
const BARE = {
	task_id: 'aafe70c6-0000-0000-0000-327b65f7670f',
	status: 'SUCCESS',
	result: { speech_detected: false },
};

const NOT_DONE_IN_TIME = {
	waitForCompletion: true,
	options: { maxWait: 1, whenTimeIsUp: 'passOn' },
};

/** Each operation's runs, which together return every field that it has. */
const RUNS: Readonly<Record<string, Array<() => Promise<IDataObject[]>>>> = {
	'transcriptionTask/create': [
		async () => await outputOf('create', { url: VIDEO }),
		async () =>
			await outputOf(
				'create',
				{ source: 'file', waitForCompletion: true },
				{ binaries: [{ data: binaryOf('abc') }] },
			),
		async () => await outputOf('create', { source: 'hosted', videoId: addVideo() }),
		async () =>
			await outputOf('create', {
				url: VIDEO,
				audioLanguage: 'eng',
				subtitlesLanguage: 'ger',
				clientMetadata: { clientUserId: 'customer-42', clientEntityData: 'mine' },
				options: { reuseExistingTask: true },
			}),
		async () => await outputOf('create', { url: VIDEO, waitForCompletion: true, formats: FORMATS }),
		async () =>
			await outputOf('create', {
				url: VIDEO,
				waitForCompletion: true,
				formats: FORMATS,
				outputAs: 'json',
			}),
		async () =>
			await outputOf('create', {
				url: VIDEO,
				waitForCompletion: true,
				formats: ['srt'],
				...LAYOUT,
			}),
		async () => await outputOf('create', { url: VIDEO, waitForCompletion: true, formats: [] }),
		async () =>
			await outputOf('create', {
				url: 'https://example.com/no-speech.mp4',
				waitForCompletion: true,
			}),
		async () => {
			// The state of the task is unknown
			const on = ({ method }: { method: string }) =>
				method === 'GET' && simulator().tasks.length > 0;
			simulator().inject({ does: 'answer', status: 503, times: Infinity, on });
			return await outputOf('create', { url: VIDEO, ...NOT_DONE_IN_TIME, formats: [] });
		},
		async () => {
			const on = ({ method }: { method: string }) =>
				method === 'GET' && simulator().tasks.length > 0;
			simulator().inject({ does: 'answer', status: 503, times: Infinity, on });
			return await outputOf('create', { url: VIDEO, ...NOT_DONE_IN_TIME });
		},
	],

	'transcriptionTask/getSubtitles': [
		async () => await outputOfTask('getSubtitles', { formats: FORMATS }),
		async () => await outputOfTask('getSubtitles', { formats: FORMATS, outputAs: 'json' }),
		async () => await outputOfTask('getSubtitles', { formats: ['srt'], ...LAYOUT }),
		async () =>
			await outputOfTask('getSubtitles', { formats: FORMATS, ...NOT_DONE_IN_TIME }, RUNNING),
		async () => await outputOfBareTask('getSubtitles', { formats: FORMATS }),
	],

	'transcriptionTask/get': [
		async () => await outputOfTask('get', {}),
		async () => await outputOfTask('get', {}, RUNNING),
		async () => await outputOfTask('get', {}, FAILED),
		async () => await outputOfBareTask('get', {}),
	],

	'transcriptionTask/getMany': [
		async () => {
			for (const task of [{ ...ENDED, request: FULL_REQUEST }, RUNNING, FAILED])
				simulator().add(task);
			return await outputOf('getMany', {});
		},
		async () => {
			const body = { count: 1, next: null, previous: null, results: [BARE] };
			simulator().inject({ does: 'answer', status: 200, body });
			return await outputOf('getMany', {});
		},
	],

	'transcriptionTask/cancel': [
		async () => await outputOfTask('cancel', {}, RUNNING),
		async () => {
			simulator().inject({ does: 'answer', status: 502, processed: true });
			return await outputOfTask('cancel', {}, RUNNING);
		},
	],

	'video/upload': [
		async () => await outputOfVideo('upload', FROM_URL),
		async () => await outputOfVideo('upload', { ...FROM_URL, waitForCompletion: true }),
		async () => {
			simulator().options.videoProcessingMs = 1;
			return await outputOfVideo('upload', {
				...FROM_URL,
				waitForCompletion: true,
				options: { clientUserId: 7 },
			});
		},
		async () => {
			// The state of the video is unknown
			const on = ({ method, path }: RecordedRequest) =>
				method === 'GET' && path !== '/streaming/videos';
			simulator().inject({ does: 'answer', status: 503, times: Infinity, on });
			return await outputOfVideo('upload', { ...FROM_URL, ...NOT_DONE_IN_TIME });
		},
		async () => await outputOfVideo('upload', {}, { binaries: [{ data: binaryOf('abc') }] }),
	],

	'video/get': [
		async () => await outputOfVideo('get', { videoId: addVideo() }),
		async () => await outputOfVideo('get', { videoId: addVideo(FAILED_VIDEO) }),
		async () => {
			simulator().inject({ does: 'answer', status: 200, body: { id: 7 } });
			return await outputOfVideo('get', { videoId: 7 });
		},
	],

	'video/getMany': [
		async () => {
			for (const video of [{}, FAILED_VIDEO]) addVideo(video);
			return await outputOfVideo('getMany', {});
		},
		async () => {
			simulator().inject({ does: 'answer', status: 200, body: [{ id: 7 }] });
			return await outputOfVideo('getMany', {});
		},
	],

	'video/delete': [async () => await outputOfVideo('delete', { videoId: addVideo() })],

	'subtitle/add': [
		async () => {
			const { id } = simulator().add(ENDED);
			return await outputOfSubtitle('add', { taskId: id });
		},
		async () => {
			await outputOfSubtitle('add', TEXT);
			return await outputOfSubtitle('add', { ...TEXT, videoId: 1 });
		},
	],

	'subtitle/getMany': [
		async () => {
			await outputOfSubtitle('add', TEXT);
			return await outputOfSubtitle('getMany', { videoId: 1 });
		},
		async () => {
			const on = ({ path }: RecordedRequest) => path.endsWith('/subtitles');
			simulator().inject({ does: 'answer', status: 200, body: [{ id: 7, language: 'eng' }], on });
			return await outputOfSubtitle('getMany', {});
		},
	],

	'subtitle/delete': [
		async () => {
			await outputOfSubtitle('add', TEXT);
			return await outputOfSubtitle('delete', { videoId: 1, subtitleId: 1 });
		},
	],

	'language/checkSupport': ['ger', 'uzb'].map(
		(subtitlesLanguage) => async () =>
			await outputOf('checkSupport', {
				resource: 'language',
				audioLanguage: 'eng',
				subtitlesLanguage,
			}),
	),
};

/** Runs that return Gcore's own answer, which the package does not describe in full. */
const RAW_RUNS: Readonly<Record<string, () => Promise<IDataObject[]>>> = {
	'transcriptionTask/get': async () => await outputOfTask('get', { simplify: false }),
	'transcriptionTask/getMany': async () => {
		simulator().add(ENDED);
		return await outputOf('getMany', { simplify: false });
	},
	'video/upload': async () => await outputOfVideo('upload', { ...FROM_URL, simplify: false }),
	'video/get': async () => await outputOfVideo('get', { videoId: addVideo(), simplify: false }),
	'video/getMany': async () => {
		addVideo(FAILED_VIDEO);
		return await outputOfVideo('getMany', { simplify: false });
	},
};

const RUNNING: Partial<Task> = { durationMs: HOUR_MS };
const FAILED: Partial<Task> = {
	...ENDED,
	request: { task_name: 'transcription', url: 'https://example.com/failure.mp4' },
};

const FROM_URL = { source: 'url', url: 'https://example.com/talk.mov' };

const FAILED_VIDEO: Partial<HostedVideo> = {
	failure: { status: 'empty', error: 'File Invalid' },
	request: { client_user_id: 7, description: 'mine' },
};

const TEXT = { source: 'text', language: 'ger', text: 'WEBVTT\n' };

function addVideo(video: Partial<HostedVideo> = {}): number {
	return simulator().addVideo(video).id;
}

async function outputOfVideo(
	operation: string,
	parameters: INode['parameters'],
	rest: Partial<GcoreRun> = {},
) {
	return await outputOf(operation, { resource: 'video', ...parameters }, rest);
}

/** The output of an operation on the subtitles of an existing video. */
async function outputOfSubtitle(operation: string, parameters: INode['parameters']) {
	return await outputOf(operation, { resource: 'subtitle', videoId: addVideo(), ...parameters });
}

async function outputOf(
	operation: string,
	parameters: INode['parameters'],
	rest: Partial<GcoreRun> = {},
) {
	simulator().options.taskDurationMs = 1;
	const { json, error } = await runGcore({
		simulator: simulator(),
		parameters: { operation, ...parameters },
		...rest,
	});
	expect(error).toBeUndefined();
	expect(json).not.toEqual([]);
	return json;
}

/** The output of an operation on an existing task; by default one that has ended, with all that a request can have. */
async function outputOfTask(
	operation: string,
	parameters: INode['parameters'],
	task: Partial<Task> = { ...ENDED, request: FULL_REQUEST },
) {
	const { id } = simulator().add(task);
	return await outputOf(operation, { taskId: id, ...parameters });
}

async function outputOfBareTask(operation: string, parameters: INode['parameters']) {
	simulator().inject({ does: 'answer', status: 200, body: BARE });
	return await outputOf(operation, { taskId: BARE.task_id, ...parameters });
}

/** Every field with its type, such as `cues[].text: string`. */
function fieldsOf(value: unknown, path = ''): string[] {
	if (value === null) return [`${path}: null`];
	if (Array.isArray(value)) {
		return [`${path}: array`, ...value.flatMap((element) => fieldsOf(element, `${path}[]`))];
	}
	if (typeof value !== 'object') return [`${path}: ${typeof value}`];
	const inside = Object.entries(value as object);
	return [
		`${path}: object`,
		...inside.flatMap(([key, inner]) => fieldsOf(inner, `${path}.${key}`)),
	];
}

/** Every field of a schema, as `fieldsOf` writes it. */
function fieldsOfSchema({ type, properties = {}, items }: OutputSchema, path = ''): string[] {
	return [
		...[type].flat().map((name) => `${path}: ${name}`),
		...(items ? fieldsOfSchema(items, `${path}[]`) : []),
		...Object.entries(properties).flatMap(([key, inner]) =>
			fieldsOfSchema(inner, `${path}.${key}`),
		),
	];
}

const unique = (fields: string[]) => [...new Set(fields)].sort();

function expectValid(operation: string, json: IDataObject[]): void {
	const validate = ajv.compile(readSchema(operation));
	for (const item of json) expect([validate(item), validate.errors]).toEqual([true, null]);
}

describe('the output schemas', () => {
	test('are there for every operation, and for no other', () => {
		expect(schemaNames().sort()).toEqual([...OPERATIONS].sort());
		expect(Object.keys(RUNS).sort()).toEqual([...OPERATIONS].sort());
	});

	test.each(Object.entries(RUNS))(
		'%s: has every field that is returned, and no other',
		async (operation, runs) => {
			const json: IDataObject[] = [];
			for (const run of runs) {
				json.push(...(await run()));
				simulator().reset();
			}
			expectValid(operation, json);
			expect(unique(json.flatMap((item) => fieldsOf(item)))).toEqual(
				unique(fieldsOfSchema(readSchema(operation))),
			);
		},
	);

	test.each(Object.entries(RAW_RUNS))('%s: holds if Simplify is off', async (operation, run) => {
		expectValid(operation, await run());
	});
});
