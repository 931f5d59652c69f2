import { asGcoreError, GcoreError, MOST_SENDS } from '../api/errors';
import { eachVideoPage } from '../api/lists';
import type { GcoreClient } from '../api/client';
import type { CreateVideoRequest, Video } from '../api/videoTypes';
import { pauseUntil } from '../pause';
import { turns } from '../pool';
import { CLOCK_DIFFERENCE_MS, parseTime } from '../time';
import { uploadFile } from './upload';
import type { UploadContext } from './upload';
import { videoFailureReason } from './video';
import { fingerprintOf, hashOf } from './fingerprint';
import type { InputFile } from '../inputFile';

/** How old an upload may be to be found again, in ms. */
export const FOUND_FOR_MS = 24 * 3_600_000;

/** How long after a lost answer its video is looked for, in ms. */
export const LOOK_AFTER_MS = 2_000;

/** A video to host: a file to upload, or an address in the request from which Gcore downloads it. */
export interface Hosting {
	/** With a description by which the video is found again. */
	request: CreateVideoRequest;
	file?: InputFile;
}

/** A file could not be uploaded. */
export class UploadError extends Error {
	/**
	 * @param reason the last failure, of a request or of reading the file
	 * @param emptyVideoId the ID of the video that was made for the file, if it could not be deleted
	 */
	constructor(
		readonly reason: unknown,
		readonly emptyVideoId: number | undefined,
	) {
		super('Upload failed');
	}
}

/**
 * Marks a request, so that its video is found again after a lost answer, in a retry, and in a second
 * run: by a short text at the end of its description, which stands for the request and the file.
 */
export async function prepareHosting(
	request: CreateVideoRequest,
	file?: InputFile,
): Promise<Hosting> {
	const key = hashOf(JSON.stringify(request) + (file ? await fingerprintOf(file) : ''));
	const description = [request.description, `(n8n ${key})`].filter(Boolean).join(' ');
	return { request: { ...request, description }, ...(file && { file }) };
}

/**
 * The newest video of the last day for the same request and file that is complete and did not fail. Equal
 * items find different videos as long as there are any.
 */
export async function findHosted(
	client: GcoreClient,
	{ request, file }: Hosting,
): Promise<Video | undefined> {
	const { ids, inTurn } = knownTo(client);
	return await inTurn(request.description, async () => {
		let shared: Video | undefined;
		const own = await findMarked(client, request, Date.now() - FOUND_FOR_MS, (video) => {
			// A file whose upload was interrupted leaves an empty video
			const isEmpty = file !== undefined && video.status === 'empty';
			if (isEmpty || videoFailureReason(video) !== undefined) return false;
			if (!ids.has(video.id)) return true;
			shared ??= video;
			return false;
		});
		if (own) ids.add(own.id);
		return own ?? shared;
	});
}

/** Whether the next try can use a video that a try has left: it is there, and has not failed. */
export async function isUsable(client: GcoreClient, id: number): Promise<boolean> {
	return await client.videos.get(id).then(
		(video) => videoFailureReason(video) === undefined,
		(error: unknown) => asGcoreError(error).kind !== 'notFound',
	);
}

/**
 * Creates a video, and uploads its file if it has one.
 *
 * @returns the video, which Gcore goes on to process
 * @throws GcoreError if no video was created, or UploadError
 */
export async function hostVideo(context: UploadContext, hosting: Hosting): Promise<Video> {
	const { file } = hosting;
	const size = await file?.size();
	const video = await createInTurn(context, hosting);
	if (!file || size === undefined) return video;
	const failure = await uploadFile(context, video.id, file, size).then(
		() => undefined,
		(reason: unknown) => ({ reason }),
	);
	if (!failure) return video;
	const isGone = await context.client.videos.delete(video.id).then(
		() => true,
		(error: unknown) => error instanceof GcoreError && error.kind === 'notFound',
	);
	throw new UploadError(failure.reason, isGone ? undefined : video.id);
}

/** What a run has made or found with its client: the videos of equal items have the same mark. */
interface Known {
	ids: Set<number>;
	/** Sends equal requests one at a time: after a lost answer, one would take another's video. */
	inTurn: ReturnType<typeof turns<string | undefined>>;
}

const KNOWN = new WeakMap<GcoreClient, Known>();

function knownTo(client: GcoreClient): Known {
	const known = KNOWN.get(client) ?? { ids: new Set(), inTurn: turns() };
	KNOWN.set(client, known);
	return known;
}

async function createInTurn(context: UploadContext, hosting: Hosting): Promise<Video> {
	const { ids, inTurn } = knownTo(context.client);
	return await inTurn(hosting.request.description, async () => {
		const video = await createVideo(context, hosting, ids);
		ids.add(video.id);
		return video;
	});
}

/**
 * Creates a video once: if the answer is lost, it looks for the video before it asks again.
 *
 * @param others the videos of equal requests
 */
async function createVideo(
	context: UploadContext,
	{ request, file }: Hosting,
	others: ReadonlySet<number>,
): Promise<Video> {
	const { client, cancelSignal } = context;
	const isOwn = (video: Video) =>
		!others.has(video.id) &&
		(file ? video.status === 'empty' : videoFailureReason(video) === undefined);
	const sentAt = Date.now();
	for (let sends = 1; ; sends++) {
		const answer = await client.videos.create(request).catch(asGcoreError);
		if (!(answer instanceof GcoreError)) return answer;
		if (!answer.mayHaveRun || context.isOver()) throw answer;
		await pauseUntil(Date.now() + LOOK_AFTER_MS, cancelSignal);
		const since = sentAt - CLOCK_DIFFERENCE_MS;
		const found = await findMarked(client, request, since, isOwn).catch(asGcoreError);
		if (found && !(found instanceof GcoreError)) return found;
		// If the list cannot be read, the video may exist, and a second one must not be made
		if (found || sends === MOST_SENDS || context.isOver()) throw answer;
	}
}

/** @param since in ms since the epoch: older videos do not count */
async function findMarked(
	client: GcoreClient,
	{ name, description = '' }: CreateVideoRequest,
	since: number,
	isUsable: (video: Video) => boolean,
): Promise<Video | undefined> {
	for await (const { rows } of eachVideoPage(client, { search: name })) {
		const recent = rows.filter((video) => createdAt(video) >= since);
		const found = recent.find((video) => video.description === description && isUsable(video));
		// Gcore does not document the order: an older row ends the search only if the newest come first
		if (found || (recent.length < rows.length && !isOldestFirst(rows))) return found;
	}
	return undefined;
}

function isOldestFirst(rows: readonly Video[]): boolean {
	const [first, last] = [rows[0], rows.at(-1)];
	return first !== undefined && last !== undefined && createdAt(first) < createdAt(last);
}

/** In ms since the epoch; a video without a time counts as new. */
function createdAt({ created_at }: Video): number {
	return parseTime(created_at) ?? Infinity;
}
