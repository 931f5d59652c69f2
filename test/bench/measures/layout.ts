import { SUBTITLE_FORMATS } from '../../../nodes/shared/subtitles/formats';
import type { SubtitleFormatId } from '../../../nodes/shared/subtitles/formats';
import type { Cue } from '../../../nodes/shared/subtitles/cue';
import { layout as layOut } from '../../../nodes/shared/subtitles/layout/layout';
import { presetFor } from '../../../nodes/shared/subtitles/layout/rules';
import { median, spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';

const LIMIT_MS = 1000;

const TEXT =
	'so we went down to the old harbour, and there it was, the ship that nobody had seen. Yes, I know';

/** Ten hours of speech without a pause, in cues of four seconds. */
const TEN_HOURS: readonly Cue[] = Array.from({ length: 9_000 }, (_, index) => ({
	start: index * 4_000,
	end: index * 4_000 + 3_990,
	text: TEXT,
}));

/** How long the layout of a long video takes, and writing it in every format. */
export async function layout(runs: number): Promise<Row[]> {
	const rules = presetFor('streaming', 'eng');
	const laying = timesOf(runs, () => layOut(TEN_HOURS, 'eng', rules));
	const { cues } = layOut(TEN_HOURS, 'eng', rules);
	const ids = Object.keys(SUBTITLE_FORMATS) as SubtitleFormatId[];
	return [
		{
			label: 'laying out a video of ten hours (Streaming, 9,000 cues)',
			gcore: spread(laying, ' ms'),
			target: { text: `< ${LIMIT_MS} ms`, isMet: median(laying) < LIMIT_MS },
		},
		...ids.map((id) => ({
			label: `writing it as ${SUBTITLE_FORMATS[id].label}`,
			gcore: spread(
				timesOf(runs, () => SUBTITLE_FORMATS[id].write(cues, 'eng')),
				' ms',
			),
		})),
	];
}

/** In ms. The first run, which warms up the code, is not counted. */
function timesOf(runs: number, work: () => void): number[] {
	work();
	return Array.from({ length: runs }, () => {
		const startedAt = performance.now();
		work();
		return performance.now() - startedAt;
	});
}
