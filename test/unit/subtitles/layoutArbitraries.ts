import fc from 'fast-check';

import type { Cue } from '../../../nodes/shared/subtitles/cue';
import { toCues } from '../../../nodes/shared/subtitles/cue';

/** What speech models write, and what may upset a layout, in many scripts. */
const PIECES: readonly string[] = [
	...[
		'and',
		'the',
		'of',
		'internationalisation',
		'I',
		'went',
		'home.',
		'Yes.',
		'No!',
		'Mr.',
		'why?',
	],
	...[
		'5',
		'km',
		'10',
		'000',
		'3.',
		'%',
		'$',
		'-',
		'–',
		'- Hello.',
		'-5',
		'...',
		'“Quoi',
		'?”',
		'«',
		'»',
	],
	...[
		'und',
		'der',
		'Straße,',
		'Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik',
		'à',
		'été;',
	],
	...[
		'我们',
		'认为',
		'下面',
		'这些',
		'真理',
		'。',
		'，',
		'「',
		'」',
		'2024年',
		'字幕abc',
		'是不言而喻的',
	],
	...['吾輩は', '猫である。', 'スーパーマーケット', 'っ', 'ー', '名前', 'まだ', '無い', '。」'],
	...['มนุษย์ทั้งหลาย', 'เกิดมามีอิสระ', 'และเสมอภาค', 'ๆ', 'ມະນຸດທຸກຄົນ', 'មនុស្សទាំងអស់', 'លូតលាស់។'],
	...[
		'안녕하세요',
		'반갑습니다.',
		'هذا',
		'كِتَابٌ',
		'جميل؟',
		'שָׁלוֹם',
		'עולם.',
		'नमस्ते',
		'दुनिया।',
		'Привет,',
		'мир',
	],
	...['😀', '👨‍👩‍👧‍👦', '🇩🇪', 'e\u0301', 'e.g.', 'a\u00a0b', '<', '-->', '\u200f', '\n', '\n- ', '   '],
];

const piece = fc.oneof(
	{ weight: 9, arbitrary: fc.constantFrom(...PIECES) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
);

const text = fc
	.array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '\n')), { maxLength: 40 })
	.map((pieces) => pieces.flat().join(''));

/** Whole words of one script, as real speech has. */
const script = (...words: string[]) =>
	fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((all) => all.join(' '));
const solid = (...words: string[]) =>
	fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((all) => all.join(''));

const speech = fc.oneof(
	text,
	script(
		'so',
		'we',
		'went',
		'to',
		'the',
		'old',
		'harbour,',
		'and',
		'there',
		'it',
		'was.',
		'Yes.',
		'I',
		'know',
	),
	solid('我们', '认为', '，', '真理', '是', '不言而喻', '的', '。', ' ', '人人', '生而平等'),
	solid('มนุษย์', 'ทั้งหลาย', 'เกิดมา', ' ', 'มี', 'อิสระ', 'และ', 'เสมอภาค', 'กัน'),
	solid('吾輩', 'は', '猫', 'である', '。', '、', '名前', 'まだ', '無い', 'ニャーニャー'),
	solid('Google', 'や', 'Microsoft', 'の', '会社', '100', '円', '。', '、', 'と', '(', ')', ' '),
);

const duration = fc.oneof(fc.constantFrom(0, 1, 7_000), fc.nat(900), fc.nat(20_000));
/** From the end of a cue to the start of the next: most follow each other, some overlap. */
const distance = fc.oneof(
	fc.constantFrom(0, 0, 83, 84, 299, 300, 301),
	fc.nat(1_500),
	fc.integer({ min: -6_000, max: 0 }),
);

/** The cues of a video, as a speech model may cut them. */
export const spokenCues: fc.Arbitrary<Cue[]> = fc
	.array(fc.record({ text: speech, duration, distance }), { maxLength: 12 })
	.map((rows) => {
		let now = 0;
		const timed = rows.map((row) => {
			const start = Math.max(0, now + row.distance);
			now = start + row.duration;
			return { start, end: now, text: row.text };
		});
		return toCues(timed);
	});
