/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a server for tests, not part of the package */
import express from 'express';
import type { Express, Request, Response } from 'express';

import { KEYS } from './account';
import { Faults } from './faults';
import type { UploadFault } from './faults';
import type { HeldRequests } from './heldRequests';
import { respond } from './respond';
import { failed } from './shapes';
import type { Answer } from './shapes';
import { Traffic } from './traffic';
import { UploadSession } from './uploadSession';
import type { SimulatedVideos, Surroundings } from './videos';

const TUS = '1.0.0';

const CHUNK_TYPE = 'application/offset+octet-stream';

/** The host that takes the files of videos, by the tus protocol. */
export class UploadHost {
	readonly traffic = new Traffic();

	readonly faults = new Faults<UploadFault>();

	readonly sessions: UploadSession[] = [];

	constructor(
		private readonly gcore: Surroundings & { readonly hosting: SimulatedVideos },
		private readonly held: HeldRequests,
	) {}

	/** The server of it, which does not listen yet. */
	app(): Express {
		const app = express();
		app.use(async (request, response) => {
			const recorded = this.traffic.record(request, response);
			this.reportKeys(request.headers);
			const fault = this.faults.meet(recorded);
			const carryOut = async () => await this.slowly(request, response);
			if (fault?.does === 'cut') {
				await this.cut(request, fault);
				return;
			}
			// A body that nobody reads would keep its client busy, and the clock of tests with it
			if (fault && !fault.processed && fault.does !== 'delay') request.resume();
			const met = fault?.does === 'delay' ? { ...fault, processed: true } : fault;
			await respond(response, carryOut, met, this.held);
		});
		return app;
	}

	/** Forgets uploads, requests and faults. */
	forget(): void {
		this.sessions.length = 0;
		this.traffic.forget();
		this.faults.clear();
	}

	/** Carries a request out, which takes as long as any. */
	private async slowly(request: Request, response: Response): Promise<Answer> {
		const answer = await this.answer(request);
		const { latencyMs } = this.gcore.options;
		if (latencyMs > 0) await this.held.holdFor(this.traffic.latency(latencyMs), response);
		return { ...answer, headers: { 'Tus-Resumable': TUS, ...answer.headers } };
	}

	private async answer(request: Request): Promise<Answer> {
		const { method, path } = request;
		if (request.get('Tus-Resumable') !== TUS) return this.wrong(412, 'Tus-Resumable is not 1.0.0');
		if (/^\/upload\/?$/.test(path)) {
			return method === 'POST' ? this.open(request) : failed(405, 'Method not allowed');
		}
		const session = this.sessions.find(({ id }) => path === `/upload/${id}`);
		if (!session || !this.gcore.hosting.find(session.videoId)) return failed(404, 'Not found');
		if (method === 'HEAD') return tellOffset(200, session);
		if (method === 'PATCH') return await this.takeChunk(session, request);
		return failed(405, 'Method not allowed');
	}

	private open(request: Request): Answer {
		const length = Number(request.get('Upload-Length'));
		if (!request.get('Upload-Length') || !Number.isSafeInteger(length) || length < 0) {
			return this.wrong(400, 'Upload-Length is missing or no length');
		}
		const { token, video_id, client_id } = metadataOf(request.get('Upload-Metadata') ?? '');
		if (token === undefined || video_id === undefined || client_id === undefined) {
			return this.wrong(400, 'Upload-Metadata lacks token, video_id or client_id');
		}
		const refusal = this.gcore.hosting.tokens.refusal(token, video_id, client_id);
		if (refusal) return failed(500, refusal);
		const session = new UploadSession(Number(video_id), length);
		this.sessions.push(session);
		this.finish(session);
		const path = `/upload/${session.id}`;
		const isRelative = this.gcore.options.uploadLocation === 'relative';
		const location = isRelative ? path : `http://${request.get('Host')}${path}`;
		return { status: 201, body: null, headers: { Location: location } };
	}

	private async takeChunk(session: UploadSession, request: Request): Promise<Answer> {
		if (request.get('Content-Type') !== CHUNK_TYPE) {
			return this.wrong(415, `Content-Type is not ${CHUNK_TYPE}`);
		}
		if (request.get('Upload-Offset') !== String(session.offset)) {
			return failed(409, 'Upload-Offset does not match');
		}
		if (Number(request.get('Content-Length') ?? 0) > session.length - session.offset) {
			return this.wrong(413, 'The chunk is longer than the rest of the file');
		}
		await session.take(request, this.firstBytes(request));
		this.finish(session);
		return tellOffset(204, session);
	}

	/** Drops a connection after some bytes of a chunk, which are taken if the fault is processed. */
	private async cut(
		request: Request,
		{ afterBytes, processed }: UploadFault & { does: 'cut' },
	): Promise<void> {
		const session = this.sessions.find(({ id }) => request.path === `/upload/${id}`);
		const bytes = this.firstBytes(request, afterBytes);
		if (session && processed) await session.take(request, bytes);
		else for await (const _ of bytes);
		request.socket.resetAndDestroy();
	}

	/** The body of a request up to this many bytes, or up to where its client gives up. */
	private async *firstBytes(request: Request, most = Infinity): AsyncGenerator<Buffer> {
		let left = most;
		try {
			for await (const piece of request.iterator({ destroyOnReturn: false })) {
				const bytes = (piece as Buffer).subarray(0, left);
				this.reportKeys(bytes);
				yield bytes;
				left -= bytes.length;
				if (left === 0) return;
			}
		} catch {
			// The connection is gone, and the bytes that came before count
		}
	}

	private finish(session: UploadSession): void {
		const video = this.gcore.hosting.find(session.videoId);
		if (!video || !session.isComplete) return;
		video.uploadedAt = Date.now();
		video.size = session.length;
		video.sha256 = session.sha256();
		if (session.length === 0) video.failure = { status: 'empty', error: 'File Invalid' };
	}

	/** Refuses what no client should send. */
	private wrong(status: number, text: string): Answer {
		this.gcore.violations.push(`Upload host: ${text}`);
		return failed(status, text);
	}

	/** The upload host is named by an answer, so the API key is none of its business. */
	private reportKeys(sent: Request['headers'] | Buffer): void {
		const text = Buffer.isBuffer(sent) ? sent : [JSON.stringify(sent), decoded(sent)].join();
		const hasKey = Object.values(KEYS).some((key) => text.includes(key));
		if (hasKey) this.gcore.violations.push('Upload host: an API key arrived');
		if (!Buffer.isBuffer(sent) && sent.authorization !== undefined) {
			this.gcore.violations.push('Upload host: an Authorization header arrived');
		}
	}
}

function tellOffset(status: number, { offset, length }: UploadSession): Answer {
	const headers = {
		'Upload-Offset': String(offset),
		'Upload-Length': String(length),
		'Cache-Control': 'no-store',
	};
	return { status, body: null, headers };
}

/** The values of an `Upload-Metadata` header by their keys. */
function metadataOf(header: string): Record<string, string> {
	const pairs = header.split(',').map((pair) => pair.trim().split(' '));
	return Object.fromEntries(
		pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]),
	);
}

function decoded(headers: Request['headers']): string {
	return JSON.stringify(metadataOf(String(headers['upload-metadata'] ?? '')));
}
