/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the README, not part of the package */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { fieldsPage } from '../../scripts/fieldTables';

const ROOT = join(__dirname, '..', '..');

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('docs/fields.md has every field as it is: "npm run fields" brings it up to date', () => {
	expect(readFileSync(join(ROOT, 'docs', 'fields.md'), 'utf8')).toBe(fieldsPage());
});

/** A person reads a start, not a manual: the rest is in docs/. */
const MOST_README_LINES = 150;

test(`README.md has at most ${MOST_README_LINES} lines`, () => {
	expect(README.split('\n').length).toBeLessThanOrEqual(MOST_README_LINES);
});

const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));

describe('links and pictures within the repository lead somewhere', () => {
	const pages = ['README.md', ...DOCS.map((name) => `docs/${name}`)];
	const links = pages.flatMap((page) => linksOf(page).map((target) => [page, target] as const));

	test.each(links)('%s: %s', (page, target) => {
		const [path, anchor] = target.split('#');
		const file = path ? join(ROOT, dirname(page), path) : join(ROOT, page);
		expect(existsSync(file)).toBe(true);
		if (anchor) expect(anchorsOf(file)).toContain(anchor);
	});
});

test.each(DOCS)('README.md links to docs/%s', (name) => {
	expect(README).toContain(`](docs/${name}`);
});

function linksOf(page: string): string[] {
	const text = readFileSync(join(ROOT, page), 'utf8');
	const matches = text.matchAll(/(?:\]\(|src=")(?!https?:)([^)"]+)[)"]/g);
	return [...new Set([...matches].map(([, target = '']) => target))];
}

function anchorsOf(file: string): string[] {
	const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, heading = '']) => anchorOf(heading));
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w -]/g, '')
		.replace(/ /g, '-');
}
