import type { InputFile } from '../shared/inputFile';
import { extensionOf, VIDEO_EXTENSION } from '../shared/videos/extension';
import { isUnset, quoted } from './field';
import { binaryField } from './binaryField';
import { locatorField } from './locatorField';
import { Problem } from './problem';

/** The name under which the node offers the search for hosted videos. */
export const VIDEO_SEARCH = 'searchVideos';

/** A hosted video. Reads its ID, or its name, which is what an agent's model knows. */
export const hostedVideoField = locatorField(
	{
		displayName: 'Hosted Video',
		name: 'videoId',
		required: true,
		description: 'The video in Gcore video hosting',
	},
	{
		search: VIDEO_SEARCH,
		select: 'Select a video…',
		example: 'e.g. 1234',
		hint: 'The video_id, or the exact name of the video (unless it is only digits)',
	},
	(value, label) => {
		const text = typeof value === 'number' ? String(value) : value;
		const reference = typeof text === 'string' ? text.trim() : text;
		if (typeof reference === 'string' && reference !== '') return reference;
		throw new Problem(
			isUnset(reference) ? `${label} is empty` : `${label} is not a video`,
			'Choose a video from the list, or use its video_id.',
		);
	},
);

/** The binary field that holds the video to upload. */
export const videoFileField = binaryField(
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		hint: 'The name of the input field with the file to upload',
		description:
			'Nearly any video container is taken (MP4, MOV, MKV, WebM, AVI …), up to 30 GB. Gcore charges for hosting.',
	},
	readVideoFile,
);

const AUDIO_EXTENSIONS =
	/^(aac|ac3|aiff?|amr|au|caf|dts|eac3|flac|m4a|m4b|mka|mp2|mp3|oga|opus|wav|wma)$/;

/** Extensions of files that are surely not videos, whatever their MIME type. */
const OTHER_EXTENSIONS =
	/^(pdf|docx?|odt|rtf|txt|md|xlsx?|ods|csv|tsv|pptx?|odp|html?|xml|json|ya?ml|eml|srt|vtt|ass|ssa|ttml|zip|gz|tgz|tar|7z|rar|png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif)$/;
const OTHER_TYPES =
	/^(image|text|font|message)\/|^application\/(json|pdf|xml|zip|gzip|rtf|msword|x-subrip|vnd\.)/;

/** @throws Problem about a file that Gcore does not host */
function readVideoFile(file: InputFile, label: string): InputFile {
	const { name } = file;
	const mimeType = file.mimeType.toLowerCase();
	const extension = extensionOf(name);
	if (VIDEO_EXTENSION.test(extension)) return file;
	if (AUDIO_EXTENSIONS.test(extension) || mimeType.startsWith('audio/')) {
		throw new Problem(
			`${label}: "${name}" is sound without a picture`,
			'Gcore hosts only videos: put the sound into one first, such as an MP4 with a still picture.',
		);
	}
	if (OTHER_EXTENSIONS.test(extension) || OTHER_TYPES.test(mimeType)) {
		throw new Problem(
			`${label}: "${name}" is not a video`,
			'Use a binary field with a video file.',
		);
	}
	return file;
}

/** The ID of something at Gcore: a whole number above 0. */
export function readId(value: unknown, label: string): number {
	const id = /^\s*\d+\s*$/.test(String(value)) ? Number(value) : NaN;
	if (Number.isSafeInteger(id) && id > 0) return id;
	throw new Problem(
		isUnset(value) ? `${label} is empty` : `${label} ${quoted(value)} is not an ID`,
		'Use a whole number, as Gcore returns it.',
	);
}
