/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the README, not part of the package */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fieldsPage } from '../../scripts/fieldTables';

const ROOT = join(__dirname, '..', '..');

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('docs/fields.md has every field as it is: "npm run fields" brings it up to date', () => {
	expect(readFileSync(join(ROOT, 'docs', 'fields.md'), 'utf8')).toBe(fieldsPage());
});

describe('its links within the repository lead somewhere', () => {
	const targets = [...README.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(
		([, target = '']) => target,
	);
	const anchors = [...README.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

	test.each([...new Set(targets)])('%s', (target) => {
		const [path, anchor] = target.split('#');
		expect(existsSync(join(ROOT, path ?? ''))).toBe(true);
		if (anchor) expect(anchors).toContain(anchor);
	});
});

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w -]/g, '')
		.replace(/ /g, '-');
}
