import type { Locator } from 'playwright-core';

import type { CredentialData } from '../../n8n';
import type { Editor } from './editor';

/** n8n's dialog for a credential, opened from the form of a node. */

/** Opens the dialog for a new credential. */
export async function openNewCredential({ page }: Editor): Promise<void> {
	await page.getByTestId('node-credentials-empty-state').getByRole('button').click();
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

/** The dialog. */
export function dialogOf({ page }: Editor): Locator {
	return page.getByTestId('editCredential-modal');
}
