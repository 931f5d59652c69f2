/** The part of imscJS that the tests call; the package has no types, and its main file needs a browser. */
declare module 'imsc/src/main/js/doc' {
	type Report = (message: string) => void;

	export interface ErrorHandler {
		info: Report;
		warn: Report;
		error: Report;
		fatal: Report;
	}

	/** An element, or a stretch of text. Times are in seconds. */
	export interface Content {
		kind: string;
		begin: number;
		end: number;
		text?: string;
		contents?: Content[];
	}

	export interface Doc {
		head: { layout: { regions: Record<string, unknown> } };
		body: Content;
	}

	export function fromXML(xml: string, errorHandler: ErrorHandler): Doc;
}

declare module 'imsc/src/main/js/isd' {
	import type { Content, Doc, ErrorHandler } from 'imsc/src/main/js/doc';

	/** What is on the screen at a time, in seconds: its regions. */
	export function generateISD(
		doc: Doc,
		seconds: number,
		errorHandler: ErrorHandler,
	): { contents: Content[] };
}
