import { BREAK, breakBetween } from '../../../nodes/shared/subtitles/layout/breaks';
import { grammarOf } from '../../../nodes/shared/subtitles/layout/grammar';
import { layout } from '../../../nodes/shared/subtitles/layout/layout';
import { offset } from '../../../nodes/shared/subtitles/layout/offset';
import type { Rules } from '../../../nodes/shared/subtitles/layout/rules';
import { PRESETS, presetFor } from '../../../nodes/shared/subtitles/layout/rules';
import { segmented } from '../../../nodes/shared/subtitles/layout/segments';
import { columnsOf } from '../../../nodes/shared/subtitles/layout/width';
import { wordsOf } from '../../../nodes/shared/subtitles/layout/words';

const cue = (start: number, end: number, text: string) => ({ start, end, text });
const texts = (
	cues: Parameters<typeof layout>[0],
	language = 'eng',
	rules: Rules = presetFor('streaming', language),
) => layout(cues, language, rules).cues.map(({ text }) => text);

test.each([
	['', 0],
	['Hello', 5],
	['Straße', 6],
	['e\u0301te\u0301', 3],
	['字幕', 4],
	['한국어', 6],
	['ｶﾅ', 2],
	['（！）', 6],
	['שָׁלוֹם', 4],
	['كِتَابٌ', 4],
	['มนุษย์', 4],
	['नमस्ते', 4],
	['😀', 2],
	['👨‍👩‍👧‍👦', 2],
	['🇩🇪', 2],
	['\u200fa\u200b', 1],
])('%j is as wide as %d columns', (text, columns) => {
	expect(columnsOf(text)).toBe(columns);
});

describe('join', () => {
	const [one, two] = ['He had never seen', 'the sea.'];

	test('puts the parts of a sentence together that are less than 0.3 s apart', () => {
		expect(texts([cue(0, 2_000, one), cue(2_299, 3_000, two)])).toEqual([`${one} ${two}`]);
		expect(texts([cue(0, 2_000, one), cue(2_300, 3_000, two)])).toEqual([one, two]);
	});

	test('keeps a pause of 0.3 s even if the gap between cues is longer', () => {
		const rules = { ...PRESETS.streaming, gap: 900 };
		expect(texts([cue(0, 2_000, one), cue(2_299, 4_000, two)], 'eng', rules)).toHaveLength(1);
		expect(texts([cue(0, 2_000, one), cue(2_300, 4_000, two)], 'eng', rules)).toHaveLength(2);
	});

	test('leaves sentences and speakers apart', () => {
		const cues = [
			cue(0, 2_000, 'He had never seen it before.'),
			cue(2_000, 4_000, 'He said so too.'),
		];
		expect(texts(cues)).toEqual(cues.map(({ text }) => text));
		expect(texts([cue(0, 2_000, 'He had never'), cue(2_000, 3_000, '- Never?')])).toHaveLength(2);
	});

	test('puts no space into Chinese', () => {
		expect(texts([cue(0, 1_000, '他说我们应该'), cue(1_000, 2_000, '走了。')], 'chi')).toEqual([
			'他说我们应该走了。',
		]);
	});

	test('joins Chinese that has marks, however long, and closes its spaces', () => {
		expect(
			texts(
				[
					cue(0, 4_000, '人人生而自由，在尊 严和'),
					cue(4_000, 8_000, '权利上一律平等。'),
					cue(8_000, 14_000, '他们赋有理性和良心，并应以兄弟关'),
					cue(14_000, 20_000, '系的精神相对待。'),
				],
				'chi',
			),
		).toEqual([
			'人人生而自由，',
			'在尊严和权利上一律平等。',
			'他们赋有理性和良心，',
			'并应以兄弟关系的',
			'精神相对待。',
		]);
	});

	test('joins a Chinese word that a speech model has cut in two', () => {
		const rules = { ...PRESETS.streaming, lineLength: 8, lines: 1 };
		const cues = [cue(0, 4_000, '他们之间的兄弟关'), cue(4_000, 8_000, '系非常的不友好。')];
		expect(texts(cues, 'chi', rules)).toEqual(['他们之间的', '兄弟关系非常的', '不友好。']);
	});

	test('leaves Chinese without marks in its cues, and its spaces, which are its commas', () => {
		const cues = [cue(0, 2_000, '我们都是 好人'), cue(2_000, 3_000, '他们也是')];
		expect(texts(cues, 'chi')).toEqual(cues.map(({ text }) => text));
	});
});

test('a no-break space alone is no word', () => {
	expect(wordsOf('a \u00a0 b\u00a0c').map(({ text }) => text)).toEqual(['a', 'b\u00a0c']);
});

describe('split', () => {
	/** What a break between the two words of a text costs. */
	const breakInside = (text: string, language: string | null = null) => {
		const [before, after] = segmented(wordsOf(text), true, 0);
		if (!before || !after) throw new Error(`${text} is one word`);
		return breakBetween(before, after, grammarOf(language, []));
	};

	test('at the ends of sentences, then of clauses, then before a conjunction or preposition', () => {
		expect(
			texts([
				cue(
					0,
					20_000,
					'The harbour lay quiet in the evening. Nobody had come down to the boats since the storm, although the captain waited for his men until it was dark and all the lights had gone out.',
				),
			]),
		).toEqual([
			'The harbour lay quiet in the evening.',
			'Nobody had come down\nto the boats since the storm,',
			expect.stringMatching(/^although the captain waited/),
			'for his men until it was dark\nand all the lights had gone out.',
		]);
	});

	test.each([
		['eng', 'They had walked for altogether about 25 km when the sun came out', /25\s?km/],
		[
			'eng',
			'It had cost somebody a little more than $ 25 000 000 to have it built',
			/\$ 25 000 000/,
		],
		[
			'fre',
			'Mais pourquoi donc voulez-vous encore partir aujourd’hui ? Restez donc ici !',
			/aujourd’hui \?/,
		],
		[
			'eng',
			'When he had finally arrived, old Mr. Holmes said that he had known all along',
			/Mr\. Holmes/,
		],
	])('%s: never between what belongs together: %s', (language, text, together) => {
		expect(texts([cue(0, 9_000, text)], language).join('|')).toMatch(together);
	});

	test.each([
		...['25 km', '25 km,', '5 miles.', '10 000', '5 %', '10 €.', '6 p.m.', '３ km', '٥ km'],
		...['$ 5', 'US$ 5', '§ 3', 'No. 5', 'Nr. 7', 'Hauptstr. 5', 'Dr. Smith', '“Mr. Holmes'],
		...['ici !', '( so', 'so –', '« Oui', 'है ।', '3公里', '字幕abc', 'abc字幕'],
	])('never inside %s', (text) => {
		expect(breakInside(text)).toBe(BREAK.never);
	});

	test.each([
		['eng', '5 kilograms', '5 grams', '5 grammes', '16 gigabytes', '5 lbs', '5 litres', '5 liters'],
		[
			'eng',
			'5 tons',
			'5 tonnes',
			'5 kWh',
			'40 km²',
			"5 o'clock",
			'5 o’clock.',
			'5 gallons',
			'3 p.m.',
		],
		['eng', 'USD 5', 'EUR 5', 'GBP 5', 'CHF 5', 'Rs. 5', '5 USD'],
		[
			'ger',
			'5 Kilogramm',
			'5 Gramm',
			'5 Mio.',
			'5 Mrd. ',
			'80 Quadratmeter',
			'8 Uhr',
			'5 km²',
			'5 ha',
		],
		['fre', '5 grammes', '5 litres', '5 mégaoctets', '5 heures', '5 €'],
		['spa', '5 gramos', '5 litros', '5 años', 'EUR 5'],
		['por', '5 quilos', '5 mês', '5 horas'],
		['ita', '5 chili', '5 tonnellate', '5 anni'],
		['rus', '5 литров', '5 килограммов', '5 млн', '5 часов'],
		['dut', '5 uur', '5 jaar'],
		['swe', '5 timmar', '5 kronor'],
		['hin', '5 किलोमीटर', '5 रुपये', '5 बजे', '5 घंटे।'],
		['ara', '5 كيلومترات', '5 ساعات', '5 دولارات'],
		['tur', '5 saat', '5 bin'],
		['kor', '5 킬로미터', '5 시간'],
		['pol', '5 złotych', '5 kilometrów'],
		['heb', '5 שעות', '5 ק״מ'],
		['jpn', '5 kg'],
		['xxx', '5 kilograms', '5 timmar'],
	])('%s: never between a number and its unit', (language, ...quantities) => {
		for (const text of quantities)
			expect([text, breakInside(text, language)]).toEqual([text, BREAK.never]);
	});

	test('a word is a unit only in its language', () => {
		expect(breakInside('2010 bin', 'ger')).toBeLessThan(BREAK.never);
		expect(breakInside('2010 an', 'eng')).toBeLessThan(BREAK.never);
		expect(breakInside('2010 ha', 'spa')).toBeLessThan(BREAK.never);
	});

	test.each([
		...[
			'No. I',
			'don’t. You',
			"I'd. He",
			'23. She',
			'ends. “And',
			'ends!” And',
			'है। यह',
			'نعم؟ لا',
		],
	])('a sentence ends inside %s', (text) => {
		expect(breakInside(text)).toBe(BREAK.sentence);
	});

	test.each([
		'e.g. this',
		'J. Smith',
		'z. B.',
		'etc. and',
		'go... ...home',
		'“Really?” he',
		'vs. Him',
	])('no sentence ends inside %s', (text) => {
		expect(breakInside(text)).toBeGreaterThan(BREAK.sentence);
	});

	test('the number of a day ends a sentence in English, not in German', () => {
		expect(breakInside('3. Oktober', 'ger')).toBeGreaterThan(BREAK.sentence);
		expect(breakInside('3. October', 'eng')).toBe(BREAK.sentence);
	});

	test('what belongs together is divided only if it is longer than a line', () => {
		const rules = { ...PRESETS.streaming, lineLength: 12 };
		expect(texts([cue(0, 4_000, 'about 10 000 000 km.')], 'eng', rules)).toEqual([
			'about 10\n000 000 km.',
		]);
		expect(texts([cue(0, 4_000, 'about 10 000 km.')], 'eng', rules)).toEqual(['about\n10 000 km.']);
	});

	test.each([
		[
			'ger',
			'Die Frau hatte ihr Leben lang in diesem Haus gewohnt und sie wollte auch jetzt nicht ausziehen obwohl das Dach undicht war',
			['lang|in', 'gewohnt|und'],
		],
		[
			'spa',
			'La mujer había vivido toda su vida en aquella casa vieja y no quería marcharse ahora aunque el tejado tenía goteras',
			['vieja|y'],
		],
		[
			'fre',
			'La vieille femme avait vécu toute sa vie dans cette maison et elle ne voulait pas partir maintenant bien que le toit fuie',
			['maison|et'],
		],
	])('%s: before a conjunction or preposition', (language, text, breaks) => {
		const laid = texts([cue(0, 12_000, text)], language)
			.join('|')
			.replaceAll('\n', '|');
		for (const each of breaks) expect(laid).toContain(each);
		expect(laid).not.toMatch(/ (und|y|et|in|en|dans|das|el|le)\|/);
	});

	test('never inside a word, even one that is too long', () => {
		const word = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
		const { cues, tooLong } = layout([cue(0, 4_000, `die ${word}`)], 'ger', PRESETS.streaming);
		expect(cues.map(({ text }) => text).join('\n')).toBe(`die\n${word}`);
		expect(tooLong).toBe(1);
	});

	test('Thai, Chinese and Japanese between words', () => {
		const [first] = texts(
			[cue(0, 9_000, 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ')],
			'tha',
		);
		expect(first?.split('\n').every((line) => columnsOf(line) <= 42)).toBe(true);
		for (const line of texts(
			[
				cue(
					0,
					9_000,
					'吾輩は猫である、名前はまだ無い、「どこで生れたか」とんと見当がつかぬ、と言った。',
				),
			],
			'jpn',
		)
			.join('\n')
			.split('\n')) {
			expect(columnsOf(line)).toBeLessThanOrEqual(26);
			expect(line).not.toMatch(/^[、。」]|「$/);
		}
	});

	test('Chinese and Japanese from Latin only if a line has no room for both', () => {
		const japanese = 'GoogleやAppleやMicrosoftやAmazonなどです。';
		expect(texts([cue(0, 6_000, japanese)], 'jpn')).toEqual([
			'GoogleやAppleやMicrosoftや\nAmazonなどです。',
		]);
		expect(texts([cue(0, 6_000, '他们用Google的产品工作，我们也是这样。')], 'chi')).toEqual([
			expect.stringContaining('用Google的'),
		]);
	});

	test('silence at the end of a cue is not shown, and divides no words', () => {
		expect(layout([cue(0, 30_000, 'Thank you.')], 'eng', PRESETS.streaming)).toEqual({
			cues: [cue(0, 7_000, 'Thank you.')],
			tooFast: 0,
			tooLong: 0,
		});
	});

	test('cues that would be shown for too long, at the end of a sentence first', () => {
		const laid = layout(
			[cue(0, 8_000, 'I see. We will go then, all of us.')],
			'eng',
			PRESETS.streaming,
		);
		expect(laid.cues.map(({ text }) => text)).toEqual(['I see.', 'We will go then, all of us.']);
		expect(laid.tooLong).toBe(0);
	});
});

describe('balance', () => {
	test('sets two lines of about one length, the first not longer by much', () => {
		const [text = ''] = texts([
			cue(0, 5_000, 'She looked at me once more when nothing had happened yet'),
		]);
		const [first = '', second = ''] = text.split('\n');
		expect(Math.abs(first.length - second.length)).toBeLessThan(12);
	});

	test('keeps text on one line if it fits, and speakers on their own', () => {
		expect(texts([cue(0, 3_000, 'It fits on\none line.')])).toEqual(['It fits on one line.']);
		expect(texts([cue(0, 3_000, '- Hello. - Hi there.')])).toEqual(['- Hello.\n- Hi there.']);
	});

	test('leaves right-to-left text in its order, with its marks', () => {
		const text = '\u200fهذا كِتَابٌ جميل جداً، وقد قرأته مرتين في الصيف الماضي\u200f';
		expect(
			texts([cue(0, 6_000, text)], 'ara')
				.join('\n')
				.replace(/\s/g, ' '),
		).toBe(text);
	});
});

describe('time', () => {
	test('shares the time of a cue by the width of its words', () => {
		const { cues } = layout(
			[
				cue(
					10_000,
					18_000,
					'It is a short one, you know. It is as long as it can be, so to speak, at the most.',
				),
			],
			'eng',
			PRESETS.streaming,
		);
		expect(cues).toHaveLength(2);
		expect(cues[1]?.start).toBeGreaterThan(12_400);
		expect(cues[1]?.start).toBeLessThan(13_000);
		expect((cues[1]?.start ?? 0) - (cues[0]?.end ?? 0)).toBe(84);
	});

	test('lets short cues stay in the gap behind them, as far as there is one', () => {
		const { cues } = layout(
			[cue(0, 300, 'Oh no.'), cue(5_000, 5_100, 'Oh no.'), cue(5_500, 6_000, 'Oh.')],
			'eng',
			PRESETS.streaming,
		);
		expect(cues.map(({ end }) => end)).toEqual([834, 5_416, 6_334]);
	});

	test.each([
		['Donaudampfschifffahrt.', cue(10_100, 12_000, 'Und so fort.')],
		['Donaudampfschifffahrt', cue(20_000, 21_000, 'und so fort.')],
	])('shows %j for 7 seconds at most', (word, next) => {
		const { cues } = layout([cue(0, 10_000, word), next], 'ger', PRESETS.streaming);
		expect(cues[0]?.end).toBe(7_000);
	});

	test('counts a cue that cannot be made readable', () => {
		const { tooFast } = layout(
			[
				cue(0, 1_000, 'Far too much to be read in a second.'),
				cue(1_000, 3_000, 'But this is fine.'),
			],
			'eng',
			PRESETS.streaming,
		);
		expect(tooFast).toBe(1);
	});

	test('puts cues that overlap behind each other', () => {
		const { cues } = layout(
			[cue(0, 3_000, 'One of us.'), cue(0, 4_000, 'And the other.')],
			'eng',
			PRESETS.streaming,
		);
		expect(cues).toEqual([cue(0, 750, 'One of us.'), cue(834, 4_000, 'And the other.')]);
	});
});

test('the limits of Chinese, Japanese and Korean count full-width characters', () => {
	expect(presetFor('streaming', 'chi')).toMatchObject({ lineLength: 16, readingSpeed: 9 });
	expect(presetFor('streaming', 'jpn')).toMatchObject({ lineLength: 13, readingSpeed: 4 });
	expect(presetFor('social', 'kor')).toMatchObject({ lineLength: 12, lines: 1, readingSpeed: 12 });
	expect(presetFor('broadcast', 'ger')).toBe(PRESETS.broadcast);
	expect(texts([cue(0, 3_000, '我'.repeat(17))], 'chi', presetFor('streaming', 'chi'))[0]).not.toBe(
		'我'.repeat(17),
	);
});

test('Japanese that is spoken faster than 4 characters a second is counted', () => {
	const tooFast = (seconds: number) =>
		layout(
			[
				cue(0, seconds * 1_000, '吾輩は猫である。'),
				cue(seconds * 1_000, 60_000, '名前はまだ無い。'),
			],
			'jpn',
			presetFor('streaming', 'jpn'),
		).tooFast;
	expect([tooFast(2), tooFast(1.9)]).toEqual([1, 1]);
	expect(tooFast(2.1)).toBe(0);
});

test('offset moves cues, cuts those that would start before the video, and drops what is before it', () => {
	const cues = [cue(0, 1_000, 'a'), cue(1_000, 3_000, 'b'), cue(4_000, 5_000, 'c')];
	expect(offset(cues, 1.5)).toEqual([
		cue(1_500, 2_500, 'a'),
		cue(2_500, 4_500, 'b'),
		cue(5_500, 6_500, 'c'),
	]);
	expect(offset(cues, -2)).toEqual([cue(0, 1_000, 'b'), cue(2_000, 3_000, 'c')]);
	expect(offset(cues, -1)).toEqual([cue(0, 2_000, 'b'), cue(3_000, 4_000, 'c')]);
});
