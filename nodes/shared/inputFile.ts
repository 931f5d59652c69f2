/** A file that came with an item. */
export interface InputFile {
	/** Such as `talk.mov`. */
	name: string;
	mimeType: string;
	/** In bytes. */
	size(): Promise<number>;
	/** Its bytes from an offset on, in pieces of any size. */
	read(offset: number): AsyncIterable<Buffer>;
}
