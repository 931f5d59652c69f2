/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command for developers, not part of the package */
/**
 * `npm run bench`: measures the Gcore node beside n8n's HTTP Request node, in a real n8n against the
 * simulator, and writes RESULTS.md. `npm run bench -- throughput loadTime` takes these measures only,
 * `--runs 1` repeats each of them once; RESULTS.md then stays as it is.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { SetupError } from '../n8n';
import { MEASURES } from './measures';
import { circumstances, tableOf } from './plumbing/report';
import type { Row } from './plumbing/report';

const RESULTS = join(__dirname, 'RESULTS.md');

async function bench(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { runs: { type: 'string' } },
		allowPositionals: true,
	});
	const names = positionals.length > 0 ? positionals : Object.keys(MEASURES);
	const measures = names.map((name) => ({ name, ...measureNamed(name) }));
	const rows: Row[] = [];
	for (const { name, runs: usualRuns, measure } of measures) {
		const runs = Number(values.runs ?? usualRuns);
		console.error(`Measuring ${name}, ${runs} times`);
		rows.push(...(await measure(runs)).map((row) => ({ runs, ...row })));
	}
	const results = `# Results of \`npm run bench\`

${await circumstances()} Medians, with the range.

${tableOf(rows)}
`;
	console.log(`\n${results}`);
	if (positionals.length === 0 && values.runs === undefined) await writeFile(RESULTS, results);
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
