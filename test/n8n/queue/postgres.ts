/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs a server for tests, not part of the package */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { SetupError } from '../install/setupError';
import { runGuarded } from '../process/guarded';
import { freePort, HOST } from '../process/freePort';
import { startServer } from './server';
import type { Server } from './server';

/** Debian has the server's programs in a folder for each version, which is not on the PATH. */
const DEBIAN_VERSIONS = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root; this is the user that Debian's package creates. */
const SYSTEM_USER = 'postgres';

/** The only user of the database, without a password. */
export const DB_USER = 'n8n';

/** Starts a PostgreSQL with an empty database. */
export async function startPostgres(): Promise<Server> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-gcore-postgres-'));
	const env = { PATH: [process.env['PATH'], ...programFolders()].join(delimiter), LC_ALL: 'C' };
	const run = async (command: string, ...args: string[]) => {
		const { code, output } = await runGuarded({ folder, command, args, env });
		if (code !== 0) throw new SetupError(`${command} ${args.join(' ')} failed:\n${output}`);
	};
	const isRoot = process.getuid?.() === 0;
	const asUser = isRoot ? ['runuser', '-u', SYSTEM_USER, '--'] : ['env'];
	if (isRoot) await run('chown', SYSTEM_USER, folder);

	const data = join(folder, 'data');
	const [command = '', ...args] = asUser;
	await run(command, ...args, 'initdb', '-D', data, '-U', DB_USER, '--auth=trust', '--no-sync');
	const port = await freePort();
	const listen = ['-h', HOST, '-p', String(port), '-k', folder];
	return await startServer(
		{ folder, command, args: [...args, 'postgres', '-D', data, ...listen], env },
		port,
	);
}

function programFolders(): string[] {
	if (!existsSync(DEBIAN_VERSIONS)) return [];
	return readdirSync(DEBIAN_VERSIONS).map((version) => join(DEBIAN_VERSIONS, version, 'bin'));
}
