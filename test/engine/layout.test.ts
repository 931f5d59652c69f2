import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../simulator/task';
import { runGcore } from './engine';
import type { GcoreRun } from './engine';
import { PolledWorkflow } from './poll';
import { setStage, VIDEO } from './stage';

const simulator = setStage();

const ENDED = { durationMs: 1, createdAt: 0 };

const HOUR = 3_600_000;

const FORMATS = ['vtt', 'srt', 'txt', 'cues', 'ass', 'ttml', 'transcript', 'timedTranscript'];

/** Gcore's own file has more than its cues, such as settings, which it keeps only if unchanged. */
const VTT =
	'WEBVTT\n\nNOTE of Gcore\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\nCome on, come on.\n';

type Row = [start: string, end: string, text: string];

const resultOf = (rows: Row[], language = 'eng') => ({
	speech_detected: rows.length > 0,
	concatenated_text: rows.map(([, , text]) => text).join(' '),
	languages: [language],
	subtitles: rows.map(([start_time, end_time, text]) => ({ start_time, end_time, text })),
	vttContent: VTT,
});

/** A task that has ended with these rows. */
const ended = (rows: Row[], details: Partial<Task> = {}, language?: string) =>
	simulator().add({ ...ENDED, shown: { result: resultOf(rows, language) }, ...details });

/** Speech of 99 characters in 8 s: too long for one line, not too fast. */
const LONG: Row[] = [
	[
		'00:00:01.000',
		'00:00:09.000',
		'This is a sentence that nobody can read in one line, since it goes on and on, and does not end yet.',
	],
];

/** 60 characters in half a second, with the next cue right behind it. */
const FAST: Row[] = [
	['00:00:01.000', '00:00:01.500', 'Nobody can read so many words in half a second, believe me.'],
	['00:00:01.500', '00:00:01.900', 'And these are even faster than what has come before them.'],
];

/** A word that fits into no line. */
const WIDE: Row[] = [
	['00:00:01.000', '00:00:06.000', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'],
];

const ONE: Row[] = [['00:00:01.000', '00:00:03.000', 'Come on, come on.']];

const get = async (
	task: Pick<Task, 'id'>,
	options: IDataObject = {},
	parameters: GcoreRun['parameters'] = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: {
			operation: 'getSubtitles',
			taskId: task.id,
			formats: FORMATS,
			outputAs: 'json',
			options: options as never,
			...parameters,
		},
	});

const cuesOf = (json: IDataObject[]) =>
	(json[0]?.['cues'] as Array<{ start_time: string; end_time: string; text: string }>).map(
		({ start_time, end_time, text }) => [start_time, end_time, text],
	);

describe('Layout in Get Subtitles', () => {
	test.each([{}, { layout: 'asGiven' }, { timeOffset: 0 }])(
		'is what Gcore returns to the byte, unless set (%j)',
		async (options) => {
			const { json } = await get(ended(ONE), options);
			expect(json).toMatchObject([{ vtt: VTT, cue_count: 1 }]);
			expect(json[0]).not.toHaveProperty('cues_too_fast');
			expect(json[0]).not.toHaveProperty('cues_too_long');
		},
	);

	test.each([
		['streaming', 42, 2],
		['broadcast', 37, 2],
		['social', 24, 1],
	])('%s keeps to its lines', async (layout, length, lines) => {
		const { json, hints } = await get(ended(LONG), { layout });
		expect(json).toMatchObject([{ cues_too_fast: 0, cues_too_long: 0 }]);
		const texts = cuesOf(json).map(([, , text = '']) => text);
		expect(json[0]?.['cue_count']).toBe(texts.length);
		for (const text of texts) {
			expect(text.split('\n').length).toBeLessThanOrEqual(lines);
			for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(length);
		}
		expect(texts.join(' ').replaceAll('\n', ' ')).toBe(LONG[0]?.[2]);
		expect(hints).toEqual([]);
	});

	test('counts cues that are too fast, and says so in a hint', async () => {
		const { json, hints } = await get(ended(FAST), { layout: 'streaming' });
		expect(Number(json[0]?.['cues_too_fast'])).toBeGreaterThan(0);
		expect(hints).toEqual([
			expect.stringContaining(`${String(json[0]?.['cues_too_fast'])} too fast`),
		]);
	});

	test('counts a word that fits into no line', async () => {
		const { json, hints } = await get(ended(WIDE), { layout: 'streaming' });
		expect(json).toMatchObject([{ cues_too_fast: 0, cues_too_long: 1 }]);
		expect(hints).toEqual([expect.stringContaining('1 too long')]);
	});

	test('takes custom numbers', async () => {
		const { json } = await get(ended(LONG), {
			layout: 'custom',
			lineLength: 20,
			lines: 1,
			readingSpeed: 30,
			gap: 0.1,
			minDuration: 0.5,
			maxDuration: 3,
		});
		const cues = cuesOf(json);
		expect(cues.length).toBeGreaterThanOrEqual(5);
		for (const [, , text = ''] of cues) expect(text.length).toBeLessThanOrEqual(20);
		const seconds = (time = '') => Number(time.slice(-6));
		for (const [index, [start, end]] of cues.entries()) {
			expect(seconds(end) - seconds(start)).toBeLessThanOrEqual(3);
			const next = cues[index + 1];
			if (next) expect(seconds(next[0]) - seconds(end)).toBeGreaterThanOrEqual(0.0999);
		}
	});

	test.each([
		[{ layout: 'custom', lineLength: 0 }, 'Characters per Line'],
		[{ layout: 'custom', lineLength: 501 }, 'Characters per Line'],
		[{ layout: 'custom', readingSpeed: 1000.1 }, 'Characters per Second'],
		[{ layout: 'custom', gap: 10.1 }, 'Gap Between Cues'],
		[{ layout: 'custom', lines: 5 }, 'Lines per Cue'],
		[{ layout: 'custom', maxDuration: 3600.1 }, 'Longest Cue'],
		[{ layout: 'custom', minDuration: 60.1 }, 'Shortest Cue'],
		[{ timeOffset: 360_000.1 }, 'Time Offset'],
		[{ timeOffset: -360_000.1 }, 'Time Offset'],
		[{ layout: 'custom', lineLength: 10.5 }, 'Characters per Line'],
		[{ layout: 'custom', readingSpeed: -1 }, 'Characters per Second'],
		[{ layout: 'custom', lines: 'two' }, 'Lines per Cue'],
		[{ layout: 'cinema' }, 'Layout'],
		[{ timeOffset: 1e9 }, 'Time Offset'],
	])('refuses %j before any request', async (options, label) => {
		const { error } = await get(ended(ONE), options);
		expect(error?.message).toContain(`'${label}`);
		expect(simulator().requests).toEqual([]);
	});

	test('takes the highest numbers', async () => {
		const { error } = await get(ended(ONE), {
			layout: 'custom',
			lineLength: 500,
			readingSpeed: 1000,
			gap: 10,
			lines: 4,
			maxDuration: 3600,
			minDuration: 60,
			timeOffset: 360_000,
		});
		expect(error).toBeUndefined();
	});

	test('does not read numbers of a layout that was not chosen', async () => {
		const { error } = await get(ended(ONE), { layout: 'streaming', lineLength: 0 });
		expect(error).toBeUndefined();
	});

	test('is fine with silence', async () => {
		const task = ended([], {
			shown: { result: { speech_detected: false, subtitles: [], concatenated_text: '' } },
		});
		const { json, error, hints } = await get(task, { layout: 'streaming', timeOffset: 3 });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ speech_detected: false, cue_count: 0, cues_too_fast: 0, cues_too_long: 0, txt: '' },
		]);
		expect(hints).toEqual([]);
	});

	test('writes every format of the same cues', async () => {
		const { json } = await get(ended(ONE, {}, 'ger'), { layout: 'streaming', timeOffset: 61.5 });
		const [item = {}] = json;
		expect(item['vtt']).toContain('00:01:02.500 --> 00:01:04.500');
		expect(item['srt']).toContain('00:01:02,500 --> 00:01:04,500');
		expect(item['txt']).toContain('Come on, come on.');
		expect(item['ass']).toContain('Dialogue: 0,0:01:02.50,0:01:04.50,');
		expect(item['ttml']).toContain('begin="00:01:02.500"');
		expect(item['ttml']).toContain('xml:lang="de"');
		expect(item['transcript']).toBe('Come on, come on.\n');
		expect(item['timedTranscript']).toBe('[00:01:02] Come on, come on.\n');
		for (const format of FORMATS) expect(item[format]).toBeDefined();
	});

	test('writes every format as a file with a name of its own', async () => {
		const { json, outputs } = await get(
			ended(ONE, { request: { task_name: 'transcription', url: VIDEO } }),
			{},
			{ outputAs: 'files' },
		);
		const files = json[0]?.['files'] as string[];
		expect(new Set(files).size).toBe(FORMATS.length);
		expect(Object.keys(outputs[0]?.[0]?.binary ?? {}).sort()).toEqual([...FORMATS].sort());
	});
});

describe('Time Offset', () => {
	test.each([
		[-1.5, [['00:00:00.000', '00:00:01.500', 'Come on, come on.']]],
		[-3, []],
		[10, [['00:00:11.000', '00:00:13.000', 'Come on, come on.']]],
		[0.001, [['00:00:01.001', '00:00:03.001', 'Come on, come on.']]],
	])('of %d s', async (timeOffset, expected) => {
		const { json } = await get(ended(ONE), { timeOffset });
		expect(cuesOf(json)).toEqual(expected);
		expect(json[0]).toMatchObject({ cue_count: expected.length });
		expect(json[0]).not.toHaveProperty('cues_too_fast');
	});

	test('lets a cue that it cuts stay in the gap behind it, if there is a layout', async () => {
		const rows: Row[] = [
			['00:00:00.000', '00:00:02.500', 'We had been waiting for a long time.'],
			['00:00:20.000', '00:00:22.000', 'Bye for now, all of you.'],
		];
		const options = { layout: 'streaming', timeOffset: -2.4 };
		const [one, two] = rows.map(([, , text]) => text);
		const expected = (first = '', second = '') => [
			['00:00:00.000', '00:00:02.118', first],
			['00:00:17.600', '00:00:19.600', second],
		];
		const { json } = await get(ended(rows), options);
		expect(cuesOf(json)).toEqual(expected(one, two));
		expect(json).toMatchObject([{ cues_too_fast: 0 }]);
		const secondTaskId = ended(rows, {}, 'ger').id;
		const { json: both } = await get(ended(rows), { ...options, secondTaskId });
		expect(cuesOf(both)).toEqual(expected(`${one}\n${one}`, `${two}\n${two}`));
		expect(both).toMatchObject([{ cues_too_fast: 0 }]);
	});

	test.each([[0], [1]])(
		'counts a cue that it has cut only as it is shown (with %d cues behind it)',
		async (behind) => {
			const rows: Row[] = [
				['00:00:00.000', '00:00:02.500', 'We had been waiting for a long time.'],
				['00:00:02.500', '00:00:05.000', 'And so had you.'],
			];
			const { json } = await get(ended(rows.slice(0, 1 + behind)), {
				layout: 'streaming',
				timeOffset: -2.4,
			});
			expect(json).toMatchObject([{ cue_count: 1 + behind, cues_too_fast: behind }]);
		},
	);

	test.each([[{}], [{ secondTaskId: true }]])(
		'counts no parts of a cue that it has dropped (%j)',
		async (options) => {
			const rows: Row[] = [
				[
					'00:00:00.000',
					'00:00:08.000',
					'吾輩は猫である、名前はまだ無い、どこで生れたかとんと見当がつかぬ。',
				],
			];
			const second = 'secondTaskId' in options && { secondTaskId: ended(rows, {}, 'jpn').id };
			const { json } = await get(ended(rows, {}, 'jpn'), {
				layout: 'social',
				timeOffset: -7.3,
				...second,
			});
			const count = Number(json[0]?.['cue_count']);
			expect(count).toBeGreaterThan(0);
			expect(Number(json[0]?.['cues_too_fast'])).toBeLessThanOrEqual(count);
		},
	);

	test('counts no cues that it has dropped', async () => {
		const { json } = await get(ended(FAST), { layout: 'streaming', timeOffset: -60 });
		expect(json).toMatchObject([{ cue_count: 0, cues_too_fast: 0, cues_too_long: 0 }]);
	});
});

describe('Second Task ID', () => {
	const GERMAN: Row[] = [['00:00:01.000', '00:00:03.000', 'Komm schon, komm.']];

	const second = (details: Partial<Task> = {}) => ended(GERMAN, details, 'ger').id;

	test('puts its text under the first', async () => {
		const { json } = await get(ended(ONE), { secondTaskId: second() });
		expect(cuesOf(json)).toEqual([
			['00:00:01.000', '00:00:03.000', 'Come on, come on.\nKomm schon, komm.'],
		]);
		expect(json).toMatchObject([{ cues_too_fast: 0, cues_too_long: 0, language: 'eng' }]);
	});

	test('takes a choice from the list', async () => {
		const secondTaskId = { __rl: true, mode: 'id', value: second().toUpperCase() };
		const { json } = await get(ended(ONE), { secondTaskId });
		expect(cuesOf(json)[0]?.[2]).toContain('Komm schon');
	});

	test.each(['', { __rl: true, mode: 'list', value: '' }])(
		'that is empty is none (%j)',
		async (id) => {
			const { json, error } = await get(ended(ONE), { secondTaskId: id });
			expect(error).toBeUndefined();
			expect(json).toMatchObject([{ vtt: VTT }]);
		},
	);

	test('that is not done is named', async () => {
		const id = second({ durationMs: HOUR, createdAt: Date.now(), shown: {} });
		const { error } = await get(ended(ONE), { secondTaskId: id });
		expect(error?.message).toMatch(new RegExp(`${id} is not done`));
	});

	test('that failed is named', async () => {
		const request = { task_name: 'transcription' as const, url: 'https://e.com/failure.mp4' };
		const id = second({ request, shown: {} });
		const { error } = await get(ended(ONE), { secondTaskId: id });
		expect(error?.message).toContain(id);
		expect(error?.message).toContain('could not be downloaded');
	});

	describe('with Wait for Completion', () => {
		const wait = { waitForCompletion: true };
		const soon = (details: Partial<Task> = {}) =>
			simulator().add({ durationMs: 1500, createdAt: Date.now(), ...details }).id;

		test('is waited for too', async () => {
			const secondTaskId = soon();
			const { json, error } = await get(ended(ONE), { secondTaskId }, wait);
			expect(error).toBeUndefined();
			expect(cuesOf(json).length).toBeGreaterThan(1);
			expect(cuesOf(json).map(([, , text]) => text)).toContainEqual(
				expect.stringContaining('Come on, come on.'),
			);
		});

		test('that fails is named', async () => {
			const request = { task_name: 'transcription' as const, url: 'https://e.com/failure.mp4' };
			const secondTaskId = soon({ request });
			const { error } = await get(ended(ONE), { secondTaskId }, wait);
			expect(error?.message).toContain(secondTaskId);
			expect(error?.message).toContain('could not be downloaded');
		});
	});

	test('that is unknown is named', async () => {
		const id = 'aafe70c6-0000-0000-0000-327b65f7670f';
		const { error } = await get(ended(ONE), { secondTaskId: id });
		expect(error?.message).toBe(`Gcore has no task ${id} [item 0]`);
	});

	test('that is no ID is refused before any request', async () => {
		const { error } = await get(ended(ONE), { secondTaskId: 'mine' });
		expect(error?.message).toContain("'Second Task ID' is not the ID of a Gcore task");
		expect(simulator().requests).toEqual([]);
	});

	test('is not asked for if the first is silent or failed', async () => {
		const silent = ended([], { shown: { result: { speech_detected: false } } });
		const { json, error } = await get(silent, { secondTaskId: second() });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ speech_detected: false }]);
	});
});

describe('Layout in Create', () => {
	const create = async (options: IDataObject, rest: GcoreRun['parameters'] = {}) =>
		await runGcore({
			simulator: simulator(),
			parameters: {
				url: VIDEO,
				waitForCompletion: true,
				formats: ['srt', 'cues'],
				outputAs: 'json',
				options: options as never,
				...rest,
			},
		});

	test('lays out each language, and moves it', async () => {
		const { json } = await create(
			{ layout: 'broadcast', timeOffset: 5 },
			{ alsoTranslateTo: ['ger'] },
		);
		expect(json).toHaveLength(2);
		for (const item of json) {
			expect(item).toMatchObject({ cues_too_fast: expect.any(Number), cues_too_long: 0 });
			expect(item['srt']).toMatch(/^1\n00:00:05,000/);
		}
	});

	test('adds nothing unless it is chosen', async () => {
		const { json } = await create({});
		expect(json[0]).not.toHaveProperty('cues_too_fast');
		expect(json[0]?.['srt']).toMatch(/^1\n00:00:00,000 --> 00:00:02,500/);
	});

	test('adds up the cues of all items in one hint', async () => {
		const { json, hints } = await create(
			{ layout: 'custom', lineLength: 42, lines: 2, readingSpeed: 1 },
			{ alsoTranslateTo: ['ger', 'fre'] },
		);
		const sum = json.reduce((all, { cues_too_fast }) => all + Number(cues_too_fast), 0);
		expect(sum).toBeGreaterThan(0);
		expect(hints.filter((hint) => hint.includes('too fast'))).toEqual([
			expect.stringContaining(`${sum} too fast`),
		]);
	});
});

describe('Layout in the trigger', () => {
	const textOf = (binary: { data: string } | undefined) =>
		Buffer.from(binary?.data ?? '', 'base64').toString();

	const report = async (options: IDataObject, rows: Row[] = LONG) => {
		const trigger = new PolledWorkflow(simulator(), {
			filters: {},
			options: { downloadSubtitles: FORMATS, ...options } as never,
		});
		await trigger.activate();
		simulator().add({ durationMs: 1000, shown: { result: resultOf(rows) } });
		jest.advanceTimersByTime(60_000);
		const [item] = (await trigger.poll()) ?? [];
		return item;
	};

	test('lays out its files, and counts', async () => {
		const item = await report({ layout: 'social', timeOffset: 60 });
		expect(item?.json).toMatchObject({ cues_too_fast: 0, cues_too_long: 0 });
		expect(Object.keys(item?.binary ?? {}).sort()).toEqual([...FORMATS].sort());
		expect(textOf(item?.binary?.['srt'])).toMatch(/^1\n00:01:01,000/);
	});

	test('keeps what Gcore returns to the byte, unless set', async () => {
		const item = await report({}, ONE);
		expect(item?.json).not.toHaveProperty('cues_too_fast');
		expect(textOf(item?.binary?.['vtt'])).toBe(VTT);
	});

	test('counts without the result in the item', async () => {
		const item = await report({ layout: 'streaming', includeResult: false }, WIDE);
		expect(item?.json).toMatchObject({ cues_too_long: 1 });
	});

	test('refuses invalid numbers at its activation', async () => {
		const trigger = new PolledWorkflow(simulator(), {
			options: { downloadSubtitles: ['vtt'], layout: 'custom', lines: 0 },
		});
		await expect(trigger.activate()).rejects.toThrow("'Lines per Cue'");
		expect(simulator().requests).toEqual([]);
	});
});
