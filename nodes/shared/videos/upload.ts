import type { GcoreClient } from '../api/client';
import { asGcoreError, GcoreError } from '../api/errors';
import type { UploadHost } from '../api/uploadHost';
import { pauseUntil, withJitter } from '../pause';
import { chunksOf, oneAhead } from './chunks';
import type { ChunkBuffers } from './chunks';
import type { InputFile } from '../inputFile';

/** Uploads under way at once. More are no faster for files of 5 MB (`npm run bench -- uploads`). */
export const UPLOADS_AT_ONCE = 3;

/**
 * How much one request carries, in bytes. Twice or four times as much is hardly faster, and a slow line has
 * to send it within the time-out of a request.
 */
export const CHUNK_BYTES = 8 * 1024 ** 2;

/** How many requests in a row may fail without progress. */
export const FAILURES_TOLERATED = 8;

/** The pause after a failure doubles from the first to the second of these. */
export const SHORTEST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 30_000;

/** The longest that a server may ask to wait. */
export const LONGEST_WAIT_MS = 5 * 60_000;

/** The pauses before the checks of a video whose upload the server no longer knows, in ms. */
export const LOOK_PAUSES_MS = [0, 5_000, 10_000];

/** What an upload works with. */
export interface UploadContext {
	client: GcoreClient;
	uploadHost: UploadHost;
	/** For chunks of {@link CHUNK_BYTES}. */
	chunkBuffers: ChunkBuffers;
	/** Fires when a person stops the execution. */
	cancelSignal: AbortSignal | undefined;
	/** Whether the video is no longer wanted. */
	isOver(): boolean;
}

/**
 * Uploads a file into a video that is empty. After a failure it goes on from the server's own offset.
 *
 * @param size of the file in bytes, above 0
 * @throws GcoreError: the last failure, or `stopped`; another error if the file cannot be read
 */
export async function uploadFile(
	context: UploadContext,
	videoId: number,
	file: InputFile,
	size: number,
): Promise<void> {
	const upload = new Upload(context, videoId, file, size);
	await context.chunkBuffers.during(async () => await upload.run());
}

class Upload {
	/** How many bytes the server has. */
	private offset = 0;

	/** The most that it ever had: only more than that is progress. */
	private furthest = 0;

	/** How many requests in a row have failed without progress. */
	private failures = 0;

	private hasFailed = false;

	/** The address of the upload at the server, once it is opened. */
	private location: string | undefined;

	constructor(
		private readonly context: UploadContext,
		private readonly videoId: number,
		private readonly file: InputFile,
		private readonly size: number,
	) {}

	async run(): Promise<void> {
		while (this.offset < this.size) {
			const location = (this.location ??= await this.open());
			await this.sendFrom(location);
		}
	}

	/** Opens the upload at the first server that takes it. */
	private async open(): Promise<string> {
		for (;;) {
			const location = await this.tryToOpen().catch(asGcoreError);
			if (typeof location === 'string') return location;
			if (!location.passes) throw location;
			await this.recover(location);
		}
	}

	private async tryToOpen(): Promise<string> {
		const { client, uploadHost } = this.context;
		const { name, mimeType } = this.file;
		const description = { videoId: this.videoId, size: this.size, name, mimeType };
		let error = new GcoreError('notNow', { words: 'no upload server is active' });
		const target = await client.videos.uploadTarget(this.videoId);
		for (const server of target.hosts) {
			const location = await uploadHost.open(server, target, description).catch(asGcoreError);
			if (typeof location === 'string') return location;
			error = location;
			if (!error.passes) break;
		}
		throw error;
	}

	/** Sends the file from the offset on, as long as the server has what was sent before. */
	private async sendFrom(location: string): Promise<void> {
		const { chunkBuffers, isOver } = this.context;
		for await (const chunk of oneAhead(chunksOf(this.file.read(this.offset), chunkBuffers))) {
			const start = this.offset;
			const end = start + chunk.length;
			if (end > this.size) throw new Error(`The file goes on after its ${this.size} bytes`);
			while (this.offset < end) {
				if (isOver()) throw new GcoreError('stopped');
				await this.send(location, chunk.subarray(this.offset - start));
				const mustReadAgain = this.location !== location || this.offset < start;
				if (mustReadAgain) return;
			}
			// A request that has failed may still read its buffer
			if (!this.hasFailed) chunkBuffers.giveBack(chunk);
			if (this.offset > end) return;
		}
		// Otherwise the file would be read again and again
		if (this.offset < this.size) {
			throw new Error(`The file ends after ${this.offset} of its ${this.size} bytes`);
		}
	}

	private async send(location: string, bytes: Buffer): Promise<void> {
		const { uploadHost } = this.context;
		const answer = await uploadHost.append(location, this.offset, bytes).catch(asGcoreError);
		const sentTo = this.offset + bytes.length;
		if (typeof answer === 'number' && answer > this.offset && answer <= sentTo) {
			this.moveTo(answer);
			return;
		}
		const error =
			answer instanceof GcoreError
				? answer
				: new GcoreError('unreadable', { words: 'the upload server has an offset of its own' });
		if (!error.passes && !isGone(error)) throw error;
		await this.recover(error);
		const offset = isGone(error) ? error : await uploadHost.offset(location).catch(asGcoreError);
		if (typeof offset === 'number') {
			// No server has more than it was ever sent
			if (offset <= Math.max(sentTo, this.furthest)) this.moveTo(offset);
		} else if (isGone(offset)) await this.startAgain(bytes);
		else if (!offset.passes) throw offset;
	}

	private moveTo(offset: number): void {
		this.offset = offset;
		if (offset <= this.furthest) return;
		this.furthest = offset;
		this.failures = 0;
	}

	/** The server no longer knows the upload: it has failed, or it is complete. */
	private async startAgain(lastSent: Buffer): Promise<void> {
		this.location = undefined;
		const mayBeComplete = this.offset + lastSent.length >= this.size;
		this.offset = mayBeComplete && (await this.isComplete()) ? this.size : 0;
	}

	/** Whether the video has its file, which it may show only some seconds later. */
	private async isComplete(): Promise<boolean> {
		const { client, cancelSignal, isOver } = this.context;
		for (const pauseMs of LOOK_PAUSES_MS) {
			await pauseUntil(Date.now() + pauseMs, cancelSignal);
			if (isOver()) throw new GcoreError('stopped');
			if ((await client.videos.get(this.videoId)).status !== 'empty') return true;
		}
		return false;
	}

	/** Waits before the next try. @throws the error if there have been too many, or if it is stopped */
	private async recover(error: GcoreError): Promise<void> {
		const { cancelSignal, isOver } = this.context;
		this.failures += 1;
		this.hasFailed = true;
		const ownPauseMs = Math.min(SHORTEST_PAUSE_MS * 2 ** (this.failures - 1), LONGEST_PAUSE_MS);
		// A server that asks for a second each time would use up all tries at once
		const pauseMs = Math.max(error.retryAfterMs ?? 0, withJitter(ownPauseMs));
		if (this.failures > FAILURES_TOLERATED || pauseMs > LONGEST_WAIT_MS) throw error;
		await pauseUntil(Date.now() + pauseMs, cancelSignal);
		if (isOver()) throw new GcoreError('stopped');
	}
}

function isGone({ status }: GcoreError): boolean {
	return status === 404 || status === 410;
}
