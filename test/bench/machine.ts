/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the machine for a benchmark, not part of the package */
import { execFile } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';

import { version as packageVersion } from '../../package.json';
import { nodeEnvironment } from '../n8n/nodeRuntime';
import { N8N_VERSION } from './stage';

/** When, what and on what it was measured, in one line. */
export async function circumstances(): Promise<string> {
	const { PATH } = await nodeEnvironment();
	const { stdout } = await promisify(execFile)('node', ['--version'], { env: { PATH } });
	const date = new Date().toISOString().slice(0, 10);
	const memoryGb = Math.round(totalmem() / 1e9);
	return `${date}: n8n-nodes-gcore ${packageVersion} in n8n ${N8N_VERSION} on Node.js ${stdout.trim().slice(1)}; a machine with ${availableParallelism()} cores and ${memoryGb} GB of memory.`;
}
