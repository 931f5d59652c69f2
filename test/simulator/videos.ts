import { randomUUID } from 'node:crypto';

import type { ErrorObject } from 'ajv';
import type { Context } from 'openapi-backend';

import { AutomaticTasks } from './autoTasks';
import { folderOf, stateOfVideo } from './hostedVideo';
import type { HostedVideo } from './hostedVideo';
import type { GcoreOptions } from './options';
import { downloadOf } from './origin';
import { NO_CONTENT, NOT_FOUND, SHAPES } from './shapes';
import type { Answer } from './shapes';
import { isUnfinished } from './task';
import type { Task } from './task';
import { UploadTokens } from './uploadTokens';
import { videoOf } from './videoForm';
import { VideoSubtitles } from './videoSubtitles';

/** The age of a video that a test adds: it is ready, however long processing takes. */
const DAY_MS = 24 * 3600 * 1000;

/** What video hosting shares with AI tasks. */
export interface Surroundings {
	readonly options: GcoreOptions;
	readonly violations: string[];
	readonly tasks: readonly Task[];
	add(task: Task): void;
}

/** Gcore's video hosting without HTTP, but for the upload of files. */
export class SimulatedVideos {
	readonly videos: HostedVideo[] = [];

	readonly tokens: UploadTokens;

	private readonly subtitles: VideoSubtitles;

	private readonly automatic: AutomaticTasks;

	private lastId = 0;

	constructor(private readonly gcore: Surroundings) {
		this.tokens = new UploadTokens(gcore.options);
		this.subtitles = new VideoSubtitles(gcore.options);
		this.automatic = new AutomaticTasks(gcore.options, (task) => gcore.add(task));
	}

	/** The handlers of the API description's calls, by their `operationId`. */
	readonly handlers: Record<string, (context: Context) => Answer> = {
		createVideo: ({ request }) => this.create(request.requestBody.video),
		listVideos: ({ request }) => this.list(request.query),
		getVideo: (context) => this.about(context, (video) => this.shown(video)),
		changeVideo: (context) =>
			this.about(context, (video) => {
				Object.assign(video.request, context.request.requestBody);
				video.name = String(video.request['name']);
				return this.shown(video);
			}),
		deleteVideo: (context) =>
			this.about(context, (video) => {
				this.reportReaders(video);
				this.delete(video);
				return NO_CONTENT;
			}),
		uploadTarget: (context) => this.about(context, (video) => this.tokens.targetOf(video)),
		listSubtitles: (context) =>
			this.about(context, ({ subtitles }) => ({ status: 200, body: subtitles })),
		createSubtitles: (context) =>
			this.about(context, (video) => this.subtitles.create(video, context.request.requestBody)),
		changeSubtitles: (context) =>
			this.about(context, (video) =>
				this.subtitles.change(video, subtitlesIdOf(context), context.request.requestBody),
			),
		deleteSubtitles: (context) =>
			this.about(context, (video) => this.subtitles.delete(video, subtitlesIdOf(context))),
	};

	/** Adds a video whose file has been there for a day, unless told otherwise. */
	add(details: Partial<HostedVideo> = {}): HostedVideo {
		const id = ++this.lastId;
		const name = details.name ?? `Video ${id}`;
		const createdAt = Date.now() - DAY_MS;
		const video = {
			id,
			name,
			slug: slugOf(name),
			createdAt,
			uploadedAt: details.createdAt ?? createdAt,
			processingMs: this.gcore.options.videoProcessingMs,
			size: 30_000_000,
			subtitles: [],
			...details,
			request: { name, auto_transcribe_audio_language: 'disable', ...details.request },
		};
		this.videos.push(video);
		return video;
	}

	/** Deletes a video and all that belongs to it. */
	delete(video: HostedVideo): void {
		this.videos.splice(this.videos.indexOf(video), 1);
	}

	/** The video with this ID, if there is one. */
	find(id: number): HostedVideo | undefined {
		return this.videos.find((video) => video.id === id);
	}

	/** Brings the tasks and the subtitles that Gcore makes by itself up to date. */
	catchUp(): void {
		const now = Date.now();
		for (const video of this.videos) {
			this.automatic.catchUp(video, now, (...attached) => this.subtitles.attach(...attached));
		}
	}

	/** Loses all videos and what belongs to them. */
	forget(): void {
		this.videos.length = this.lastId = 0;
		this.subtitles.forget();
		this.tokens.forget();
	}

	private create(request: Record<string, unknown>): Answer {
		const name = String(request['name']);
		if (name.trim() === '') return { status: 422, body: { errors: { name: ["can't be blank"] } } };
		const { videoProcessingMs: processingMs, videoAnswer } = this.gcore.options;
		const createdAt = Date.now();
		const video: HostedVideo = {
			id: ++this.lastId,
			name,
			slug: slugOf(name),
			request,
			createdAt,
			processingMs,
			subtitles: [],
			...(request['origin_url'] !== undefined &&
				downloadOf(String(request['origin_url']), { createdAt, processingMs })),
		};
		this.videos.push(video);
		const shown = this.shown(video);
		return videoAnswer === 'array' ? { ...shown, body: [shown.body] } : shown;
	}

	private shown(video: HostedVideo): Answer {
		return { status: 200, body: videoOf(video, Date.now(), this.gcore.options) };
	}

	private list({ page = 1, per_page, fields, ...filters }: Record<string, unknown>): Answer {
		const { options } = this.gcore;
		const rowsAPage = Math.min(Number(per_page ?? Infinity), options.videoPageSizeLimit);
		const first = (Number(page) - 1) * rowsAPage;
		const now = Date.now();
		const found = this.videos.filter((video) => isWanted(video, now, filters));
		const rows = (options.oldVideosFirst ? found : found.reverse())
			.slice(first, first + rowsAPage)
			.map((video) => videoOf(video, now, options));
		return { status: 200, body: fields ? rows.map((row) => only(String(fields), row)) : rows };
	}

	/** Answers a call for the video that its path names. */
	private about({ request }: Context, answer: (video: HostedVideo) => Answer): Answer {
		const video = this.find(Number(request.params['video_id']));
		return video ? answer(video) : NOT_FOUND;
	}

	/** Until a task has ended, it may not have read its file. */
	private reportReaders(video: HostedVideo): void {
		const { options, tasks, violations } = this.gcore;
		const readers = tasks.filter(
			(task) =>
				task.request.url.startsWith(folderOf(video)) &&
				isUnfinished(task, Date.now(), SHAPES[options.api]),
		);
		for (const { id } of readers) {
			violations.push(`video ${video.id} was deleted while task ${id} still read it`);
		}
	}
}

/** The answer to a malformed create call, which names the faulty fields. */
export function refusedVideo(errors: ErrorObject[]): Answer {
	const messages = errors.map(({ instancePath, message = '', params }) => {
		const missing = params['missingProperty'] as string | undefined;
		const field = missing ?? instancePath.split('/').at(-1) ?? '';
		return [field, [missing ? "can't be blank" : message]];
	});
	return { status: 422, body: { errors: Object.fromEntries(messages) } };
}

/**
 * A slug that no other video has. It keeps the words by which a task fails or finds no speech, so that
 * the name of a video decides how the tasks that read it end.
 */
function slugOf(name: string): string {
	const words = /failure|no-speech/.exec(name)?.[0] ?? '';
	return randomUUID().replaceAll('-', '').slice(0, 16) + words;
}

function subtitlesIdOf({ request }: Context): number {
	return Number(request.params['subtitles_id']);
}

function isWanted(
	video: HostedVideo,
	now: number,
	{ search, status, client_user_id }: Record<string, unknown>,
): boolean {
	const { id, slug, name, request } = video;
	const text = String(search ?? '');
	const isFound = [String(id), slug].includes(text) || name.includes(text);
	return (
		isFound &&
		(status === undefined || stateOfVideo(video, now).status === status) &&
		(client_user_id === undefined || request['client_user_id'] === client_user_id)
	);
}

function only(fields: string, row: object): object {
	const wanted = new Set(fields.split(','));
	return Object.fromEntries(Object.entries(row).filter(([field]) => wanted.has(field)));
}
