import type { Locator } from 'playwright-core';

import { IS_N8N_1 } from '../../n8n';
import type { CredentialData } from '../../n8n';
import type { Editor } from './editor';

/** n8n's dialog for a credential, opened from the form of a node. */

/** Opens the dialog for a new credential. */
export async function openNewCredential({ page }: Editor): Promise<void> {
	if (IS_N8N_1) {
		await page.getByTestId('node-credentials-select').click();
		await page.getByTestId('node-credentials-select-item-new').click();
	} else {
		await page.getByTestId('node-credentials-empty-state').getByRole('button').click();
	}
	await page.getByTestId('editCredential-modal').waitFor();
}

/** Opens the dialog for the node's credential. */
export async function openCredential({ page }: Editor): Promise<void> {
	await page.getByTestId('credential-edit-button').click();
	await page.getByTestId('editCredential-modal').waitFor();
}

/** Fills in the dialog and saves the credential, which n8n then tests. */
export async function saveCredential(editor: Editor, data: CredentialData): Promise<void> {
	const dialog = dialogOf(editor);
	for (const [field, value] of Object.entries(data)) {
		await dialog.getByTestId(`parameter-input-${field}`).locator('input').fill(value);
	}
	await dialog.getByTestId('credential-save-button').click();
}

/** Saves a new credential and waits until n8n has tested it, and until the dialog is closed. */
export async function saveNewCredential(editor: Editor, data: CredentialData): Promise<void> {
	await saveCredential(editor, data);
	// Later lines of n8n close the dialog by themselves
	if (IS_N8N_1) {
		await untilTested(editor);
		await closeCredential(editor);
	}
	await dialogOf(editor).waitFor({ state: 'hidden' });
}

/** Waits until n8n's test of the credential has succeeded. */
export async function untilTested(editor: Editor): Promise<void> {
	await dialogOf(editor).getByText('Connection tested successfully').waitFor();
}

/** Closes the dialog. */
export async function closeCredential(editor: Editor): Promise<void> {
	await dialogOf(editor).getByRole('button', { name: 'Close' }).click();
}

/** The dialog. */
export function dialogOf({ page }: Editor): Locator {
	return page.getByTestId('editCredential-modal');
}
