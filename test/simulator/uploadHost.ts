import express from 'express';
import type { Express, Request, Response } from 'express';

import { Faults } from './faults';
import type { UploadFault } from './faults';
import type { HeldRequests } from './heldRequests';
import { KeyGuard } from './keyGuard';
import { respond } from './respond';
import { failed } from './shapes';
import type { Answer } from './shapes';
import { Traffic } from './traffic';
import { metadataOf } from './uploadMetadata';
import { UploadSession } from './uploadSession';
import type { SimulatedVideos, Surroundings } from './videos';

const TUS = '1.0.0';

const CHUNK_TYPE = 'application/offset+octet-stream';

/** The host that takes the files of videos, by the tus protocol. */
export class UploadHost {
	readonly traffic = new Traffic();

	readonly faults = new Faults<UploadFault>();

	readonly sessions: UploadSession[] = [];

	private readonly guard: KeyGuard;

	constructor(
		private readonly gcore: Surroundings & { readonly hosting: SimulatedVideos },
		private readonly held: HeldRequests,
	) {
		this.guard = new KeyGuard(gcore.violations);
	}

	/** Its server, which does not listen yet. */
	app(): Express {
		const app = express();
		app.use(async (request, response) => {
			const recorded = this.traffic.record(request, response);
			this.guard.checkHeaders(request.headers);
			const fault = this.faults.meet(recorded);
			if (fault?.does === 'cut') return await this.cut(request, fault);
			// A body that nobody reads would keep its client busy, and the clock of tests with it
			const met = fault?.does === 'delay' ? { ...fault, processed: true } : fault;
			if (met && !met.processed) request.resume();
			await respond(response, async () => await this.slowly(request, response), met, this.held);
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

	private async answer(request: Request, mostBytes = Infinity): Promise<Answer> {
		const { method, path } = request;
		if (request.get('Tus-Resumable') !== TUS) return this.wrong(412, 'Tus-Resumable is not 1.0.0');
		if (this.gcore.options.uploadPaths.includes(path)) {
			return method === 'POST' ? this.open(request) : failed(405, 'Method not allowed');
		}
		const session = this.sessions.find(({ id }) => path === `/upload/${id}`);
		if (!session || !this.gcore.hosting.find(session.videoId)) return failed(404, 'Not found');
		if (method === 'HEAD') return tellOffset(200, session);
		if (method === 'PATCH') {
			return await this.takeChunk(session, request, mostBytes);
		}
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

	private async takeChunk(
		session: UploadSession,
		request: Request,
		mostBytes: number,
	): Promise<Answer> {
		if (request.get('Content-Type') !== CHUNK_TYPE) {
			return this.wrong(415, `Content-Type is not ${CHUNK_TYPE}`);
		}
		if (request.get('Upload-Offset') !== String(session.offset)) {
			return failed(409, 'Upload-Offset does not match');
		}
		if (Number(request.get('Content-Length') ?? 0) > session.length - session.offset) {
			return this.wrong(413, 'The chunk is longer than the rest of the file');
		}
		await session.take(request, this.firstBytes(request, mostBytes));
		this.finish(session);
		return tellOffset(204, session);
	}

	/** Drops a connection after some bytes of a chunk, which are taken if the fault is processed. */
	private async cut(
		request: Request,
		{ afterBytes, processed }: UploadFault & { does: 'cut' },
	): Promise<void> {
		if (processed) await this.answer(request, afterBytes);
		else for await (const lost of this.firstBytes(request, afterBytes)) void lost;
		request.socket.resetAndDestroy();
	}

	/** The body of a request up to this many bytes, or until its client gives up. */
	private async *firstBytes(request: Request, most: number): AsyncGenerator<Buffer> {
		let left = most;
		try {
			for await (const piece of request.iterator({ destroyOnReturn: false })) {
				const bytes = (piece as Buffer).subarray(0, left);
				this.guard.checkBody(bytes);
				yield bytes;
				left -= bytes.length;
				if (left === 0) return;
			}
		} catch {
			// The connection is gone, and the bytes that came before count
		}
	}

	/** Hands the file to its video as soon as it is whole. */
	private finish(session: UploadSession): void {
		const file = session.finish();
		const video = this.gcore.hosting.find(session.videoId);
		if (!file || !video) return;
		Object.assign(video, file, { uploadedAt: Date.now() });
		if (file.size === 0) video.failure = { status: 'empty', error: 'File Invalid' };
	}

	/** Refuses what no client should send. */
	private wrong(status: number, text: string): Answer {
		this.gcore.violations.push(`Upload host: ${text}`);
		return failed(status, text);
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
