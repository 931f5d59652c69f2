/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the machine for a benchmark, not part of the package */
import { execFile } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';

import { max, median, min } from 'simple-statistics';

import { version as packageVersion } from '../../../package.json';
import { markdownTable } from '../../../scripts/table';
import { N8N_VERSION, nodeEnvironment } from '../../n8n';

export { median };

/** A row of the table. The HTTP Request node and the target are left out if they do not apply. */
export interface Row {
	label: string;
	gcore: string;
	httpRequest?: string;
	target?: { text: string; isMet: boolean };
	/** The number of runs that the row is the median of. */
	runs?: number;
}

const HEADINGS = ['', 'Gcore node', 'HTTP Request node', 'target', 'met', 'runs'];

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
	const cells = rows.map(({ label, gcore, httpRequest, target, runs }) => [
		label,
		gcore,
		httpRequest ?? '',
		target?.text ?? '',
		target ? (target.isMet ? 'yes' : '**no**') : '',
		String(runs ?? ''),
	]);
	return markdownTable([HEADINGS, ...cells]);
}

/** The median as text, with the range if the values differ: `1.21 s (1.10 to 1.42)`. */
export function spread(values: readonly number[], unit: string, digits = 0): string {
	const { format } = new Intl.NumberFormat('en', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
	const [least, most] = [format(min([...values])), format(max([...values]))];
	return `${format(median([...values]))}${unit}${least === most ? '' : ` (${least} to ${most})`}`;
}

/** The date, the versions and the machine of a measurement, in one line. */
export async function circumstances(): Promise<string> {
	const { PATH } = await nodeEnvironment();
	const { stdout } = await promisify(execFile)('node', ['--version'], { env: { PATH } });
	const date = new Date().toISOString().slice(0, 10);
	const memoryGb = Math.round(totalmem() / 1e9);
	return `${date}: n8n-nodes-gcore ${packageVersion} in n8n ${N8N_VERSION} on Node.js ${stdout.trim().slice(1)}; a machine with ${availableParallelism()} cores and ${memoryGb} GB of memory.`;
}
