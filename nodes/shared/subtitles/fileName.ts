import { parseUrl } from '../parseUrl';
import { extensionOf, VIDEO_EXTENSION } from '../videos/extension';

/** The parts of a subtitle file's name. */
interface SubtitleFileNameParts {
	/** A name that the user chose, without language and extension. */
	base?: string | undefined;
	/** The video's address. */
	url?: string | null | undefined;
	taskId: string;
	/** A code such as `eng`. */
	language?: string | null | undefined;
	/** Without a dot. */
	extension: string;
}

export const MAX_CHARACTERS = 150;
/** File systems allow 255 bytes; the rest is for the language and the extension. */
export const MAX_BYTES = 230;

/** Path separators, characters that Windows refuses in a name, control characters, halves of surrogate pairs. */
const UNSAFE = /[\\/<>:"|?*\p{Cc}\p{Cs}]/gu;

/** A dot may stand in a name too (`talk.2024`), so only these are taken off. */
const STREAM_EXTENSION = /^(ts|m3u8)$/;

/** Devices of Windows, which has them with any extension too (`con.eng.srt`). */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) ?(\.|$)/i;

/**
 * A file name such as `spritefright-blender-cut30sec.eng.srt`: after the chosen name, else after the
 * file that the URL names, else after the task. It is safe on any file system, whatever it is made of.
 */
export function subtitleFileName(parts: SubtitleFileNameParts): string {
	const { base, url, taskId, language, extension } = parts;
	const stem =
		toSafeName(base ?? '') ||
		toSafeName(withoutVideoExtension(fileNameOf(url))) ||
		toSafeName(taskId);
	return [stem, toSafeName(language ?? ''), extension].filter(Boolean).join('.');
}

/** The name of a video's file without `.mp4` and the like. */
export function withoutVideoExtension(name: string): string {
	const extension = extensionOf(name);
	const isKnown = VIDEO_EXTENSION.test(extension) || STREAM_EXTENSION.test(extension);
	return isKnown ? name.slice(0, -extension.length - 1) : name;
}

/** The last segment of a URL's path, such as `talk.mp4`; empty if there is none. */
export function fileNameOf(url: unknown): string {
	const path = typeof url === 'string' ? parseUrl(url)?.pathname : undefined;
	return decodePercent(path?.split('/').filter(Boolean).at(-1) ?? '');
}

/** Decodes what can be decoded, and leaves the rest as it stands. */
function decodePercent(text: string): string {
	return text.replace(/(%[\da-f]{2})+/gi, (escapes) => {
		try {
			return decodeURIComponent(escapes);
		} catch {
			return escapes;
		}
	});
}

/** @returns empty if nothing of the name is left */
function toSafeName(name: string): string {
	const safe = name
		.replace(/\s+/g, ' ')
		.replace(UNSAFE, '_')
		.replace(/^[. ]+/, '')
		.replace(RESERVED, '_$&');
	const short = cut(safe).replace(/[. ]+$/, '');
	return /^[_. ]*$/.test(short) ? '' : short;
}

function cut(text: string): string {
	const characters = [...text].slice(0, MAX_CHARACTERS);
	while (Buffer.byteLength(characters.join('')) > MAX_BYTES) characters.pop();
	return characters.join('');
}
