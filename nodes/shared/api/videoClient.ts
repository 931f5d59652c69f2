import type { IDataObject } from 'n8n-workflow';

import { json, unreadable } from './http';
import type { GcoreHttp, Json } from './http';
import type { Page } from './types';
import type {
	CreateVideoRequest,
	UploadTarget,
	Video,
	VideoListQuery,
	VideoSubtitles,
} from './videoTypes';

const VIDEOS = '/streaming/videos';

/** Gcore's video hosting. Every call returns a typed value or throws a GcoreError. */
export class VideoClient {
	constructor(private readonly http: GcoreHttp) {}

	/** Whether requests to Gcore are encrypted, and so everything that follows from them has to be. */
	get isEncrypted(): boolean {
		return this.http.isEncrypted;
	}

	/**
	 * Creates a video: `POST /streaming/videos`.
	 *
	 * @returns the video, which Gcore's descriptions have alone or in a list of one
	 */
	async create(video: CreateVideoRequest): Promise<Video> {
		const body = { video: { ...video } };
		const secrets = secretsOf(video.origin_http_headers);
		const answer: unknown = await this.http.write({ method: 'POST', url: VIDEOS, body, secrets });
		return readVideo(Array.isArray(answer) ? answer[0] : answer);
	}

	/** `GET /streaming/videos/{id}` */
	async get(id: number | string): Promise<Video> {
		return await this.http.get(`${VIDEOS}/${id}`, {}, readVideo);
	}

	/** One page of the videos, newest first: `GET /streaming/videos`, which does not say if there is more. */
	async list(query: VideoListQuery): Promise<Page<Video>> {
		const rows = await this.http.get(VIDEOS, { ...query } as IDataObject, readList);
		return { rows: rows.filter(isVideo), more: rows.length > 0 };
	}

	/** Deletes a video with its renditions and subtitles, for good: `DELETE /streaming/videos/{id}`. */
	async delete(id: number | string): Promise<void> {
		await this.http.write({ method: 'DELETE', url: `${VIDEOS}/${id}` });
	}

	/** `GET /streaming/videos/{id}/upload` */
	async uploadTarget(id: number): Promise<UploadTarget> {
		return await this.http.get(`${VIDEOS}/${id}/upload`, {}, ({ servers, token, video }) => {
			const clientId = (video as Json | undefined)?.['client_id'];
			if (typeof token !== 'string' || !Array.isArray(servers) || clientId === undefined) {
				return unreadable('it does not say where to upload');
			}
			const hosts = (servers as Json[]).flatMap((server) =>
				server['active'] !== false && typeof server['hostname'] === 'string'
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
		const answer = json(await this.http.write({ method: 'POST', url, body: { ...subtitles } }));
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
}

/** A header, its value, and the value without its scheme: an answer may repeat each of them. */
function secretsOf(header: string | undefined): string[] {
	if (!header) return [];
	const value = header.replace(/^[^:]*:\s*/, '').trim();
	return [header, value, value.replace(/^\w+\s+/, '')];
}

function readVideo(answer: unknown): Video {
	return isVideo(answer) ? answer : unreadable('it is not a video');
}

function readList(answer: unknown): unknown[] {
	return Array.isArray(answer) ? answer : unreadable('it is not a list');
}

function isVideo(value: unknown): value is Video {
	return typeof (value as Json | null)?.['id'] === 'number';
}

function isSubtitles(value: unknown): value is VideoSubtitles {
	const { id, language } = (value ?? {}) as Json;
	return typeof id === 'number' && typeof language === 'string';
}
