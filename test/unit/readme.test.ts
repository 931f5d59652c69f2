/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the README, not part of the package */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { withFieldTables } from '../../scripts/fieldTables';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

test('the README tells of every field as it is: "npm run fields" brings it up to date', () => {
	expect(README).toBe(withFieldTables(README));
});
