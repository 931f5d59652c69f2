import { Problem } from '../../../form/problem';
import { hostedVideoField } from '../../../form/videoFields';
import { videoProblemOf } from '../../../form/videoTexts';
import type { GcoreClient } from '../../../shared/api/client';
import { asGcoreError, GcoreError } from '../../../shared/api/errors';
import type { VideoSubtitles } from '../../../shared/api/videoTypes';
import { languageName } from '../../../shared/languages';
import { runEach } from '../../operations/each';
import { operation } from '../../operations/operation';
import { findVideo } from '../video/findVideo';
import { language, name, replaceExisting, subtitleSource } from './addFields';
import { givenSubtitles } from './givenSubtitles';
import { subtitleJson } from './subtitleJson';

/** Adds subtitles to a hosted video, or replaces those of the same language and name. */
export const add = operation({
	option: {
		name: 'Add',
		value: 'add',
		description: 'Add subtitles to a hosted video',
		action: 'Add subtitle',
	},

	fields: [hostedVideoField, subtitleSource, language, name],
	options: [replaceExisting],

	async run(context, inputs) {
		return await runEach(context, inputs, async (input) => {
			const given = await givenSubtitles(context, input.source);
			const code = input.language ?? given.language;
			if (!code) throw withoutLanguage();
			const { id } = await findVideo(context.client, input.videoId);
			const subtitles = {
				language: code,
				name: input.name ?? languageName(code),
				vtt: given.text,
			};
			const mode = input.options.replaceExisting ? replaceOrAdd : addOnce;
			const { saved, replaced } = await mode(context.client, id, subtitles).catch(
				(error: unknown) => {
					throw videoProblemOf(id, error);
				},
			);
			return { ...subtitleJson(id, { ...subtitles, ...saved }), replaced };
		});
	},
});

type NewSubtitles = Omit<VideoSubtitles, 'id'>;

/** Subtitles as Gcore has them now. */
interface Saved {
	saved: Pick<VideoSubtitles, 'id'>;
	/** Whether they took the place of others. */
	replaced: boolean;
}

/** Viewers never are without the subtitles that are replaced. */
async function replaceOrAdd(
	client: GcoreClient,
	videoId: number,
	subtitles: NewSubtitles,
): Promise<Saved> {
	const existing = await client.videos.subtitles(videoId);
	const same = existing.find((other) => isSame(other, subtitles));
	if (!same) return await addOnce(client, videoId, subtitles, existing);
	await client.videos.replaceSubtitles(videoId, { id: same.id, ...subtitles });
	return { saved: { id: same.id }, replaced: true };
}

/** If the answer is lost, looks for the subtitles before the loss is reported. */
async function addOnce(
	{ videos }: GcoreClient,
	videoId: number,
	subtitles: NewSubtitles,
	existing?: readonly VideoSubtitles[],
): Promise<Saved> {
	const before = existing ?? (await videos.subtitles(videoId));
	const answer = await videos.addSubtitles(videoId, subtitles).catch(asGcoreError);
	if (!(answer instanceof GcoreError)) return { saved: answer, replaced: false };
	if (!answer.mayHaveRun) throw answer;
	const known = new Set(before.map(({ id }) => id));
	const added = (await videos.subtitles(videoId)).find(
		(other) => !known.has(other.id) && isSame(other, subtitles),
	);
	if (!added) throw answer;
	return { saved: added, replaced: false };
}

function isSame(a: NewSubtitles, b: NewSubtitles): boolean {
	return a.language === b.language && (a.name ?? '') === (b.name ?? '');
}

function withoutLanguage(): Problem {
	return new Problem(
		"'Subtitles Language' is empty",
		'Only a task says in which language its subtitles are: choose it for any other text.',
	);
}
