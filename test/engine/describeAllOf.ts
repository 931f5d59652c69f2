/* eslint-disable @n8n/community-nodes/no-restricted-imports -- for tests, not part of the package */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs all test files of a folder as if they were one file. Jest loads n8n's engine anew for each
 * file, which takes longer than most of them.
 */
export function describeAllOf(folder: string): void {
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
		describe(file, () => {
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- its tests belong to this block
			require(join(folder, file));
		});
	}
}
