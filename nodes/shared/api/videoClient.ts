import type { IDataObject } from 'n8n-workflow';

import { unreadable } from './http';
import type { GcoreHttp, Json } from './http';
import { SHORTEST_SECRET, withoutSecrets } from './secrets';
import type { Page } from './types';
import type {
	CreateVideoRequest,
	Rendition,
	UploadTarget,
	Video,
	VideoListQuery,
	VideoSubtitles,
} from './videoTypes';

const VIDEOS = '/streaming/videos';

/** Gcore's video hosting. Every call returns a typed value or throws a GcoreError. */
export class VideoClient {
	constructor(private readonly http: GcoreHttp) {}

	/** Whether requests to Gcore are encrypted, in which case uploads must be too. */
	get isEncrypted(): boolean {
		return this.http.isEncrypted;
	}

	/** Hides a header for a file, and what it consists of, in all answers from now on. */
	hideHeader(header: string): void {
		for (const secret of secretsOf(header)) this.http.hide(secret);
	}

	/**
	 * Creates a video: `POST /streaming/videos`.
	 *
	 * @returns the video; by Gcore's descriptions the answer is the video or a list of one
	 */
	async create(video: CreateVideoRequest): Promise<Video> {
		const body = { video: { ...video } };
		const answer: unknown = await this.http.write({ method: 'POST', url: VIDEOS, body });
		return this.readVideo(Array.isArray(answer) ? answer[0] : answer);
	}

	/** `GET /streaming/videos/{id}` */
	async get(id: number | string): Promise<Video> {
		return await this.http.get(`${VIDEOS}/${id}`, {}, (answer) => this.readVideo(answer));
	}

	/** One page of the videos, newest first: `GET /streaming/videos`, which does not say if there is more. */
	async list(query: VideoListQuery): Promise<Page<Video>> {
		const rows = await this.http.get(VIDEOS, { ...query } as IDataObject, readList);
		return { rows: rows.filter(isVideo).map((row) => this.readVideo(row)), more: rows.length > 0 };
	}

	/** Changes fields of a video: `PATCH /streaming/videos/{id}`. */
	async change(id: number, fields: Partial<CreateVideoRequest>): Promise<void> {
		await this.http.write({ method: 'PATCH', url: `${VIDEOS}/${id}`, body: { ...fields } });
	}

	/** Deletes a video with its renditions and subtitles, for good: `DELETE /streaming/videos/{id}`. */
	async delete(id: number | string): Promise<void> {
		await this.http.write({ method: 'DELETE', url: `${VIDEOS}/${id}` });
	}

	/** `GET /streaming/videos/{id}/upload` */
	async uploadTarget(id: number): Promise<UploadTarget> {
		return await this.http.get(`${VIDEOS}/${id}/upload`, {}, ({ servers, token, video }) => {
			const clientId = (video as Json | null | undefined)?.['client_id'] ?? undefined;
			if (typeof token !== 'string' || !Array.isArray(servers) || clientId === undefined) {
				return unreadable('it does not say where to upload');
			}
			const hosts = (servers as Array<Json | null>).flatMap((server) =>
				server?.['active'] !== false && typeof server?.['hostname'] === 'string'
					? server['hostname']
					: [],
			);
			return { hosts, token, clientId: String(clientId) };
		});
	}

	/** All subtitles of a video, with their texts: `GET /streaming/videos/{id}/subtitles`. */
	async subtitles(id: number): Promise<VideoSubtitles[]> {
		return await this.http.get(`${VIDEOS}/${id}/subtitles`, {}, (answer) =>
			readList(answer).filter(isSubtitles),
		);
	}

	/** Adds subtitles to a video: `POST /streaming/videos/{id}/subtitles`. */
	async addSubtitles(id: number, subtitles: Omit<VideoSubtitles, 'id'>): Promise<VideoSubtitles> {
		const url = `${VIDEOS}/${id}/subtitles`;
		const answer = await this.http.write({ method: 'POST', url, body: { ...subtitles } });
		return isSubtitles(answer) ? answer : unreadable('it is not about subtitles');
	}

	/** Replaces the text of subtitles: `PATCH /streaming/videos/{id}/subtitles/{subtitles id}`. */
	async replaceSubtitles(id: number, { id: subtitlesId, ...body }: VideoSubtitles): Promise<void> {
		const url = `${VIDEOS}/${id}/subtitles/${subtitlesId}`;
		await this.http.write({ method: 'PATCH', url, body });
	}

	/** `DELETE /streaming/videos/{id}/subtitles/{subtitles id}` */
	async deleteSubtitles(id: number, subtitlesId: number): Promise<void> {
		await this.http.write({ method: 'DELETE', url: `${VIDEOS}/${id}/subtitles/${subtitlesId}` });
	}

	/** A video without the header for its file: neither Gcore's errors nor other fields may show it. */
	private readVideo(answer: unknown): Video {
		if (!isVideo(answer)) return unreadable('it is not a video');
		const { origin_http_headers: header, ...video } = answer;
		return withoutSecrets({ ...video, ...renditionsOf(video) }, secretsOf(header));
	}
}

/** Drops malformed renditions, which would cause a crash. */
function renditionsOf({ converted_videos: renditions }: Video): Pick<Video, 'converted_videos'> {
	if (renditions === undefined || renditions === null) return {};
	const rows: unknown[] = Array.isArray(renditions) ? renditions : [];
	const isRow = (row: unknown): row is Rendition => typeof row === 'object' && row !== null;
	return { converted_videos: rows.filter(isRow) };
}

/** Headers that are no secret: a video's own addresses may repeat their values. */
const NO_SECRET = /^(accept(-\w+)?|host|origin|range|referer|user-agent)$/i;

/**
 * A header, its value, the value without its scheme, and the parts of that without their names, such as
 * `abc123` of `Cookie: session=abc123; theme=dark`: an answer may repeat each of them.
 */
function secretsOf(header: unknown): string[] {
	if (typeof header !== 'string') return [];
	const [name = ''] = header.split(':', 1);
	if (NO_SECRET.test(name.trim())) return [];
	const value = header.slice(name.length + 1).trim();
	const credentials = value.replace(/^[\w-]+\s+/, '');
	const parts = credentials
		.split(/[\s,;]+/)
		.map((part) => part.replace(/^[\w-]+=/, '').replace(/^["']|["']$/g, ''))
		// Base64 may come back without its padding
		.map((part) => part.replace(/=+$/, ''));
	return [header.trim(), value, credentials, ...parts].filter(
		({ length }) => length >= SHORTEST_SECRET,
	);
}

function readList(answer: unknown): unknown[] {
	return Array.isArray(answer) ? answer : unreadable('it is not a list');
}

function isVideo(value: unknown): value is Video & { origin_http_headers?: unknown } {
	return typeof (value as Json | null)?.['id'] === 'number';
}

function isSubtitles(value: unknown): value is VideoSubtitles {
	const { id, language } = (value ?? {}) as Json;
	return typeof id === 'number' && typeof language === 'string';
}
