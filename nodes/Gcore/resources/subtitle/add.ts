import { hostedVideoField } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError, GcoreError } from '../../../shared/api/errors';
import type { VideoSubtitles } from '../../../shared/api/videoTypes';
import { languageName } from '../../../shared/languages';
import { turns } from '../../../shared/pool';
import { doneInRun, runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import type { OperationContext, Values } from '../../operations/operation';
import { findVideo } from '../video/findVideo';
import { name, replaceExisting, subtitleSource } from './addFields';
import { givenSubtitles } from './givenSubtitles';
import { subtitleJson } from './subtitleJson';

const FIELDS = [hostedVideoField, subtitleSource, name] as const;

const OPTIONS = [replaceExisting] as const;

/** Adds subtitles to a hosted video, or replaces those of the same language and name. */
export const add = operation({
	option: {
		name: 'Add',
		value: 'add',
		description: 'Add subtitles to a hosted video',
		action: 'Add subtitle',
	},

	fields: FIELDS,
	options: OPTIONS,

	async run(context, inputs) {
		const done = doneInRun<Saved>(context, inputs);
		const inTurn = turns<number>();
		return await runEach(context, inputs, async (input, index) => {
			const { text, language } = await givenSubtitles(context, input.source);
			const subtitles = { language, name: input.name ?? languageName(language), vtt: text };
			const saved = (done[index] ??= await save(context, input, subtitles, inTurn));
			return {
				...subtitleJson(saved.videoId, { id: saved.id, ...subtitles }),
				replaced: saved.replaced,
			};
		});
	},
});

type AddInput = Values<typeof FIELDS, typeof OPTIONS>;

async function save(
	{ client }: OperationContext,
	{ videoId: reference, options }: AddInput,
	subtitles: NewSubtitles,
	inTurn: ReturnType<typeof turns<number>>,
): Promise<Saved> {
	const { id } = await findVideo(client, reference);
	const add = options.replaceExisting ? replaceOrAdd : addOnce;
	// Items for one video take turns: each must see what the others added
	return await inTurn(id, async () => await add(client, id, subtitles)).catch((error: unknown) => {
		throw videoProblemOf(id, error);
	});
}

type NewSubtitles = Omit<VideoSubtitles, 'id'>;

/** Subtitles as Gcore has them now. */
interface Saved {
	videoId: number;
	id: number;
	/** Whether they replaced others. */
	replaced: boolean;
}

/** Replaces in place, so that viewers are never without subtitles. */
async function replaceOrAdd(
	client: GcoreClient,
	videoId: number,
	subtitles: NewSubtitles,
): Promise<Saved> {
	const existing = await client.videos.subtitles(videoId);
	const same = existing.find((other) => isSame(other, subtitles));
	if (!same) return await addOnce(client, videoId, subtitles, existing);
	const replace = async () =>
		await client.videos
			.replaceSubtitles(videoId, { id: same.id, ...subtitles })
			.then(() => undefined, asGcoreError);
	const first = await replace();
	// Replacing twice does no harm
	const error = first?.mayHaveRun ? await replace() : first;
	// Somebody has deleted them meanwhile
	if (error?.kind === 'notFound') return await addOnce(client, videoId, subtitles);
	if (error) throw error;
	return { videoId, id: same.id, replaced: true };
}

/** Looks for the subtitles before it reports a lost answer. */
async function addOnce(
	{ videos }: GcoreClient,
	videoId: number,
	subtitles: NewSubtitles,
	existing?: readonly VideoSubtitles[],
): Promise<Saved> {
	const before = existing ?? (await videos.subtitles(videoId));
	const answer = await videos.addSubtitles(videoId, subtitles).catch(asGcoreError);
	if (!(answer instanceof GcoreError)) return { videoId, id: answer.id, replaced: false };
	if (!answer.mayHaveRun) throw answer;
	const known = new Set(before.map(({ id }) => id));
	const after = await videos.subtitles(videoId).catch(asGcoreError);
	// If the list cannot be read either, the lost answer is the error to report
	if (after instanceof GcoreError) throw answer;
	const added = after.find((other) => !known.has(other.id) && isSame(other, subtitles));
	if (!added) throw answer;
	return { videoId, id: added.id, replaced: false };
}

function isSame(a: NewSubtitles, b: NewSubtitles): boolean {
	return a.language === b.language && (a.name ?? '') === (b.name ?? '');
}
