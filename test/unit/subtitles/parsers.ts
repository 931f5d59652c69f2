import { parseSync } from 'subtitle';
import type { TreeNode, TreeNodeObjectTagNameWithRt } from 'webvtt-parser';
import { WebVTTParser } from 'webvtt-parser';

import type { Cue } from '../../../nodes/shared/subtitles/cue';

/** The package's own table lacks the semicolons, which leaves them in the text. */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' } as const;

/** Reads SRT with the npm package `subtitle`, which throws on what is none. */
export function readSrt(file: string): Cue[] {
	return parseSync(file).flatMap((node) => (node.type === 'cue' ? [node.data] : []));
}

/** Reads WebVTT with the parser of the W3C's validator, and fails on the first word it has to say. */
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
