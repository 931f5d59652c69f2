import { fromXML } from 'imsc/src/main/js/doc';
import type { Content, Doc, ErrorHandler } from 'imsc/src/main/js/doc';
import { generateISD } from 'imsc/src/main/js/isd';
import { parseSync } from 'subtitle';
import type { TreeNode, TreeNodeObjectTagNameWithRt } from 'webvtt-parser';
import { WebVTTParser } from 'webvtt-parser';

import type { Cue } from '../../../nodes/shared/subtitles/cue';

/** The package's own table lacks the semicolons, which leaves them in the text. */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' } as const;

/** Reads SRT with the npm package `subtitle`, which throws on anything else. */
export function readSrt(file: string): Cue[] {
	return parseSync(file).flatMap((node) => (node.type === 'cue' ? [node.data] : []));
}

/** Reads WebVTT with the parser of the W3C's validator, and fails on its first complaint. */
export function readWebVtt(file: string): Cue[] {
	const { cues, errors } = new WebVTTParser(ENTITIES).parse(file);
	expect(errors).toEqual([]);
	// It sorts cues of the same start by their end
	cues.sort((a, b) => Number(a.id) - Number(b.id));
	return cues.map(({ startTime, endTime, tree }) => ({
		start: Math.round(startTime * 1000),
		end: Math.round(endTime * 1000),
		text: tree.children.map(plainText).join(''),
	}));
}

function plainText(node: TreeNode<TreeNodeObjectTagNameWithRt>): string {
	if (node.type === 'timestamp') return '';
	if (node.type === 'text') return node.value;
	return `<${node.name}>${node.children.map(plainText).join('')}</${node.name}>`;
}

const fail = (level: string) => (message: string) => {
	throw new Error(`${level}: ${message}`);
};
const faultless: ErrorHandler = {
	info: fail('info'),
	warn: fail('warn'),
	error: fail('error'),
	fatal: fail('fatal'),
};

/** Reads TTML with imscJS, a player's parser of IMSC 1, and fails on its first complaint. */
export function readTtml(file: string): Doc {
	return fromXML(file, faultless);
}

/** The cues of a TTML document, without their styles. */
export function ttmlCues({ body }: Doc): Cue[] {
	return paragraphsIn(body).map((paragraph) => ({
		start: Math.round(paragraph.begin * 1000),
		end: Math.round(paragraph.end * 1000),
		text: ttmlText(paragraph),
	}));
}

/** What a player shows of a TTML document at a time, in milliseconds. */
export function ttmlShownAt(doc: Doc, ms: number): string[] {
	return generateISD(doc, ms / 1000, faultless)
		.contents.flatMap(paragraphsIn)
		.map(ttmlText);
}

function paragraphsIn(content: Content): Content[] {
	return content.kind === 'p' ? [content] : (content.contents ?? []).flatMap(paragraphsIn);
}

function ttmlText({ kind, text = '', contents = [] }: Content): string {
	return kind === 'br' ? '\n' : text + contents.map(ttmlText).join('');
}
