import { markdownTable } from '../../scripts/table';

/** A line of the table. What is not measured, or has no target, is left out. */
export interface Row {
	what: string;
	gcore: string;
	httpRequest?: string;
	target?: { text: string; isMet: boolean };
}

const HEADINGS = ['', 'Gcore node', 'HTTP Request node', 'target', 'met'];

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
	const cells = rows.map(({ what, gcore, httpRequest, target }) => [
		what,
		gcore,
		httpRequest ?? '',
		target?.text ?? '',
		target ? (target.isMet ? 'yes' : '**no**') : '',
	]);
	return markdownTable([HEADINGS, ...cells]);
}
