import { chromium, selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { OWNER, setStage } from '../../e2e/stage';
import type { Stage } from '../../e2e/stage';
import { IS_N8N_1 } from '../../n8n';
import { chromiumPath } from './chromium';
import { PICTURE_SCALE } from './pictures';

/** How long a step in the editor may take, in ms. */
const STEP_TIMEOUT_MS = 60_000;

/** Covers all steps of a test. */
const TEST_TIMEOUT_MS = 300_000;

/** A stage with n8n's editor in a browser, in which the owner is logged in. */
export interface Editor extends Stage {
	page: Page;
}

/**
 * Starts n8n, a simulator of Gcore and a browser before the tests of a file and ends them after.
 *
 * @returns the editor, for use inside of tests
 */
export function setEditor(): () => Editor {
	const stage = setStage();
	let browser: Browser | undefined;
	let page: Page | undefined;
	jest.setTimeout(TEST_TIMEOUT_MS);

	beforeAll(async () => {
		selectors.setTestIdAttribute('data-test-id');
		browser = await chromium.launch({ executablePath: chromiumPath() });
		page = await browser.newPage({
			viewport: { width: 1440, height: 900 },
			colorScheme: 'light',
			deviceScaleFactor: PICTURE_SCALE,
		});
		page.setDefaultTimeout(STEP_TIMEOUT_MS);
		await logIn(page, stage().host.url);
	}, TEST_TIMEOUT_MS);

	afterAll(async () => await browser?.close());

	return () => {
		if (!page) throw new Error('The editor is there in tests only, not before');
		return { ...stage(), page };
	};
}

async function logIn(page: Page, url: string): Promise<void> {
	// The editor requests news and statistics from other hosts, which no test depends on
	await page.route(
		(address) => address.origin !== url,
		async (route) => await route.abort(),
	);
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(OWNER.email);
	await page.locator('input[type=password]').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(/home|workflow/);
}

/** Opens an empty workflow. */
export async function openNewWorkflow({ page, host }: Editor): Promise<void> {
	await page.goto(`${host.url}/workflow/new`);
	await page.getByTestId('canvas-add-button').waitFor();
}

/** Opens a saved workflow. */
export async function openWorkflow({ page, host }: Editor, id: string): Promise<void> {
	await page.goto(`${host.url}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/** Opens the form of a node on the canvas. */
export async function openNode({ page }: Editor, name: string): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
	await page.getByTestId('ndv').waitFor();
}

/** Closes the form of a node. */
export async function closeNode({ page }: Editor): Promise<void> {
	await page.getByTestId(IS_N8N_1 ? 'back-to-canvas' : 'ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}
