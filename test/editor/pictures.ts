/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- writes files for people, not part of the package */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

/** The folder for a screenshot of each step, light and dark; none is made where it is unset. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

/** The folder for the README's pictures; see `npm run pictures`. */
const PICTURES = process.env['PICTURES'];

/** The pixels of the screen for one of the page: more of them where people look. */
export const PICTURE_SCALE = PICTURES === undefined ? 1 : 1.25;

/** A screenshot of the whole page for a person to look at, light and dark. */
export async function screenshot(page: Page, name: string): Promise<void> {
	if (SCREENSHOTS === undefined) return;
	await mkdir(SCREENSHOTS, { recursive: true });
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		const path = join(SCREENSHOTS, `${name}.${colorScheme}.png`);
		await page.screenshot({ path, animations: 'disabled' });
	}
}

/** A picture for the README: parts of the page that stand side by side, `height` of them from the top. */
export async function picture(
	page: Page,
	name: string,
	height: number,
	...parts: Locator[]
): Promise<void> {
	if (PICTURES === undefined) return;
	await mkdir(PICTURES, { recursive: true });
	// Nothing under the mouse, nothing in focus
	await page.mouse.move(0, 0);
	await page.evaluate('document.activeElement?.blur()');
	const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).flatMap(
		(box) => box ?? [],
	);
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
	await page.screenshot({
		path: join(PICTURES, `${name}.png`),
		clip: { x, y, width, height },
		animations: 'disabled',
		// They come and go
		style: '.el-notification { visibility: hidden }',
	});
}
