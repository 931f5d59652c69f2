/**
 * Lines of cells as a Markdown table with aligned columns, the way Prettier has it.
 *
 * @param lines the headings, then the rows: all of one length
 */
export function markdownTable([headings = [], ...rows]: ReadonlyArray<readonly string[]>): string {
	const widths = headings.map((_, column) =>
		Math.max(3, ...[headings, ...rows].map((line) => line[column]?.length ?? 0)),
	);
	const lineOf = (line: readonly string[]) =>
		`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	return [headings, widths.map((width) => '-'.repeat(width)), ...rows].map(lineOf).join('\n');
}
