import type { VideoSubtitles } from '../../../shared/api/videoTypes';
import { languageName } from '../../../shared/languages';

/** Subtitles of a hosted video as output. */
export function subtitleJson(videoId: number, { id, language, name, vtt }: VideoSubtitles) {
	return {
		subtitle_id: id,
		video_id: videoId,
		language,
		language_name: languageName(language),
		name: name ?? null,
		text: vtt ?? null,
	};
}
