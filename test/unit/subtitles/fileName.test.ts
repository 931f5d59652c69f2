import fc from 'fast-check';

import { subtitleFileName } from '../../../nodes/shared/subtitles/fileName';

const taskId = 'aafe70c6-0000-0000-0000-327b65f7670f';
const named = (url: string) => subtitleFileName({ url, taskId, extension: 'srt' });
const based = (base: string) => subtitleFileName({ base, taskId, extension: 'srt' });

describe('the name of the video', () => {
	test.each([
		['https://a.example/spritefright-blender-cut30sec.mp4', 'spritefright-blender-cut30sec.srt'],
		['https://a.example/b/c/film.MP4?token=x/y.mp4#t=1', 'film.srt'],
		['https://a.example/film.final.v2.mp4', 'film.final.v2.srt'],
		['https://a.example/film', 'film.srt'],
		['https://a.example/b/film/', 'film.srt'],
		['https://a.example/my%20film%20%C3%A9.mp4', 'my film é.srt'],
		['https://a.example/100%25.mp4', '100%.srt'],
		['https://a.example/100%.mp4', '100%.srt'],
		['https://a.example/%FFfilm%zz.mp4', '%FFfilm%zz.srt'],
		['https://a.example/o/videos%2Ffilm.mp4', 'videos_film.srt'],
	])('%s becomes %s', (url, expected) => {
		expect(named(url)).toBe(expected);
	});

	test.each([
		'https://a.example',
		'https://a.example/',
		'https://a.example/?file=film.mp4',
		'https://a.example/.mp4',
		'https://a.example/%20%2E%2E%20.mp4',
		'https://a.example/%3F%2F.mp4',
		'film.mp4',
		'',
	])('%p has none: it is named after the task', (url) => {
		expect(named(url)).toBe(`${taskId}.srt`);
	});

	test.each([null, undefined])('may be unknown: %p', (url) => {
		expect(subtitleFileName({ url, taskId, extension: 'srt' })).toBe(`${taskId}.srt`);
	});
});

test.each([
	['eng', 'film.eng.srt'],
	['', 'film.srt'],
	[null, 'film.srt'],
	[undefined, 'film.srt'],
	['../x', '_x'],
])('the language %p makes %s', (language, expected) => {
	const url = 'https://a.example/film.mp4';
	expect(subtitleFileName({ url, taskId, language, extension: 'srt' })).toContain(expected);
});

describe('a chosen name', () => {
	test('comes before the URL, and keeps its dots and percent signs', () => {
		const parts = { url: 'https://a.example/film.mp4', taskId, language: 'eng', extension: 'vtt' };
		expect(subtitleFileName({ ...parts, base: 'Film v1.2 %20' })).toBe('Film v1.2 %20.eng.vtt');
		expect(subtitleFileName({ ...parts, base: ' ' })).toBe('film.eng.vtt');
	});

	test.each([
		['a/b\\c', 'a_b_c.srt'],
		['../../etc/passwd', '_.._etc_passwd.srt'],
		['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h.srt'],
		['a\u0000b\u001fc\u007fd', 'a_b_c_d.srt'],
		['a\r\n\tb', 'a b.srt'],
		['..hidden', 'hidden.srt'],
		['film. . ', 'film.srt'],
		['con', '_con.srt'],
		['NUL.tar', '_NUL.tar.srt'],
		['Com1', '_Com1.srt'],
		['lpt9 .x', '_lpt9 .x.srt'],
		['console', 'console.srt'],
		['com10', 'com10.srt'],
		['a\ud800b', 'a_b.srt'],
		['字幕 😀', '字幕 😀.srt'],
	])('%j is made safe: %s', (base, expected) => {
		expect(based(base)).toBe(expected);
	});

	test.each([
		['a'.repeat(200), 'a'.repeat(150)],
		[`${'a'.repeat(149)}.b`, 'a'.repeat(149)],
		['😀'.repeat(200), '😀'.repeat(57)],
		['字'.repeat(200), '字'.repeat(76)],
	])('is cut to what file systems take: %.5s…', (base, stem) => {
		expect(based(base)).toBe(`${stem}.srt`);
	});
});

test('whatever it is made of, the name is safe', () => {
	const anyText = fc.string({ unit: 'binary' });
	const awkward = fc
		.array(fc.constantFrom('con', 'nul', '.', ' ', '/', '\\', '%2F', '%00', '\n', ':', 'é', 'x'))
		.map((parts) => parts.join(''));
	const text = fc.oneof(anyText, awkward);
	fc.assert(
		fc.property(text, text, fc.option(text), (base, path, language) => {
			const url = `https://a.example/${path}`;
			for (const chosen of [base, undefined]) {
				const name = subtitleFileName({ base: chosen, url, taskId, language, extension: 'srt' });
				expect(name).toMatch(/^[^. \\/<>:"|?*\p{Cc}][^\\/<>:"|?*\p{Cc}]*\.srt$/u);
				expect(name).not.toMatch(/^(con|nul) *\./i);
			}
		}),
	);
});
