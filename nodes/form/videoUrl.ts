import { parseUrl } from '../shared/parseUrl';
import { isPublicHost } from '../shared/publicHost';
import { isUnset } from './field';
import { Problem } from './problem';

/**
 * What RFC 3986 allows in a URL. A link of only these characters is sent unchanged, since it may be
 * signed; a host that needs encoding has others.
 */
const URL_CHARACTERS = /^(https?|sftp):\/\/[\w\-.~:[\]]+([/?#][\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/i;

const LOCAL_FILE = /^([a-z]:[\\/]|[\\/]|file:)/i;

/** A site whose links are pages with a player, unless they are links to a file. */
interface PageSite {
	/** Matches a host without a final dot. */
	host: RegExp;
	isFile(url: URL): boolean;
	advice: string;
}

/** Advice for sites that offer no link to a file. */
const OWN_COPY =
	'Gcore needs the MP4 file itself: put a copy of the video where anyone can reach it, and use its link.';

const PAGES: readonly PageSite[] = [
	{
		host: /(^|\.)(youtube\.com|youtube-nocookie\.com|youtu\.be)$/,
		isFile: () => false,
		advice: OWN_COPY,
	},
	{
		host: /(^|\.)vimeo(pro)?\.com$/,
		isFile: ({ pathname }) =>
			/\.mp4$|\/download$/i.test(pathname) ||
			/^\/(external|play|progressive_redirect)\//.test(pathname),
		advice: OWN_COPY,
	},
	{
		host: /^(drive|docs)\.google\.com$/,
		isFile: ({ pathname }) => /\/uc$/.test(pathname),
		advice:
			"Google puts a page before large files. Download the file with n8n's Google Drive node, and choose File as the 'Video Source'.",
	},
	{
		host: /(^|\.)dropbox\.com$/,
		isFile: ({ hostname, pathname, searchParams }) =>
			// A folder comes as a zip file
			(!/^\/(sh|scl\/fo)\//.test(pathname) || /\.\w+$/.test(pathname)) &&
			(/^dl[.-]/.test(hostname) ||
				searchParams.get('dl') === '1' ||
				searchParams.get('raw') === '1'),
		advice: 'Use the link of the file, not of a folder, and set dl=1 in it.',
	},
	{
		host: /(^|\.)(1drv\.ms|onedrive\.live\.com|onedrive\.com|sharepoint(-mil)?\.(com|us|cn))$/,
		isFile: ({ hostname, pathname, searchParams }) =>
			hostname.startsWith('api.') ||
			searchParams.has('download') ||
			/\/download(\.aspx)?$|\/_api\/.*\/(content|\$value)$|\.mp4$/i.test(pathname),
		advice: 'Add download=1 to the link, so that it leads to the file.',
	},
];

/** What a URL has to lead to. */
interface Wanted {
	/** In words, such as `an MP4 file`. */
	file: string;
	/** With their colons, which errors show too. */
	schemes: readonly string[];
}

const MP4: Wanted = { file: 'an MP4 file', schemes: ['https:', 'http:'] };
const ANY_VIDEO: Wanted = { file: 'a video file', schemes: ['https:', 'http:', 'sftp:'] };

/** Playlists, which Gcore does not take as files. */
const MANIFEST = /\.(m3u8|mpd)$/i;

/**
 * Checks a video's URL before anything is sent. Gcore downloads the file from the internet, over
 * HTTP or HTTPS, so a URL that cannot work is reported at once and not by a failed task minutes
 * later.
 *
 * @param value what the user's field holds, of any type
 * @param label the field's label, for the error
 * @returns the URL to send (trimmed; percent-encoded if it holds characters that no URL may)
 * @throws Problem with what is wrong with it and what to do
 */
export function readVideoUrl(value: unknown, label: string): string {
	return readUrl(value, label, MP4);
}

/** The same for the address of a video to host: of any container, and over SFTP too. */
export function readOriginUrl(value: unknown, label: string): string {
	const address = readUrl(value, label, ANY_VIDEO);
	if (!MANIFEST.test(parseUrl(address)?.pathname ?? '')) return address;
	throw new Problem(
		`${label} is a playlist, not a file`,
		'Use the address of the video file itself: Gcore does not take HLS or DASH playlists.',
	);
}

function readUrl(value: unknown, label: string, { file, schemes }: Wanted): string {
	const text = readText(value, label, file);
	// The parser would not normalise the host of an SFTP address, and 0x7f.1 would pass
	const isSftp = /^sftp:/i.test(text);
	const url = parseUrl(isSftp ? text.replace(/^sftp:/i, 'https:') : text);
	if (!url) {
		throw new Problem(
			`${label} is not a full web address`,
			`Enter the address of ${file}, starting with ${inWords(schemes)}.`,
		);
	}
	const scheme = isSftp ? 'sftp:' : url.protocol;
	if (!schemes.includes(scheme)) {
		throw new Problem(
			`${label} starts with "${scheme}"`,
			`Use an address that starts with ${inWords(schemes)}.`,
		);
	}
	refuseUnreachable(url, label);
	return URL_CHARACTERS.test(text) ? text : url.href.replace(/^https?:/, scheme);
}

/** @returns the trimmed text of a field, which is neither empty nor a path on a computer */
function readText(value: unknown, label: string, file: string): string {
	const text = typeof value === 'string' ? value.trim() : value;
	if (isUnset(text)) throw new Problem(`${label} is empty`, `Enter the address of ${file}.`);
	if (typeof text !== 'string') {
		throw new Problem(`${label} is not text`, `Enter the address of ${file}.`);
	}
	if (LOCAL_FILE.test(text)) {
		throw new Problem(
			`${label} is a file on a computer`,
			'Gcore downloads the video itself: put the file where anyone can reach it, and use its link.',
		);
	}
	return text;
}

/** @throws Problem about an address that Gcore cannot download a file from, or should not be sent */
function refuseUnreachable(url: URL, label: string): void {
	if (url.username || url.password) {
		throw new Problem(
			`${label} carries a user name or password`,
			'They would be stored at Gcore. Use a public or a signed link instead.',
		);
	}
	if (!isPublicHost(url.hostname)) {
		throw new Problem(
			`${label} points to "${url.hostname}", which is not on the internet`,
			'Gcore downloads the file itself: use an address that anyone can reach.',
		);
	}
	const hostname = url.hostname.replace(/\.$/, '');
	const page = PAGES.find(({ host, isFile }) => host.test(hostname) && !isFile(url));
	if (page) throw new Problem(`${label} is a page, not a file`, page.advice);
}

/** Such as `https:// or http://`. */
function inWords(schemes: readonly string[]): string {
	return schemes.map((scheme) => `${scheme}//`).join(' or ');
}

/** Whether the path of a URL ends in `.mp4`, the only format Gcore takes. Signed links may do without. */
export function looksLikeMp4(url: string): boolean {
	return parseUrl(url)?.pathname.toLowerCase().endsWith('.mp4') === true;
}
