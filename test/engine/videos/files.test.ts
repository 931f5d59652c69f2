import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { checksum } from '../../simulator';
import { setStage } from '../stage';

const simulator = setStage();

const MIB = 1024 ** 2;

/** A file of three chunks, no two of them alike. */
const FILE = Buffer.alloc(18 * MIB);
for (let at = 0; at < FILE.length; at += 1024) FILE.writeUInt32LE(at, at);

const CHECKSUM = checksum(FILE);

const fromFile = async (parameters: GcoreRun['parameters'] = {}, rest: Partial<GcoreRun> = {}) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries: [{ data: binaryOf(FILE) }],
		...rest,
	});

const WAIT = { waitForCompletion: true, formats: ['srt'] };

describe('Create with a file', () => {
	test('uploads it, waits for a rendition, and creates a task that reads it', async () => {
		const { json, error } = await fromFile();
		expect(error).toBeUndefined();
		const [video] = simulator().videos;
		expect(video).toMatchObject({ checksum: CHECKSUM, size: FILE.length, name: 'talk.mov' });
		expect(video?.request).toMatchObject({ auto_transcribe_audio_language: 'disable' });
		const [task] = simulator().tasks;
		expect(json).toEqual([
			{
				task_id: task?.id,
				task_name: 'transcription',
				url: expect.stringContaining(`_${video?.slug}/`),
				video_id: video?.id,
			},
		]);
	});

	test('waits for a rendition for an hour, if it is not to wait for the task', async () => {
		simulator().options.videoProcessingMs = 20 * 3_600_000;
		const { error } = await fromFile();
		expect(error?.message).toMatch(/^Gcore has not finished video \d+ after 60 minutes/);
	});

	test('deletes the copy once its tasks have ended, and names the files after the file', async () => {
		const { json, outputs } = await fromFile({ ...WAIT, alsoTranslateTo: ['ger'] });
		expect(simulator().videos).toEqual([]);
		expect(json).toMatchObject([{ video_deleted: true }, { video_deleted: true }]);
		expect(simulator().tasks).toHaveLength(2);
		expect(outputs[0]?.map(({ binary }) => binary?.['srt']?.fileName)).toEqual([
			'talk.eng.srt',
			'talk.ger.srt',
		]);
	});
});
