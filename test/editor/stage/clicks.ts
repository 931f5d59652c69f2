import type { Page } from 'playwright-core';

/** Types for the code that runs in the browser. */
declare const window: { clicks: number };
declare const document: {
	addEventListener(type: 'pointerdown', listener: () => void, capture: boolean): void;
};

/** Counts every press of the mouse on the page from now on. */
export async function countClicks(page: Page): Promise<void> {
	await page.evaluate(() => {
		window.clicks = 0;
		// In the capture phase, so that no element hides a click from the count
		document.addEventListener('pointerdown', () => (window.clicks += 1), true);
	});
}

/** The number of clicks since `countClicks`; not a number if the page was loaded anew. */
export async function clicksOn(page: Page): Promise<number> {
	return await page.evaluate(() => window.clicks);
}
