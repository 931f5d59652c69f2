import type { Locator } from 'playwright-core';

import type { Editor } from './editor';

/** The form of the node that is open. Fields are found by the names of their parameters. */

/** A field of the form. */
export function fieldOf({ page }: Editor, parameter: string): Locator {
	return page.getByTestId('node-parameters').getByTestId(`parameter-input-${parameter}`);
}

/** Types into a text field. */
export async function fillIn(editor: Editor, parameter: string, text: string): Promise<void> {
	await fieldOf(editor, parameter).getByRole('textbox').fill(text);
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

/** Runs the node, and waits until the editor shows that it has succeeded or failed. */
export async function execute({ page }: Editor, end: 'success' | 'danger'): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').getByTestId(`node-run-status-${end}`).waitFor();
}

/** The output panel, beside the form. */
export function outputOf({ page }: Editor): Locator {
	return page.getByTestId('output-panel');
}
