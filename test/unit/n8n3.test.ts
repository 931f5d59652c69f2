/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the sources, not part of the package */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name))
		.map((name) => ({ name, code: readFileSync(join(ROOT, name), 'utf8') })),
);

const filesWith = (pattern: RegExp) =>
	sources
		.filter(({ code }) => pattern.test(code))
		.map(({ name }) => name)
		.sort();

test('a verified package imports n8n-workflow and its own files alone', () => {
	const imported = sources.flatMap(({ code }) =>
		[...code.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'/gm)].map(([, from]) => from),
	);
	const others = imported.filter((from) => !from?.startsWith('.'));
	expect(new Set(others)).toEqual(new Set(['n8n-workflow']));
});

test("no node signs an address for n8n's binary data: n8n's new engine refuses that", () => {
	expect(filesWith(/createBinarySignedUrl/)).toEqual([]);
});

test('nothing sleeps but the pause of every wait, and the queue of requests', () => {
	expect(filesWith(/\bsleep\(/)).toEqual([
		'nodes/shared/api/pacedQueue.ts',
		'nodes/shared/pause.ts',
	]);
});

test("every request goes through n8n's helpers, which its protection of internal addresses covers", () => {
	const senders = ['nodes/Gcore/operations/context.ts', 'nodes/shared/api/connect.ts'];
	expect(filesWith(/\bhelpers\.\w*request/i)).toEqual(senders);
	expect(filesWith(/\b(fetch|require|import)\(|XMLHttpRequest|WebSocket/)).toEqual([]);
});
