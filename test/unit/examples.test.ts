/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the examples, not part of the package */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { exampleNames, readExample } from '../e2e/exampleFiles';

const README = join(__dirname, '..', '..', 'examples', 'README.md');

/** What n8n asks of a workflow that is submitted to its template library. */
describe.each(exampleNames())('%s can be submitted as a template', (name) => {
	const { nodes, ...workflow } = readExample(name);

	test('a note says what it does, what to set, and that it needs this package', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const text = notes.map(({ parameters }) => parameters['content']).join('\n');
		expect(text).toMatch(/^# /);
		expect(text).toMatch(/^\d\\\. Check the credentials?: open /m);
		expect(text).toContain('n8n-nodes-gcore');
	});

	test('it has no credentials, no data of a run, and no ID of an n8n', () => {
		expect(['connections', 'name', 'settings']).toEqual(
			expect.arrayContaining(Object.keys(workflow)),
		);
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
	});

	test('it has no Code node, which n8n 3.0 ends after a minute, and no policy for its callers', () => {
		expect(nodes.map(({ type }) => type)).not.toContain('n8n-nodes-base.code');
		expect(workflow.settings ?? {}).not.toHaveProperty('callerPolicy');
	});

	test('examples/README.md describes and shows it', () => {
		const id = name.replace('.json', '');
		const [, section = ''] = readFileSync(README, 'utf8').split(`\n## ${id}\n`);
		expect(section.split('\n## ')[0]).toMatch(/\*\*To fill in:\*\*/);
		expect(section).toContain(`](${id}.png)`);
	});
});

test('no two examples have a node or a webhook of the same ID', () => {
	const ids = exampleNames()
		.flatMap((name) => readExample(name).nodes)
		.flatMap(({ id, webhookId }) => [id, ...(webhookId ? [webhookId] : [])]);
	expect(new Set(ids).size).toBe(ids.length);
});
