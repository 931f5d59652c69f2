/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command for developers, not part of the package */
/**
 * `npm run bench`: measures the Gcore node beside n8n's HTTP Request node, in a real n8n against the
 * simulator, and writes RESULTS.md (RESULTS.n8n-1.md for n8n 1). `npm run bench -- throughput loadTime`
 * takes these measures only, `--runs 1` runs each of them once; the file then stays as it is.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { IS_N8N_1, SetupError } from '../n8n';
import { MEASURES } from './measures';
import { circumstances, tableOf } from './plumbing/report';
import type { Row } from './plumbing/report';

const RESULTS = join(__dirname, IS_N8N_1 ? 'RESULTS.n8n-1.md' : 'RESULTS.md');

const MEASURE_PROCESS = join(__dirname, 'measureProcess.ts');

async function bench(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { runs: { type: 'string' } },
		allowPositionals: true,
	});
	const names = positionals.length > 0 ? positionals : Object.keys(MEASURES);
	const measures = names.map((name) => ({ name, ...measureNamed(name) }));
	const rows: Row[] = [];
	for (const { name, runs: usualRuns } of measures) {
		const runs = Number(values.runs ?? usualRuns);
		console.error(`Measuring ${name}, ${runs} times`);
		rows.push(...(await measured(name, runs)).map((row) => ({ runs, ...row })));
	}
	const results = `# Results of \`npm run bench\`

${await circumstances()} Medians, with the range.

${tableOf(rows)}
`;
	console.log(`\n${results}`);
	if (positionals.length === 0 && values.runs === undefined) await writeFile(RESULTS, results);
}

/** The rows of a measure, taken in a process of its own: earlier measures have left nothing in its heap. */
async function measured(name: string, runs: number): Promise<Row[]> {
	const measuring = fork(MEASURE_PROCESS, [name, String(runs)]);
	let rows: Row[] | undefined;
	measuring.once('message', (message) => (rows = message as Row[]));
	await once(measuring, 'close');
	if (!rows) throw new SetupError(`The measure "${name}" failed: the error stands above.`);
	return rows;
}

function measureNamed(name: string) {
	const measure = MEASURES[name];
	if (measure) return measure;
	throw new SetupError(`No measure "${name}": ${Object.keys(MEASURES).join(', ')}`);
}

bench().catch((error: unknown) => {
	console.error(error instanceof SetupError ? `\n${error.message}` : error);
	process.exit(1);
});
