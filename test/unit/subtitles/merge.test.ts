import fc from 'fast-check';

import { merge } from '../../../nodes/shared/subtitles/layout/merge';
import { presetFor } from '../../../nodes/shared/subtitles/layout/rules';
import { spokenCues } from './layoutArbitraries';

const cue = (start: number, end: number, text: string) => ({ start, end, text });
const track = (language: string, ...cues: ReturnType<typeof cue>[]) => ({
	cues,
	language,
	rules: presetFor('streaming', language),
});

test('puts a translation under the original', () => {
	expect(
		merge(
			track('ger', cue(0, 2_000, 'Guten Abend.')),
			track('eng', cue(100, 1_900, 'Good\nevening.')),
		).cues,
	).toEqual([cue(0, 2_000, 'Guten Abend.\nGood evening.')]);
});

test('splits both into as many cues as the longer needs, a line each', () => {
	const german =
		'Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich in seinem Bett zu einem ungeheueren Ungeziefer verwandelt.';
	const english =
		'One morning, when Gregor Samsa woke from troubled dreams, he found himself transformed in his bed into a horrible vermin.';
	const { cues, tooLong } = merge(
		track('ger', cue(0, 10_000, german)),
		track('eng', cue(0, 10_000, english)),
	);
	expect(tooLong).toBe(0);
	const lines = cues.map(({ text }) => text.split('\n'));
	expect(lines.map(([above]) => above).join(' ')).toBe(german);
	expect(lines.map(([, below]) => below).join(' ')).toBe(english);
});

const twoLines = (german: string, english: string) =>
	merge(track('ger', cue(0, 6_000, german)), track('eng', cue(0, 6_000, english))).cues.map(
		({ text }) => text,
	);

test.each([
	[
		'Ich habe gestern den Arzt gesehen. Er sagte mir, dass alles in Ordnung sei.',
		'I saw the doctor yesterday. He told me that everything was all right.',
		[
			'Ich habe gestern den Arzt gesehen.\nI saw the doctor yesterday.',
			'Er sagte mir, dass alles in Ordnung sei.\nHe told me that everything was all right.',
		],
	],
	[
		'Ich habe gestern den Arzt gesehen. Er sagte mir, dass alles in Ordnung sei.',
		'I saw him. He told me that everything was all right.',
		[
			'Ich habe gestern den Arzt gesehen.\nI saw him.',
			'Er sagte mir, dass alles in Ordnung sei.\nHe told me that everything was all right.',
		],
	],
	[
		'- Wer ist da?\n- Ich bin es.',
		'- Who is there?\n- It is me.',
		['- Wer ist da?\n- Who is there?', '- Ich bin es.\n- It is me.'],
	],
])('puts each sentence of a cue under its own: %s', (german, english, expected) => {
	expect(twoLines(german, english)).toEqual(expected);
});

test('keeps short sentences together if they are short in both languages', () => {
	expect(twoLines('Ja. Ich komme. Gut.', 'Yes. I am coming. Good.')).toEqual([
		'Ja. Ich komme. Gut.\nYes. I am coming. Good.',
	]);
	expect(
		twoLines(
			'Ja. Ich denke, dass wir morgen früh dorthin gehen.',
			'Yes. I think we should go there in the morning.',
		)[0],
	).toMatch(/^Ja\. Ich .*\nYes\. I /);
	expect(twoLines('Er ist gestern wirklich gekommen. Ja.', 'He really came. Yes.')).toEqual([
		'Er ist gestern wirklich gekommen. Ja.\nHe really came. Yes.',
	]);
});

test('puts a sentence that translates two under both', () => {
	expect(
		twoLines(
			'Wir gingen an den Strand hinunter. Dort lag das Boot. Es war schon ganz verrottet und alt.',
			'We went down to the beach, where the boat was. It was quite rotten and old already.',
		),
	).toEqual([
		'Wir gingen an den Strand hinunter.\nWe went down to the beach,',
		'Dort lag das Boot.\nwhere the boat was.',
		'Es war schon ganz verrottet und alt.\nIt was quite rotten and old already.',
	]);
});

test('a long translation keeps no other from its sentence, and none is reordered', () => {
	const german = [
		cue(0, 3_000, 'Das ist der erste Satz.'),
		cue(4_000, 7_000, 'Das ist der zweite Satz.'),
		cue(8_000, 14_000, 'Das ist der dritte Satz.'),
	];
	const english = [
		cue(0, 14_000, 'This is the first sentence.'),
		cue(4_000, 7_000, 'This is the second sentence.'),
		cue(8_000, 14_000, 'This is the third sentence.'),
	];
	expect(
		merge(track('ger', ...german), track('eng', ...english)).cues.map(({ text }) => text),
	).toEqual(german.map(({ text }, at) => `${text}\n${english[at]?.text}`));
});

test('shows a translation at its own time if nothing is said there in the original', () => {
	expect(
		merge(
			track('ger', cue(0, 1_000, 'Ja.'), cue(10_000, 12_000, 'Nein.')),
			track('eng', cue(0, 1_000, 'Yes.'), cue(5_000, 6_000, 'Hm.'), cue(30_000, 31_000, 'End.')),
		).cues,
	).toEqual([
		cue(0, 1_000, 'Ja.\nYes.'),
		cue(5_000, 6_000, 'Hm.'),
		cue(10_000, 12_000, 'Nein.'),
		cue(30_000, 31_000, 'End.'),
	]);
});

test('shows no word of the original before its speech if the translation needs more cues', () => {
	const { cues } = merge(
		track('ger', cue(0, 4_000, 'Selbstverständlich'), cue(4_250, 5_500, 'nicht.')),
		track(
			'eng',
			cue(0, 4_000, 'Of course that is something which nobody'),
			cue(4_250, 5_500, 'would ever want to see happening here, not even him.'),
		),
	);
	expect(cues.map(({ start, text }) => [start, text])).toEqual([
		[0, 'Selbstverständlich\nOf course that is something which nobody'],
		[2_000, 'would ever want to see happening here,'],
		[4_250, 'nicht.\nnot even him.'],
	]);
});

test('shows nothing of the original before its speech, whatever its translation', () => {
	const words = (word: string, most: number) =>
		fc
			.array(fc.constantFrom(word, `${word}${word}`, `${word},`, `${word}.`), {
				minLength: 1,
				maxLength: most,
			})
			.map((all) => all.join(' '));
	const row = fc.record({
		duration: fc.integer({ min: 1, max: 4_000 }),
		pause: fc.nat(400),
		original: words('abab', 3),
		translation: words('жшжш', 20),
	});
	const lettersIn = (text: string) => text.match(/a/g)?.length ?? 0;
	fc.assert(
		fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
			let now = 0;
			const times = rows.map(({ duration, pause }) => {
				const start = now + pause;
				now = start + duration;
				return [start, now] as const;
			});
			const [original, translation] = (['original', 'translation'] as const).map((side) =>
				times.map(([start, end], at) => cue(start, end, rows[at]?.[side] ?? '')),
			);
			const spoken = original?.flatMap(({ start, text }) =>
				new Array<number>(lettersIn(text)).fill(start),
			);
			let letters = 0;
			for (const { start, text } of merge(
				track('eng', ...(original ?? [])),
				track('rus', ...(translation ?? [])),
			).cues) {
				if (text.startsWith('a')) expect(start).toBeGreaterThanOrEqual(spoken?.[letters] ?? 0);
				letters += lettersIn(text);
			}
		}),
	);
});

test('has at most one line per language, and cues that follow each other, whatever the tracks', () => {
	const letters = (cues: ReadonlyArray<{ text: string }>) =>
		Array.from(cues.map(({ text }) => text.replace(/\s/g, '')).join(''))
			.sort()
			.join('');
	const isInOrder = (
		own: ReadonlyArray<{ text: string }>,
		all: ReadonlyArray<{ text: string }>,
	) => {
		const [wanted, found] = [own, all].map((cues) =>
			Array.from(cues.map(({ text }) => text.replace(/\s/g, '')).join('')),
		);
		let seen = 0;
		for (const letter of found ?? []) if (letter === wanted?.[seen]) seen += 1;
		return seen === wanted?.length;
	};
	const language = fc.constantFrom('eng', 'ger', 'chi', 'jpn', 'tha', 'ara');
	fc.assert(
		fc.property(spokenCues, spokenCues, language, language, (one, other, first, second) => {
			const { cues } = merge(track(first, ...one), track(second, ...other));
			expect(letters(cues)).toBe(letters([...one, ...other]));
			for (const each of [one, other]) expect(isInOrder(each, cues)).toBe(true);
			for (const [at, { start, end, text }] of cues.entries()) {
				expect(text.split('\n').length).toBeLessThanOrEqual(2);
				expect(end).toBeGreaterThan(start);
				expect(cues[at + 1]?.start ?? end).toBeGreaterThanOrEqual(end);
			}
		}),
		{ numRuns: 100 },
	);
});

test('shows both languages for as long as the slower needs, and each alone for as long as it needs', () => {
	const evening = track(
		'eng',
		cue(0, 1_500, 'Good evening, everyone.'),
		cue(20_000, 21_000, 'Bye.'),
	);
	const japanese = track('jpn', cue(0, 1_500, '皆さん、こんばんは。'));
	const laid = merge(evening, japanese);
	expect(laid.cues[0]).toEqual(cue(0, 2_500, 'Good evening, everyone.\n皆さん、こんばんは。'));
	expect(laid.tooFast).toBe(0);
	expect(merge(japanese, evening).cues[0]?.end).toBe(2_500);
	expect(merge(track('eng'), japanese).cues[0]?.end).toBe(2_500);
	expect(merge(track('jpn'), evening).cues[0]?.end).toBe(1_500);
});

test('loses nothing of either, however they match', () => {
	const { cues } = merge(
		track('ger', cue(0, 1_000, 'Ja.'), cue(10_000, 12_000, 'Nein, nie.')),
		track(
			'eng',
			cue(0, 500, 'Yes.'),
			cue(500, 1_500, 'Indeed.'),
			cue(5_000, 6_000, 'Hm.'),
			cue(30_000, 31_000, 'The end.'),
		),
	);
	const all = cues.map(({ text }) => text).join(' ');
	for (const word of ['Ja.', 'Nein, nie.', 'Yes.', 'Indeed.', 'Hm.', 'The end.'])
		expect(all).toContain(word);
	expect(
		merge(track('ger'), track('eng', cue(0, 1_000, 'Yes.'))).cues.map(({ text }) => text),
	).toEqual(['Yes.']);
});
