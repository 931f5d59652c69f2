/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the documentation, not part of the package */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { fieldsPage } from '../../scripts/fieldTables';

const ROOT = join(__dirname, '..', '..');
const DOCS = join(ROOT, 'docs');

const PAGES = [
	join(ROOT, 'README.md'),
	...readdirSync(DOCS)
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(DOCS, name)),
];

/** About eight screens at GitHub's width. */
const MOST_WORDS = 2000;

const read = (page: string) => readFileSync(page, 'utf8');

test('docs/fields.md has every field as it is: "npm run fields" brings it up to date', () => {
	expect(read(join(DOCS, 'fields.md'))).toBe(fieldsPage());
});

test('the README is a start, not a manual', () => {
	expect(read(join(ROOT, 'README.md')).split(/\s+/).length).toBeLessThan(MOST_WORDS);
});

describe('links within the repository lead somewhere', () => {
	const links = PAGES.flatMap((page) =>
		[...read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(
			([, target = '']) => [relative(ROOT, page), target] as const,
		),
	);

	test.each(links)('%s: %s', (page, target) => {
		const [path = '', anchor] = target.split('#');
		const file = path === '' ? join(ROOT, page) : resolve(ROOT, page, '..', path);
		expect(existsSync(file)).toBe(true);
		if (anchor) expect(anchorsIn(read(file))).toContain(anchor);
	});
});

/** The anchors that GitHub gives the headings of a page. */
function anchorsIn(page: string): string[] {
	return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w -]/g, '')
			.replace(/ /g, '-'),
	);
}
