/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command for developers, not part of the package */
/** `npm run fields`: brings the README's reference of fields up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withFieldTables } from './fieldTables';

const README = join(__dirname, '..', 'README.md');

writeFileSync(README, withFieldTables(readFileSync(README, 'utf8')));
