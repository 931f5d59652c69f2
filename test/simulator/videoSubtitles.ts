import type { HostedSubtitles, HostedVideo } from './hostedVideo';
import { nameOfLanguage } from './languageNames';
import type { GcoreOptions } from './options';
import { failed, NO_CONTENT, NOT_FOUND } from './shapes';
import type { Answer } from './shapes';

const LARGEST_BYTES = 5_000_000;

const WEBVTT_OR_SRT = /^\uFEFF?(WEBVTT|\s*\d+\r?\n\d{2,}:\d{2}:\d{2},\d{3} --> )/;

/** The calls for the subtitles of hosted videos. */
export class VideoSubtitles {
	private lastId = 0;

	constructor(private readonly options: GcoreOptions) {}

	/** Counts from 1 again. */
	forget(): void {
		this.lastId = 0;
	}

	/** Attaches subtitles to a video, whatever they are. */
	attach(
		video: HostedVideo,
		{ name, language, vtt }: Omit<HostedSubtitles, 'id'>,
	): HostedSubtitles {
		const subtitles = { id: ++this.lastId, name, language, vtt };
		video.subtitles.push(subtitles);
		return subtitles;
	}

	create(video: HostedVideo, { language, name = null, vtt }: HostedSubtitles): Answer {
		return (
			this.refusal({ language, vtt }) ?? {
				status: 200,
				body: this.attach(video, { name, language, vtt }),
			}
		);
	}

	change(video: HostedVideo, id: number, changes: Partial<HostedSubtitles>): Answer {
		const subtitles = video.subtitles.find((other) => other.id === id);
		if (!subtitles) return NOT_FOUND;
		const refusal = this.refusal(changes);
		if (refusal) return refusal;
		const { name, language, vtt } = Object.assign(subtitles, changes);
		const body = this.options.patchAnswersId ? subtitles : { name, language, vtt };
		return { status: 200, body };
	}

	delete(video: HostedVideo, id: number): Answer {
		const index = video.subtitles.findIndex((other) => other.id === id);
		if (index < 0) return NOT_FOUND;
		video.subtitles.splice(index, 1);
		return NO_CONTENT;
	}

	private refusal({ language, vtt }: Partial<HostedSubtitles>): Answer | undefined {
		if (language !== undefined && nameOfLanguage(language) === undefined) {
			return this.refused(`Language "${language}" is not supported`);
		}
		if (vtt === undefined) return undefined;
		if (Buffer.byteLength(vtt) > LARGEST_BYTES) return this.refused('Subtitles are too large');
		return WEBVTT_OR_SRT.test(vtt) ? undefined : this.refused('Subtitles are not valid');
	}

	private refused(error: string): Answer {
		const answer = failed(422, error);
		return this.options.subtitleErrors === 'plain'
			? answer
			: { ...answer, body: { status: 422, error } };
	}
}
