import type { Editor } from './editor';

/** n8n's nodes panel, opened by a plus on the canvas. */

/** Opens the panel on an empty canvas. */
export async function openNodesPanel({ page }: Editor): Promise<void> {
	await page.getByTestId('canvas-plus-button').click();
	await page.getByTestId('node-creator').waitFor();
}

/** Opens the panel for the step after the last node. */
export async function openNodesPanelForNextStep({ page }: Editor): Promise<void> {
	await page.getByTestId('canvas-handle-plus').last().click();
	await page.getByTestId('node-creator').waitFor();
}

/** Searches for nodes, and waits until Gcore is among the results. */
export async function findGcore({ page }: Editor, words: string): Promise<void> {
	await page.getByTestId('node-creator-search-bar').fill(words);
	await gcoreIn(page).waitFor();
}

/** Opens Gcore's list of triggers and actions from the search results. */
export async function openGcore({ page }: Editor): Promise<void> {
	await gcoreIn(page).click();
	await page.getByTestId('node-creator-category-item').first().waitFor();
}

/** Unfolds Gcore's actions, which n8n folds while a workflow has no trigger. */
export async function unfoldActions({ page }: Editor): Promise<void> {
	await page.getByTestId('node-creator-category-item').filter({ hasText: 'Actions' }).click();
}

/** Adds a node by the name of its action or trigger, which opens its form. */
export async function addStep({ page }: Editor, name: string): Promise<void> {
	await page.getByTestId('node-creator-item-name').getByText(name, { exact: true }).click();
	await page.getByTestId('ndv').waitFor();
}

function gcoreIn(page: Editor['page']) {
	return page.getByTestId('node-creator-item-name').getByText('Gcore', { exact: true });
}
