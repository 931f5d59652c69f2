/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- looks for a browser for tests, not part of the package */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { SetupError } from '../../n8n';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The path of the system's Chromium.
 *
 * @throws SetupError if there is none on the PATH
 */
export function chromiumPath(): string {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	const found = paths.find((path) => existsSync(path));
	if (found !== undefined) return found;
	throw new SetupError(
		`These tests drive n8n's editor in Chromium, and none of ${NAMES.join(', ')} is on the PATH. Install it: "apt install chromium" on Debian, google.com/chrome elsewhere; then put a link with one of these names on the PATH.`,
	);
}
