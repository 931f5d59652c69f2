import { randomUUID } from 'node:crypto';

import { stateOfVideo } from './hostedVideo';
import type { HostedSubtitles, HostedVideo } from './hostedVideo';
import { nameOfLanguage } from './languageNames';
import type { GcoreOptions } from './options';
import { mp4Of } from './renditions';
import { SHAPES } from './shapes';
import { stateOf, taskOf } from './task';
import type { Task } from './task';

/** The languages of `auto_translate_subtitles_language: default`. */
const DEFAULT_TRANSLATIONS = 'eng,fre,ger';

/** The tasks that Gcore makes by itself for its videos, and the subtitles that come of them. */
export class AutomaticTasks {
	private readonly made = new WeakMap<HostedVideo, Set<Task>>();

	constructor(
		private readonly options: GcoreOptions,
		private readonly add: (task: Task) => void,
	) {}

	/** Does what Gcore would have done for a video by now; no request could have seen it earlier. */
	catchUp(video: HostedVideo, now: number, attach: Attach): void {
		if (!this.made.has(video) && stateOfVideo(video, now).status === 'ready') this.make(video);
		for (const task of this.made.get(video) ?? []) this.attachResult(video, task, now, attach);
	}

	private make(video: HostedVideo): void {
		const tasks = this.requestsFor(video).map((request) => ({
			id: randomUUID(),
			request: { task_name: 'transcription' as const, url: mp4Of(video), ...request },
			createdAt: (video.uploadedAt ?? video.createdAt) + video.processingMs,
			durationMs: this.options.taskDurationMs,
		}));
		this.made.set(video, new Set(tasks));
		tasks.forEach(this.add);
	}

	private requestsFor({ id, request }: HostedVideo): Array<Partial<Task['request']>> {
		const spoken = String(request['auto_transcribe_audio_language'] ?? 'auto');
		if (spoken === 'disable') return [];
		const translated = String(request['auto_translate_subtitles_language'] ?? 'disable');
		const transcription = {
			...(spoken !== 'auto' && { audio_language: spoken }),
			client_entity_data:
				this.options.autoTaskData === 'json' ? `{"video_id": ${id}}` : `video:${id}`,
		};
		const languages = translated === 'default' ? DEFAULT_TRANSLATIONS : translated;
		const translations = translated === 'disable' ? [] : languages.split(',');
		return [
			transcription,
			...translations.map((language) => ({ ...transcription, subtitles_language: language })),
		];
	}

	private attachResult(video: HostedVideo, task: Task, now: number, attach: Attach): void {
		const shape = SHAPES[this.options.api];
		if (stateOf(task, now, shape).status !== 'SUCCESS') return;
		this.made.get(video)?.delete(task);
		const result = taskOf(task, now, shape).result as Transcription | null;
		const language = result?.languages?.[0];
		if (language === undefined || result?.vttContent === undefined) return;
		const kind = task.request.subtitles_language ? 'AI-translated' : 'AI-generated';
		const name = `${nameOfLanguage(language) ?? language} (${kind})`;
		attach(video, { name, language, vtt: result.vttContent });
	}
}

type Attach = (video: HostedVideo, subtitles: Omit<HostedSubtitles, 'id'>) => void;

interface Transcription {
	languages?: string[];
	vttContent?: string;
}
