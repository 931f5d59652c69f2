import type { Locator } from 'playwright-core';

import { until } from '../../e2e/until';
import { IS_N8N_1 } from '../../n8n';
import type { Editor } from './editor';

/** Types for the code that runs in the browser. */
declare const document: { elementFromPoint(x: number, y: number): unknown };
interface InBrowser {
	contains(other: unknown): boolean;
	scrollIntoView(options: { block: 'start' }): void;
	getBoundingClientRect(): { x: number; y: number; right: number; bottom: number };
}

/** Longer than the editor waits before it resets the highlight of a dropdown, in ms. */
const HIGHLIGHT_RESET_MS = 400;

/** The form of the node that is open. Fields are found by the names of their parameters. */

/** A field of the form. */
export function fieldOf({ page }: Editor, parameter: string): Locator {
	return page.getByTestId('node-parameters').getByTestId(`parameter-input-${parameter}`);
}

/** Types into a text field. */
export async function fillIn(editor: Editor, parameter: string, text: string): Promise<void> {
	await fieldOf(editor, parameter).getByRole('textbox').fill(text);
}

/** Adds a field to the first collection of the form. */
export async function addToCollection({ page }: Editor, label: string): Promise<void> {
	const add = IS_N8N_1 ? page.locator('.add-option') : page.getByTestId('collection-parameter-add');
	await add.first().click();
	await page.getByRole('option', { name: label }).click();
}

/** Clicks a switch. */
export async function toggle(editor: Editor, parameter: string): Promise<void> {
	await fieldOf(editor, parameter).click();
}

/**
 * Types into a dropdown's search.
 *
 * @returns the entries that match
 */
export async function searchDropdown(
	editor: Editor,
	parameter: string,
	text: string,
): Promise<Locator> {
	await fieldOf(editor, parameter).click();
	await editor.page.keyboard.type(text);
	const entries = editor.page.getByRole('option').filter({ visible: true });
	await entries
		.filter({ hasText: new RegExp(text, 'i') })
		.first()
		.waitFor();
	return entries;
}

/**
 * Types into a dropdown's search, in place of what was typed before.
 *
 * @returns the names of the entries that the editor offers, in their order
 */
export async function offeredFor(
	editor: Editor,
	parameter: string,
	text: string,
): Promise<string[]> {
	await searchBoxOf(editor, parameter).fill(text);
	let offered: string[] = [];
	await until(async () => {
		offered = await editor.page.getByRole('option').filter({ visible: true }).allInnerTexts();
		return offered.length > 0 && offered.every((name) => contains(name, text));
	});
	return offered;
}

function contains(name: string, text: string): boolean {
	return name.toLowerCase().includes(text.toLowerCase());
}

/** Takes the first entry that a dropdown offers, with the keyboard. */
export async function takeFirst({ page }: Editor): Promise<void> {
	// Enter takes the entry that is highlighted, and n8n highlights none while a person types
	await page.keyboard.press('ArrowDown');
	await page.locator('.el-select-dropdown__item.hover').filter({ visible: true }).waitFor();
	await page.keyboard.press('Enter');
	await page.getByRole('option').filter({ visible: true }).first().waitFor({ state: 'hidden' });
	// The highlight of a closed dropdown is reset later, even if it is open again by then
	await page.waitForTimeout(HIGHLIGHT_RESET_MS);
}

/** What a dropdown shows as chosen. */
export async function chosenIn(editor: Editor, parameter: string): Promise<string> {
	return await searchBoxOf(editor, parameter).inputValue();
}

function searchBoxOf(editor: Editor, parameter: string): Locator {
	return fieldOf(editor, parameter).locator('input').last();
}

/** Whether all of a field can be seen without scrolling, and nothing covers it. */
export async function isAboveFold(editor: Editor, parameter: string): Promise<boolean> {
	return await fieldOf(editor, parameter).evaluate((element) => {
		const field = element as unknown as InBrowser;
		const { x, y, right, bottom } = field.getBoundingClientRect();
		const corners = [
			[x + 2, y + 2],
			[(x + right) / 2, bottom - 2],
		];
		return corners.every(([x = 0, y = 0]) => field.contains(document.elementFromPoint(x, y)));
	});
}

/** Drags a field from the input panel into a field of the form. */
export async function dragFromInput(
	editor: Editor,
	inputField: string,
	parameter: string,
): Promise<void> {
	const { page } = editor;
	await page.getByTestId('ndv-input-panel').getByText(inputField, { exact: true }).hover();
	await page.mouse.down();
	// The editor notices a drag, and the field to drop into, only when the mouse moves
	await fieldOf(editor, parameter).hover();
	await fieldOf(editor, parameter).hover({ position: { x: 150, y: 10 } });
	await page.mouse.up();
}

/**
 * Runs the node, and waits until the editor shows how it has ended.
 *
 * @throws with the text of the output panel if the node ended in the other way
 */
export async function execute(editor: Editor, end: 'success' | 'danger'): Promise<void> {
	await editor.page.getByTestId('node-execute-button').click();
	const status = outputOf(editor).getByTestId(/^node-run-status-(success|danger)$/);
	await status.waitFor();
	if ((await status.getAttribute('data-test-id')) === `node-run-status-${end}`) return;
	throw new Error(`The node ended in another way: ${await outputOf(editor).innerText()}`);
}

/** The output panel, beside the form. */
export function outputOf({ page }: Editor): Locator {
	return page.getByTestId('output-panel');
}

/** The mark of a field whose value the editor takes for wrong. */
export function redMarkOf(editor: Editor, parameter: string): Locator {
	return fieldOf(editor, parameter).getByTestId('parameter-issues');
}

/** Scrolls the form until the label of a field is at its top. */
export async function scrollTo(editor: Editor, parameter: string): Promise<void> {
	await editor.page
		.locator('.parameter-item')
		.filter({ has: editor.page.getByTestId(`parameter-input-${parameter}`) })
		.locator('label')
		.first()
		.evaluate((label) => (label as unknown as InBrowser).scrollIntoView({ block: 'start' }));
}

/**
 * Opens the first file of the output.
 *
 * @param line a line of the file
 * @returns the text with that line, as the editor shows it
 */
export async function viewFile({ page }: Editor, line: string): Promise<string> {
	// n8n shows a file in a frame of its own, by its address, or by its bytes if it keeps files in memory
	const shown = page.waitForEvent('framenavigated', (frame) =>
		/^data:|\/rest\/binary-data/.test(frame.url()),
	);
	await page.getByTestId('ndv-view-binary-data').click();
	const text = (await shown).getByText(line);
	await text.waitFor();
	return await text.innerText();
}
