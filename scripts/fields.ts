/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command for developers, not part of the package */
/** `npm run fields`: brings the references of fields and of limits up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fieldsPage } from './fieldTables';
import { limitsPage } from './limitTable';

const DOCS = join(__dirname, '..', 'docs');

writeFileSync(join(DOCS, 'fields.md'), fieldsPage());
writeFileSync(join(DOCS, 'limits.md'), limitsPage());
