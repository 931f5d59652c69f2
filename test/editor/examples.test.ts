import type { Locator } from 'playwright-core';

import { exampleNames, readExample } from '../e2e/exampleFiles';
import { saveWorkflow } from '../e2e/stage';
import { openWorkflow, setEditor } from './stage/editor';
import { picture, screenshot } from './stage/pictures';

const editor = setEditor();

/** How much higher the text of an element is than the element, in pixels. */
async function hiddenHeight(element: Locator): Promise<number> {
	return await element.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
}

test.each(exampleNames())('%s: its note shows all of its text', async (name) => {
	const { page } = editor();
	await openWorkflow(editor(), await saveWorkflow(editor(), readExample(name)));
	const note = page.getByTestId('sticky').first();
	await note.waitFor();
	await page.keyboard.press('1'); // fits the canvas to the window
	await page.waitForTimeout(1000); // which n8n animates
	expect(
		await hiddenHeight(note.getByTestId('markdown').or(note.locator('.sticky-content')).first()),
	).toBe(0);

	const id = name.replace('.json', '');
	await screenshot(page, `example-${id}`);
	const nodes = await page.locator('.vue-flow__node').all();
	await picture(page, id, undefined, ...nodes);
});
