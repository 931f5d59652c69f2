import type { IBinaryKeyData } from 'n8n-workflow';

import { binaryOf } from '../binary';
import { runGcore } from '../engine';
import type { GcoreRun } from '../engine';
import { setStage } from '../stage';

const simulator = setStage();

const CONTINUE = { onError: 'continueRegularOutput' as const };

const fromFiles = async (
	binaries: IBinaryKeyData[],
	parameters: GcoreRun['parameters'] = {},
	rest: Partial<GcoreRun> = {},
) =>
	await runGcore({
		simulator: simulator(),
		parameters: { source: 'file', ...parameters },
		binaries,
		...rest,
	});

const file = (name: string, mimeType = 'application/octet-stream', content = 'abc') => ({
	data: binaryOf(content, name, mimeType),
});

const videoNames = () => simulator().videos.map(({ name }) => name);

describe('a file that cannot be uploaded is refused before any request', () => {
	test.each([
		['a field that is not there', { video: binaryOf('a'), more: binaryOf('b') }, /video, more/],
		['an item without files', {}, /none at all/],
	])('%s', async (_, binary, advice) => {
		const { error } = await fromFiles([binary as IBinaryKeyData]);
		expect(error?.message).toBe(
			`'Input Binary Field': the item has no binary field "data" [item 0]`,
		);
		expect(error?.description).toMatch(advice);
		expect(error?.description).toMatch(/Nothing was sent\.$/);
		expect(simulator().requests).toEqual([]);
	});

	test('an empty file', async () => {
		const { error } = await fromFiles([file('talk.mov', 'video/quicktime', '')]);
		expect(error?.message).toBe('"talk.mov" is empty [item 0]');
		expect(simulator().requests).toEqual([]);
	});

	test.each([
		['talk.mp3', 'audio/mpeg'],
		['talk.WAV', 'application/octet-stream'],
		['talk.m4a', 'audio/mp4'],
		['talk', 'audio/ogg'],
	])('sound alone: %s', async (name, mimeType) => {
		const { error } = await fromFiles([file(name, mimeType)]);
		expect(error?.message).toBe(
			`'Input Binary Field': "${name}" is sound without a picture [item 0]`,
		);
		expect(simulator().requests).toEqual([]);
	});

	test.each([
		['talk.pdf', 'application/pdf'],
		['talk.srt', 'text/plain'],
		['talk.jpg', 'image/jpeg'],
		['talk.zip', 'application/zip'],
	])('what is no video: %s', async (name, mimeType) => {
		const { error } = await fromFiles([file(name, mimeType)]);
		expect(error?.message).toBe(`'Input Binary Field': "${name}" is not a video [item 0]`);
		expect(simulator().requests).toEqual([]);
	});

	test('one among good ones: nothing is uploaded, and all bad ones are listed', async () => {
		const { error } = await fromFiles([
			file('a.mov'),
			file('b.mp3'),
			{ other: binaryOf('x') },
			file('d.mov'),
		]);
		expect(error?.message).toBe('2 of 4 items have a problem, so nothing was sent');
		expect(error?.description).toContain('[item 1]');
		expect(error?.description).toContain('[item 2]');
		expect(simulator().requests).toEqual([]);
	});

	test('an empty one among good ones: nothing is uploaded', async () => {
		const { error } = await fromFiles([file('a.mov'), file('b.mov', '', '')]);
		expect(error?.message).toBe('"b.mov" is empty [item 1]');
		expect(simulator().requests).toEqual([]);
	});
});

describe('a file', () => {
	test.each([
		['talk.MKV', 'application/octet-stream'],
		// The extension counts: n8n does not know each type, and .ts is a script's too
		['talk.ogg', 'audio/ogg'],
		['talk.mts', 'text/plain'],
		['talk', 'video/mp4'],
		['talk.part1', ''],
	])('%s (%s) is taken', async (name, mimeType) => {
		const { error } = await fromFiles([file(name, mimeType)]);
		expect(error).toBeUndefined();
		expect(videoNames()).toEqual([name]);
	});

	test('without a name gets one', async () => {
		const unnamed = { data: binaryOf('abc').data, mimeType: 'video/mp4' };
		const { outputs, error } = await fromFiles([{ data: unnamed }], {
			waitForCompletion: true,
			formats: ['srt'],
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.binary?.['srt']?.fileName).toBe('file.eng.srt');
	});

	test('with a type that is not text, from a Code node, is judged by its name', async () => {
		const odd = { ...binaryOf('abc', 'talk.mp4'), mimeType: 5 as never };
		const { error } = await fromFiles([{ data: odd }]);
		expect(error).toBeUndefined();
		expect(videoNames()).toEqual(['talk.mp4']);
	});

	test('without a name but with an extension keeps that', async () => {
		const unnamed = { ...binaryOf('abc', '', 'video/quicktime'), fileExtension: 'mov' };
		await fromFiles([{ data: unnamed }]);
		expect(videoNames()).toEqual(['file.mov']);
	});

	test('is found in the field that an expression names', async () => {
		const binaries = [{ a: binaryOf('1', 'a.mov') }, { b: binaryOf('2', 'b.mov') }];
		const { json, error } = await fromFiles(
			binaries,
			{ binaryPropertyName: '={{ $json.field }}' },
			{ items: [{ field: 'a' }, { field: 'b' }] },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(2);
		expect(videoNames().sort()).toEqual(['a.mov', 'b.mov']);
	});

	test('of each item is its own, though the field is named once', async () => {
		const binaries = ['a.mov', 'b.mov', 'c.mov'].map((name) => file(name, '', name));
		const { outputs } = await fromFiles(binaries, { waitForCompletion: true, formats: ['srt'] });
		expect(outputs[0]?.map(({ binary }) => binary?.['srt']?.fileName)).toEqual([
			'a.eng.srt',
			'b.eng.srt',
			'c.eng.srt',
		]);
	});
});

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s: bad files are reported in their place, the others go on',
	async (onError) => {
		const binaries = [
			file('a.mov'),
			file('b.mp3'),
			file('c.mov', '', ''),
			{ other: binaryOf('x') },
			file('failure.mov'),
			file('f.mov'),
		];
		const { outputs } = await fromFiles(
			binaries,
			{ waitForCompletion: true, formats: ['srt'] },
			{ settings: { ...CONTINUE, onError } },
		);
		const items = outputs.flat();
		const good = items.filter(({ json }) => !json['error']);
		const bad = items.filter(({ json }) => json['error']);
		expect(good.map(({ json, pairedItem }) => [json['files'], pairedItem])).toEqual([
			[['a.eng.srt'], { item: 0 }],
			[['f.eng.srt'], { item: 5 }],
		]);
		expect(bad.map(({ json }) => json['error'])).toEqual([
			`'Input Binary Field': "b.mp3" is sound without a picture [item 1]`,
			'"c.mov" is empty [item 2]',
			`'Input Binary Field': the item has no binary field "data" [item 3]`,
			expect.stringContaining('could not be downloaded'),
		]);
		expect(outputs[1]?.length ?? 0).toBe(onError === 'continueErrorOutput' ? 4 : 0);
		// The copy whose task failed stays
		expect(videoNames()).toEqual(['failure.mov']);
	},
);
