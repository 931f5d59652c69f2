/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command for developers, not part of the package */
/**
 * `npm run verify`: every command and every test that CONTRIBUTING's table of n8n's rules names. The
 * table is the only list, so a line that is not true fails.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

const HEADING = '## What n8n asks of a verified package';

/** What the table names in backticks: an npm script, a command, or a test by its path. */
const NAMED = /`(npm run [\w:]+|npx [^`]+|test\/[\w-]+\/[\w./-]+)`/g;

function namedInTable(): string[] {
	const [, section = ''] = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split(HEADING);
	const lines = section.split('\n## ')[0]?.split('\n') ?? [];
	const rows = lines.filter((line) => line.startsWith('|')).join('\n');
	return [...new Set([...rows.matchAll(NAMED)].map(([, named = '']) => named))];
}

/** One run of jest for each project: tests in a real n8n share the machine badly. */
function jestCommands(tests: readonly string[]): string[] {
	const projects = new Set(tests.map((path) => path.split('/')[1] ?? ''));
	return [...projects].map((project) => {
		const paths = tests.filter((path) => path.startsWith(`test/${project}/`));
		return `npx jest --selectProjects ${project} --runInBand --runTestsByPath ${paths.join(' ')}`;
	});
}

const named = namedInTable();
const isTest = (name: string) => name.startsWith('test/');
const commands = [
	...named.filter((name) => !isTest(name)),
	...jestCommands(named.filter((name) => isTest(name))),
];
const failed = commands.filter((command) => {
	console.log(`\n== ${command}`);
	return spawnSync(command, { cwd: ROOT, shell: true, stdio: 'inherit' }).status !== 0;
});
console.log(`\n${commands.length - failed.length} of ${commands.length} commands passed`);
for (const command of failed) console.log(`FAILED: ${command}`);
process.exitCode = failed.length > 0 || commands.length === 0 ? 1 : 0;
