/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs commands for tests, not part of the package */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { containerCommand, imageOfN8n } from '../n8n/install/image';
import { startGuarded } from '../n8n/process/guarded';

const IMAGE = 'docker.n8n.io/n8nio/n8n:3.0.0';

describe('an n8n in a container', () => {
	const { command, args, cleanUp } = containerCommand('docker', IMAGE).commandOf(
		'/tmp/n8n-nodes-gcore-x1',
		['worker', '--concurrency=5'],
		{ N8N_PORT: '5678' },
	);

	test("shares this machine's network and the user folder, and has n8n's settings alone", () => {
		expect(command).toBe('docker');
		expect(args.filter((arg) => !arg.startsWith('--user'))).toEqual([
			'run',
			'--name=n8n-nodes-gcore-x1',
			'--network=host',
			'--volume=/tmp/n8n-nodes-gcore-x1:/tmp/n8n-nodes-gcore-x1',
			'--env=N8N_PORT=5678',
			IMAGE,
			'worker',
			'--concurrency=5',
		]);
	});

	test('sees a file that a setting names', () => {
		const settings = Object.fromEntries([['NODE_EXTRA_CA_CERTS', '/tmp/certificate.pem']]);
		const { args } = containerCommand('docker', IMAGE).commandOf('/tmp/x', ['start'], settings);
		expect(args).toContain('--volume=/tmp/certificate.pem:/tmp/certificate.pem:ro');
	});

	test('writes files that belong to the person who runs the tests', () => {
		expect(args).toContain(`--user=${process.getuid?.()}:${process.getgid?.()}`);
	});

	test('is removed when its client has ended', () => {
		expect(cleanUp).toEqual(['docker', 'rm', '--force', 'n8n-nodes-gcore-x1']);
	});
});

test('a guarded command that was killed is cleaned up after', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-gcore-'));
	const mark = join(folder, 'mark');
	const { PATH } = process.env;
	const guarded = startGuarded({
		folder,
		command: 'sleep',
		args: ['60'],
		env: { PATH },
		cleanUp: ['touch', mark],
	});
	guarded.stdin.write('SIGKILL');
	await once(guarded, 'close');
	expect(existsSync(mark)).toBe(true);
	rmSync(folder, { recursive: true });
});

test('a machine that runs no containers is reported in one line', async () => {
	const { PATH } = process.env;
	// An empty path would stand for the system's own folders
	process.env['PATH'] = __dirname;
	try {
		await expect(imageOfN8n(IMAGE)).rejects.toThrow(
			/^N8N_IMAGE needs docker or podman, and neither runs on this machine: .+$/,
		);
	} finally {
		process.env['PATH'] = PATH;
	}
});
