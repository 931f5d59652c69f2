/** The extensions of files that Gcore hosts (its guide to uploading videos). */
export const VIDEO_EXTENSION =
	/^(3g2|3gp|asf|avi|dif|dv|flv|f4v|m4v|mov|mp4|mpe?g|mts|m2ts?|qt|wmv|vob|mkv|ogv|webm|ogg|mxf)$/;

/** The extension of a file's name, in lower case and without its dot; empty if there is none. */
export function extensionOf(name: string): string {
	return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
