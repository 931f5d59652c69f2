/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command for developers, not part of the package */
/** `npm run fields`: brings the reference of fields up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fieldsPage } from './fieldTables';

writeFileSync(join(__dirname, '..', 'docs', 'fields.md'), fieldsPage());
