/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs containers for tests, not part of the package */
import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';

import type { InstalledN8n } from '.';
import { withProgress } from './progress';
import { SetupError } from './setupError';

const execute = promisify(execFile);

/** The programs that run containers; the first that works is used. */
const ENGINES = ['docker', 'podman'] as const;

/** n8n's settings that name a file of this machine. */
const FILE_SETTINGS = ['NODE_EXTRA_CA_CERTS'] as const;

/**
 * An n8n in a container.
 *
 * @throws SetupError if nothing on this machine runs containers, or the image cannot be had
 */
export async function imageOfN8n(image: string): Promise<InstalledN8n> {
	const engine = await findEngine();
	if (!(await succeeds(engine, 'image', 'inspect', image))) {
		const isPulled = await withProgress(`Pulling ${image}`, () => succeeds(engine, 'pull', image));
		if (!isPulled) throw new SetupError(`"${engine} pull ${image}" fails: run it to see why.`);
	}
	return containerCommand(engine, image);
}

/**
 * How n8n is run in a container that shares this machine's network and the user folder, under the
 * same path. A killed client leaves its container running: hence `cleanUp`.
 */
export function containerCommand(engine: (typeof ENGINES)[number], image: string): InstalledN8n {
	const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
	const user = [
		`--user=${uid}:${gid}`,
		// Without it, the folder of a person who is not root would belong to another user in the container
		...(engine === 'podman' && uid !== 0 ? ['--userns=keep-id'] : []),
	];
	return {
		npmEnv: process.env,
		commandOf(folder, args, settings) {
			const name = basename(folder);
			const variables = Object.entries(settings).map(([key, value]) => `--env=${key}=${value}`);
			const files = FILE_SETTINGS.flatMap((setting) => settings[setting] ?? []);
			const place = [
				'--network=host',
				`--volume=${folder}:${folder}`,
				...files.map((file) => `--volume=${file}:${file}:ro`),
			];
			return {
				folder,
				command: engine,
				args: ['run', `--name=${name}`, ...place, ...user, ...variables, image, ...args],
				env: process.env,
				cleanUp: [engine, 'rm', '--force', name],
			};
		},
	};
}

async function findEngine(): Promise<(typeof ENGINES)[number]> {
	for (const engine of ENGINES) if (await succeeds(engine, 'info')) return engine;
	throw new SetupError(
		`N8N_IMAGE needs ${ENGINES.join(' or ')}, and neither runs on this machine: start one, or unset N8N_IMAGE.`,
	);
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
	// The environment that jest shows, not that of its process
	return await execute(command, args, { env: process.env }).then(
		() => true,
		() => false,
	);
}
