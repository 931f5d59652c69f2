import fc from 'fast-check';

import { layout } from '../../../nodes/shared/subtitles/layout/layout';
import { PRESETS } from '../../../nodes/shared/subtitles/layout/rules';
import { takeTags } from '../../../nodes/shared/subtitles/layout/tags';

const cue = (start: number, end: number, text: string) => ({ start, end, text });
const laid = (...cues: ReturnType<typeof cue>[]) => layout(cues, 'eng', PRESETS.streaming);
const textsOf = ({ cues }: ReturnType<typeof layout>) => cues.map(({ text }) => text);

test.each([
	['<i>Hello there.</i>', ['<i>Hello there.</i>']],
	['<i>- Hi. <b>You!</b></i> - Hello.', ['<i>- Hi. <b>You!</b></i>\n- Hello.']],
	['inter<u>nation</u>al', ['inter<u>nation</u>al']],
	['<i> Hello </i>there', ['<i>Hello</i> there']],
	['Use the <b> tag here.', ['Use the <b> tag here.']],
	['<i></i>Hello', ['Hello']],
	['<i></i>', []],
	[
		'Normal text, and <i>a long piece in italics that goes on and on for a while, so that it must be split</i> in two.',
		[
			'Normal text, and <i>a long piece in italics\nthat goes on and on for a while,</i>',
			'<i>so that it must be split</i> in two.',
		],
	],
])('%s keeps its tags', (text, expected) => {
	expect(textsOf(laid(cue(0, 6_900, text)))).toEqual(expected);
});

test('tags take no room and no time to read', () => {
	const text = 'It fits on one line, which is as long as it';
	const bare = laid(cue(0, 2_600, text.slice(0, 42)));
	const tagged = laid(cue(0, 2_600, `<i>${text.slice(0, 42)}</i>`));
	expect(tagged).toEqual({
		...bare,
		cues: [{ ...bare.cues[0], text: `<i>${text.slice(0, 42)}</i>` }],
	});
});

test('a letter is in italics after a layout if it was before, and a second layout changes nothing', () => {
	const word = fc.constantFrom('so', 'we', 'harbour,', 'was.', '- Yes.', '我们，', '真理');
	const piece = fc.tuple(
		fc.constantFrom('', 'i', 'b'),
		fc.array(word, { minLength: 1, maxLength: 9 }),
	);
	const text = fc
		.array(piece, { maxLength: 6 })
		.map((pieces) =>
			pieces
				.map(([tag, words]) => (tag ? `<${tag}>${words.join(' ')}</${tag}>` : words.join(' ')))
				.join(' '),
		);
	const letters = (cues: ReadonlyArray<ReturnType<typeof cue>>) => {
		const { bare, styles } = takeTags(cues);
		const all = bare.map((each) => each.text.replace(/\s/g, '')).join('');
		return Array.from(all, (letter, at) =>
			[
				letter,
				...styles.filter(({ from, to }) => from <= at && at < to).map(({ tag }) => tag),
			].join(),
		);
	};
	fc.assert(
		fc.property(fc.array(text, { maxLength: 5 }), (all) => {
			const cues = all.map((each, at) => cue(at * 5_000, at * 5_000 + 4_900, each));
			const after = laid(...cues).cues;
			expect(letters(after)).toEqual(letters(cues));
			expect(laid(...after).cues).toEqual(after);
		}),
	);
});
