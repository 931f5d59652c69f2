import type { Locator } from 'playwright-core';

import type { Editor } from './editor';
import { fieldOf } from './form';

/** The list of tasks that the field Task ID opens. */

/** Opens the list. */
export async function openTaskList(editor: Editor): Promise<void> {
	await fieldOf(editor, 'taskId').getByTestId('rlc-input').click();
	await tasksIn(editor).first().waitFor();
}

/** Types into the search of the open list. */
export async function searchTaskList({ page }: Editor, text: string): Promise<void> {
	await page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
}

/** The tasks in the open list. */
export function tasksIn({ page }: Editor): Locator {
	return page.getByTestId('rlc-item').filter({ visible: true });
}
