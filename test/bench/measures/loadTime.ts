/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- measures for a benchmark, not part of the package */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { nodeEnvironment } from '../../n8n';
import { inUnpackedPackage } from '../plumbing/packed';
import { median, spread } from '../plumbing/report';
import type { Row } from '../plumbing/report';

const LIMIT_MS = 60;

/** The folder in which the nodes find `n8n-workflow`, which n8n provides. */
const NODE_MODULES = join(__dirname, '..', '..', '..', 'node_modules');

const LOADER = join(__dirname, '..', 'plumbing', 'loadNodes.cjs');

/** How long the packed nodes and the credential take to load, each time in a new process. */
export async function loadTime(runs: number): Promise<Row[]> {
	const { PATH } = await nodeEnvironment();
	const env = { PATH, NODE_PATH: NODE_MODULES };
	const times = await inUnpackedPackage(async ({ packageFolder }) => {
		const found: number[] = [];
		while (found.length < runs) {
			const { stdout } = await promisify(execFile)('node', [LOADER, packageFolder], { env });
			found.push(Number(stdout));
		}
		return found;
	});
	return [
		{
			label: 'the packed nodes and the credential: time to load',
			gcore: spread(times, ' ms', 1),
			target: { text: `≤ ${LIMIT_MS} ms`, isMet: median(times) <= LIMIT_MS },
		},
	];
}
