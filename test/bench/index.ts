/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/**
 * `npm run bench`: how the Gcore node does beside n8n's HTTP Request node, in a real n8n against the
 * simulator. It takes about half an hour on an idle machine, and writes RESULTS.md.
 *
 * `npm run bench -- memory packed` measures some parts only, and `--runs 1` each but once: to try
 * something out, so that RESULTS.md stays as it is.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { SetupError } from '../n8n/setupError';
import { fullQueue } from './fullQueue';
import { circumstances } from './machine';
import { memory } from './memory';
import { packed } from './packed';
import { tableOf } from './table';
import type { Row } from './table';
import { throughput } from './throughput';
import { waiting } from './waiting';

const RESULTS = join(__dirname, 'RESULTS.md');

const RUNS = 5;

/** What is measured, each in an n8n of its own. */
const PARTS: Record<string, (runs: number) => Promise<Row[]>> = {
	throughput,
	fullQueue,
	waiting,
	memory,
	packed,
};

async function bench(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { runs: { type: 'string', default: String(RUNS) } },
		allowPositionals: true,
	});
	const runs = Number(values.runs);
	const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
	const rows: Row[] = [];
	for (const name of names) {
		const part = PARTS[name];
		if (!part) throw new SetupError(`No part "${name}": ${Object.keys(PARTS).join(', ')}`);
		console.error(`Measuring ${name}, ${runs} times`);
		rows.push(...(await part(runs)));
	}
	const results = `# Results of \`npm run bench\`

${await circumstances()} Medians of ${runs} runs, with the range.

${tableOf(rows)}
`;
	console.log(`\n${results}`);
	if (positionals.length === 0 && runs === RUNS) await writeFile(RESULTS, results);
}

bench().catch((error: unknown) => {
	console.error(error instanceof SetupError ? `\n${error.message}` : error);
	process.exit(1);
});
