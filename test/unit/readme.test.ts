/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the README, not part of the package */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describeError } from '../../nodes/form/texts';
import { GcoreError } from '../../nodes/shared/api/errors';
import type { GcoreErrorKind } from '../../nodes/shared/api/errors';
import { SUBTITLE_FORMATS } from '../../nodes/shared/subtitles/formats';
import { fieldsPage } from '../../scripts/fieldTables';
import { limitsPage } from '../../scripts/limitTable';

const ROOT = join(__dirname, '..', '..');

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test.each([
	['fields.md', fieldsPage],
	['limits.md', limitsPage],
])('docs/%s is as the code is: "npm run fields" brings it up to date', (name, page) => {
	expect(readFileSync(join(ROOT, 'docs', name), 'utf8')).toBe(page());
});

/**
 * The README is a start, not a manual: the rest is in docs/. On GitHub's page, 1,012 pixels wide, some
 * 380 words fill a screen of 1,000 pixels: this many stay below the 8 screens asked for.
 */
const MOST_README_WORDS = 2500;

test(`README.md has at most ${MOST_README_WORDS} words`, () => {
	expect(README.split(/\s+/).length).toBeLessThanOrEqual(MOST_README_WORDS);
});

/** Every kind of failed call; `stopped` never reaches a person. */
const KINDS: Record<Exclude<GcoreErrorKind, 'stopped'>, true> = {
	aiDisabled: true,
	badRequest: true,
	blocked: true,
	connectionFailed: true,
	connectionLost: true,
	forbidden: true,
	hostingDisabled: true,
	notFound: true,
	notNow: true,
	queueFull: true,
	rateLimited: true,
	redirected: true,
	serverError: true,
	timedOut: true,
	unauthorized: true,
	unreadable: true,
	uploadRefused: true,
	webPage: true,
	webPageRefusal: true,
};

test.each(Object.keys(KINDS) as GcoreErrorKind[])(
	'docs/errors.md has the message of %s',
	(kind) => {
		const page = readFileSync(join(ROOT, 'docs', 'errors.md'), 'utf8');
		expect(page).toContain(describeError(new GcoreError(kind)));
	},
);

test.each(Object.entries(SUBTITLE_FORMATS))(
	'docs/operations.md has the field and the file of %s',
	(id, { label, extension }) => {
		const page = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
		const row = page.split('\n').find((line) => line.includes(`| \`${id}\``));
		expect(row).toMatch(new RegExp(`^\\| ${label}\\b`));
		expect(row).toContain(`my-video.eng.${extension}\``);
	},
);

const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));

describe('links and pictures within the repository lead somewhere', () => {
	const pages = ['README.md', 'examples/README.md', ...DOCS.map((name) => `docs/${name}`)];
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

describe('tests that a page names exist', () => {
	const pages = ['CONTRIBUTING.md', 'SECURITY.md', ...DOCS.map((name) => `docs/${name}`)];
	const named = pages.flatMap((page) =>
		[...readFileSync(join(ROOT, page), 'utf8').matchAll(/`(test\/[\w./-]+)`/g)].map(
			([, path = '']) => [page, path] as const,
		),
	);

	test.each(named)('%s: %s', (_, path) => {
		expect(existsSync(join(ROOT, path)) || existsSync(join(ROOT, `${path}.test.ts`))).toBe(true);
	});
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

/** GitHub's anchor for a heading. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w -]/g, '')
		.replace(/ /g, '-');
}
