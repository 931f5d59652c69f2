/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- writes files for people, not part of the package */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

/** A part of the page, in its pixels. */
type Clip = Record<'x' | 'y' | 'width' | 'height', number>;

/** The folder for screenshots of each step, light and dark. If unset, none are made. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

/** Whether to make the pictures of the documentation, as `npm run pictures` does. */
const MAKES_PICTURES = process.env['PICTURES'] !== undefined;

const ROOT = join(__dirname, '..', '..', '..');

/** The screen pixels for each pixel of the page: more for pictures of the documentation. */
export const PICTURE_SCALE = MAKES_PICTURES ? 2 : 1;

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

/** Notifications appear at random times; the buttons lie over the canvas. */
const HIDDEN = ['.el-notification', '.vue-flow__panel', '[class*="executionButtons"]'];

/** Around the nodes of a canvas, whose names are wider than they are. */
const CANVAS_MARGIN = 50;

/** Takes a picture of all nodes, notes and connections on the canvas, for examples/README.md. */
export async function canvasPicture(page: Page, name: string): Promise<void> {
	const parts = await page.locator('.vue-flow__node, .vue-flow__edge-path').all();
	const clip = await frameOf(parts, CANVAS_MARGIN);
	await pictureOf(page, join('examples', name), clip);
}

/**
 * Takes a picture for the README or docs.
 *
 * @param height of the picture, from the top of the parts, in pixels
 * @param parts elements of the page, side by side
 */
export async function picture(
	page: Page,
	name: string,
	height: number,
	...parts: Locator[]
): Promise<void> {
	await pictureOf(page, join('docs', name), { ...(await frameOf(parts)), height });
}

/** @param path of the file in the repository, without `.png` */
async function pictureOf(page: Page, path: string, clip: Clip): Promise<void> {
	if (!MAKES_PICTURES) return;
	// So that nothing is highlighted by the mouse or by focus
	await page.mouse.move(0, 0);
	await page.evaluate('document.activeElement?.blur()');
	await page.screenshot({
		path: join(ROOT, `${path}.png`),
		clip,
		animations: 'disabled',
		style: `${HIDDEN.join()} { visibility: hidden }`,
	});
}

/** The smallest frame around elements of the page, with a margin. */
async function frameOf(parts: readonly Locator[], margin = 0): Promise<Clip> {
	const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).flatMap(
		(box) => box ?? [],
	);
	const x = Math.max(Math.min(...boxes.map((box) => box.x)) - margin, 0);
	const y = Math.max(Math.min(...boxes.map((box) => box.y)) - margin, 0);
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return { x, y, width: right - x, height: bottom - y };
}
