/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs npm, not part of the package */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Without the settings that `npm test` hands on. */
const { PATH, HOME } = process.env;

describe('a folder without a build', () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-gcore-'));
	for (const file of ['package.json', '.npmrc', 'README.md', 'LICENSE.md']) {
		cpSync(join(ROOT, file), join(folder, file));
	}

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test.each([
		['npm pack', ['pack'], /ENOENT: .*dist\/n8n-nodes-gcore-/],
		['npm publish', ['publish', '--dry-run', '--offline'], /command failed[^]*npm run build/],
	])('leaves %s nothing to ship', (_, args, reason) => {
		const { status, stderr } = spawnSync('npm', args, {
			cwd: folder,
			env: { PATH, HOME },
			encoding: 'utf8',
		});
		expect(stderr).toMatch(reason);
		expect(status).not.toBe(0);
	});
});
