import { KEYS } from '../simulator';
import { openNewWorkflow, setEditor } from './stage/editor';
import { addToCollection, execute, fillIn, outputOf } from './stage/form';
import { addStep, findGcore, openGcore, openNodesPanel } from './stage/nodesPanel';
import { screenshot } from './stage/pictures';

const editor = setEditor();

test('Fetch Test Event shows the newest finished task, or says that none matches', async () => {
	const { page, simulator, client } = editor();
	await client.createCredential({ apiKey: KEYS.valid, baseUrl: simulator.url });
	const task = simulator.add({ createdAt: Date.now() - 60_000, durationMs: 1000 });
	await openNewWorkflow(editor());
	await openNodesPanel(editor());
	await findGcore(editor(), 'subtitles');
	await openGcore(editor());
	await screenshot(page, '30-triggers');
	await addStep(editor(), 'On transcription task succeeded');
	await screenshot(page, '31-trigger');

	await page.getByRole('button', { name: 'Fetch Test Event' }).first().waitFor();
	await execute(editor(), 'success');
	await outputOf(editor()).getByText(task.id, { exact: true }).waitFor();
	await screenshot(page, '32-test-event');

	await addToCollection(editor(), 'Search Text');
	await fillIn(editor(), 'text', 'no such video');
	await execute(editor(), 'danger');
	await page
		.getByTestId('node-error-message')
		.getByText('No finished task yet that matches')
		.waitFor();
	await screenshot(page, '33-no-match');
});
