import { findLanguage } from '../languages';
import type { Cue } from './cue';
import { formatTimestamp } from './timestamp';
import { offsetsOfPairedTags } from './webVttText';

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\n': '<br/>',
};

/** What XML 1.0 does not allow, not even as an escape; and halves of surrogate pairs. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const STYLES: Readonly<Record<string, string>> = {
	i: 'tts:fontStyle="italic"',
	b: 'tts:fontWeight="bold"',
	u: 'tts:textDecoration="underline"',
};

/**
 * Writes TTML as the W3C's IMSC 1 text profile has it, which streaming services take.
 *
 * @param language a code of Gcore's such as `ger`; null if it is not known
 * @returns the file; without paragraphs if there are no cues
 */
export function formatTtml(cues: readonly Cue[], language: string | null): string {
	const paragraphs = cues.map(({ start, end, text }) => {
		const [begin, until] = [start, end].map((ms) => formatTimestamp(ms, '.'));
		return `      <p begin="${begin}" end="${until}">${writeText(text)}</p>\n`;
	});
	return `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ittp="http://www.w3.org/ns/ttml/profile/imsc1#parameter" xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling" xml:lang="${bcp47(language)}" xml:space="preserve" ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text" ttp:timeBase="media" ittp:aspectRatio="16 9">
  <head>
    <styling>
      <style xml:id="text" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:lineHeight="125%" tts:color="#FFFFFF" tts:textAlign="center" itts:fillLineGap="true"/>
      <style xml:id="box" tts:backgroundColor="#000000CC"/>
    </styling>
    <layout>
      <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after" tts:overflow="visible"/>
    </layout>
  </head>
  <body style="text" region="bottom">
    <div>
${paragraphs.join('')}    </div>
  </body>
</tt>
`;
}

/** A language's tag as BCP 47 has it: the code of two letters if there is one. */
function bcp47(language: string | null): string {
	const known = findLanguage(language ?? '');
	const short = known?.otherCodes[0] ?? '';
	return short.length === 2 ? short : (known?.code ?? 'und');
}

function writeText(text: string): string {
	const legal = text.replace(NO_XML, '');
	const paired = offsetsOfPairedTags(legal);
	const styled = legal.replace(
		/<(\/?)([ibu])>|[&<>\n]/g,
		(token, slash: string, name: string, offset: number) => {
			if (paired.has(offset)) return slash ? '</span>' : `<span ${STYLES[name]}>`;
			return token.replace(/[&<>\n]/g, (character) => ESCAPES[character] ?? '');
		},
	);
	return `<span style="box">${styled}</span>`;
}
