import type { Locator } from 'playwright-core';

import { exampleNames, readExample } from '../e2e/exampleFiles';
import { saveWorkflow } from '../e2e/stage';
import { openWorkflow, setEditor } from './stage/editor';
import { canvasPicture, screenshot } from './stage/pictures';

const editor = setEditor();

/** How long n8n takes to zoom, which it animates. */
const FITTING_MS = 1000;

/** Below its text a note has at least this much room, in pixels. */
const NOTE_MARGIN = 4;

/** Where an element ends, in pixels from the top of the page. */
async function bottomOf(element: Locator): Promise<number> {
	const box = await element.boundingBox();
	return box ? box.y + box.height : NaN;
}

test.each(exampleNames())('%s: its note shows all of its text', async (name) => {
	const { page } = editor();
	await openWorkflow(editor(), await saveWorkflow(editor(), readExample(name)));
	const note = page.getByTestId('sticky').first();
	await note.waitFor();
	await page.keyboard.press('1'); // fits the nodes to the window
	await page.waitForTimeout(FITTING_MS);
	await page.keyboard.press('-'); // leaves room for the line of a loop around them
	await page.waitForTimeout(FITTING_MS);
	expect(await bottomOf(note.locator('p').last())).toBeLessThan(
		(await bottomOf(note)) - NOTE_MARGIN,
	);

	const id = name.replace('.json', '');
	await screenshot(page, `example-${id}`);
	await canvasPicture(page, id);
});
