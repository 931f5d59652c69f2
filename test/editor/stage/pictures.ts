/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- writes files for people, not part of the package */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

/** The folder for screenshots of each step, light and dark. If unset, none are made. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

/** The folder for the README's pictures, set by `npm run pictures`. If unset, none are made. */
const PICTURES = process.env['PICTURES'];

/** The screen pixels for each pixel of the page: more for the README's pictures. */
export const PICTURE_SCALE = PICTURES === undefined ? 1 : 2;

/** Takes a screenshot of the whole page, light and dark. */
export async function screenshot(page: Page, name: string): Promise<void> {
	if (SCREENSHOTS === undefined) return;
	await mkdir(SCREENSHOTS, { recursive: true });
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		const path = join(SCREENSHOTS, `${name}.${colorScheme}.png`);
		await page.screenshot({ path, animations: 'disabled' });
	}
}

/**
 * Takes a picture for the README.
 *
 * @param height of the picture, from the top of the parts, in pixels; down to their bottom if undefined
 * @param parts elements of the page
 */
export async function picture(
	page: Page,
	name: string,
	height: number | undefined,
	...parts: Locator[]
): Promise<void> {
	if (PICTURES === undefined) return;
	await mkdir(PICTURES, { recursive: true });
	// So that nothing is highlighted by the mouse or by focus
	await page.mouse.move(0, 0);
	await page.evaluate('document.activeElement?.blur()');
	const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).flatMap(
		(box) => box ?? [],
	);
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
	const fullHeight = Math.max(...boxes.map((box) => box.y + box.height)) - y;
	await page.screenshot({
		path: join(PICTURES, `${name}.png`),
		clip: { x, y, width, height: height ?? fullHeight },
		animations: 'disabled',
		// Notifications appear at random times
		style: '.el-notification { visibility: hidden }',
	});
}
