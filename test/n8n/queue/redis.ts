/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs a server for tests, not part of the package */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, HOST } from '../process/freePort';
import { startServer } from './server';
import type { Server } from './server';

/** Starts an empty Redis that writes nothing to the disk. */
export async function startRedis(): Promise<Server> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-redis-'));
	const port = await freePort();
	const args = ['--bind', HOST, '--port', String(port), '--dir', folder, '--save', ''];
	const env = { PATH: process.env['PATH'] };
	return await startServer({ folder, command: 'redis-server', args, env }, port);
}
