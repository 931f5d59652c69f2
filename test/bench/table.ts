/** A line of the table. What is not measured, or has no target, is left out. */
export interface Row {
	what: string;
	gcore: string;
	httpRequest?: string;
	target?: { text: string; isMet: boolean };
}

const HEADINGS = ['', 'Gcore node', 'HTTP Request node', 'target', 'met'];

/** The rows as a Markdown table with aligned columns. */
export function tableOf(rows: readonly Row[]): string {
	const cells = rows.map(({ what, gcore, httpRequest, target }) => [
		what,
		gcore,
		httpRequest ?? '',
		target?.text ?? '',
		target ? (target.isMet ? 'yes' : '**no**') : '',
	]);
	const widths = HEADINGS.map((_, column) =>
		Math.max(3, ...[HEADINGS, ...cells].map((line) => line[column]?.length ?? 0)),
	);
	const lineOf = (line: readonly string[]) =>
		`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	const rule = widths.map((width) => '-'.repeat(width));
	return [HEADINGS, rule, ...cells].map(lineOf).join('\n');
}
