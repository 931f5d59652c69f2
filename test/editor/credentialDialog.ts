import type { Locator } from 'playwright-core';

import type { CredentialData } from '../n8n/restClient';
import type { Editor } from './editor';

/** n8n's dialog of a credential, opened from the form of a node that needs one. */

/** Opens it for a new credential. */
export async function openNewCredential({ page }: Editor): Promise<void> {
	await page.getByTestId('node-credentials-empty-state').getByRole('button').click();
	await page.getByTestId('editCredential-modal').waitFor();
}

/** Opens it for the credential that the node has. */
export async function openCredential({ page }: Editor): Promise<void> {
	await page.getByTestId('credential-edit-button').click();
	await page.getByTestId('editCredential-modal').waitFor();
}

/** Fills it in and saves it, which tests it too. */
export async function saveCredential(editor: Editor, data: CredentialData): Promise<void> {
	const dialog = dialogOf(editor);
	for (const [field, value] of Object.entries(data)) {
		await dialog.getByTestId(`parameter-input-${field}`).locator('input').fill(value);
	}
	await dialog.getByTestId('credential-save-button').click();
}

export function dialogOf({ page }: Editor): Locator {
	return page.getByTestId('editCredential-modal');
}
