/** What may follow the mark that ends a sentence or clause. */
const CLOSERS = '["\'”’“»›«)\\]}」』】）》〉]*$';

export const SENTENCE_END = new RegExp(`[.!?…‥。．！？｡؟۔।॥։።፧။។៕]${CLOSERS}`, 'u');

export const CLAUSE_END = new RegExp(`[,;:،؛、，；：､၊—–]${CLOSERS}`, 'u');

/** Kinsoku, the rules of line starts in Chinese and Japanese; Thai, Lao and Khmer have such marks too. */
export const NO_LINE_START =
	/^[\p{Pe}\p{Pf}\p{Term}%‰°…‥・ー々〻〜～ヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶๆฯໆៗ]/u;

export const NO_LINE_END = /[\p{Ps}\p{Pi}]$/u;

/** Nothing but marks that belong to the word before them. */
export const CLOSING_MARKS = /^[\p{Pe}\p{Pf}\p{Term}%‰°…‥・]+$/u;

/** Nothing but marks that belong to the word behind them. */
export const OPENING_MARKS = /^[\p{Ps}\p{Pi}¿¡]+$/u;
